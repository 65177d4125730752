import { get, post, remove } from './client';

/** What helps through a firewall; nothing if the server has none, or does not say. */
export const iceServers = () => get<{ ice_servers: RTCIceServer[] }>('/phone/ice').then(({ ice_servers }) => ice_servers, () => []);

/** Begins a test call: the browser offers, the AI's line answers. */
export function startTestCall(sdp: string, ringClosers: boolean) {
  return post<{ call_id: string; sdp: string }>('/phone/test-calls', { sdp, ring_closers: ringClosers });
}

export const endTestCall = (id: string) => remove(`/phone/test-calls/${id}`);

/** This browser becomes the closer's telephone. */
export const plugIn = (sdp: string) => post<{ plug_id: string; sdp: string }>('/phone/plug', { sdp });
export const unplug = () => remove('/phone/plug');

/** Which browser rings for me now; null: none. */
export const pluggedNow = async () => (await get<{ plug_id: string | null }>('/phone/plug')).plug_id;

/** Leaves the call; the phone stays plugged in. */
export const hangUp = () => post<unknown>('/phone/hang-up');

import { post, remove } from './client';

/** Begins a test call: the browser offers, the AI's line answers. */
export function startTestCall(sdp: string, ringClosers: boolean) {
  return post<{ call_id: string; sdp: string }>('/phone/test-calls', { sdp, ring_closers: ringClosers });
}

export const endTestCall = (id: string) => remove(`/phone/test-calls/${id}`);

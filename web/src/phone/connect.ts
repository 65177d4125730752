/* One line to the server: our microphone there, its voice here. The server answers an offer at once and listens for our checks, so no candidate is waited for. */

import { iceServers } from '@/api/phone';

export interface Connection {
  remote: MediaStream;
  peer: RTCPeerConnection;
  close: () => void;
}

interface Signalling {
  /** Takes our offer to the server and brings its answer. */
  exchange: (sdp: string) => Promise<string>;
  /** The line is gone for good: the server hung up, or the network did. Never after close. */
  onLost: () => void;
}

const CONNECT_MS = 12_000;

export async function connect(microphone: MediaStream, { exchange, onLost }: Signalling): Promise<Connection> {
  const peer = new RTCPeerConnection({ iceServers: await iceServers() });
  const remote = new MediaStream();
  let closed = false;
  const close = () => {
    closed = true;
    peer.close();
  };
  peer.ontrack = ({ track }) => remote.addTrack(track);
  for (const track of microphone.getTracks()) peer.addTrack(track, microphone);
  try {
    await peer.setLocalDescription(await peer.createOffer());
    const answer = await exchange(peer.localDescription?.sdp ?? '');
    await peer.setRemoteDescription({ type: 'answer', sdp: answer });
    await untilConnected(peer);
  } catch (error) {
    close();
    throw error;
  }
  const look = () => {
    if (closed || !(ended(peer.connectionState) || ended(secure?.state))) return;
    close();
    onLost();
  };
  /* The server's goodbye arrives at the transport; the connection itself would find out seconds later. */
  const secure = peer.getSenders()[0]?.transport;
  if (secure) secure.onstatechange = look;
  peer.onconnectionstatechange = look;
  return { remote, peer, close };
}

const ended = (state: RTCPeerConnectionState | RTCDtlsTransportState | undefined) => state === 'failed' || state === 'closed' || state === 'disconnected';

export class NotConnected extends Error {}

function untilConnected(peer: RTCPeerConnection): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new NotConnected()), CONNECT_MS);
    const check = () => {
      if (peer.connectionState === 'connected') resolve();
      else if (peer.connectionState === 'failed' || peer.connectionState === 'closed') reject(new NotConnected());
      else return;
      clearTimeout(timer);
    };
    peer.addEventListener('connectionstatechange', check);
    check();
  });
}

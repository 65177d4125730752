/* The microphone, or the reason why there is none. */

export type MicFault = 'insecure' | 'unsupported' | 'denied' | 'absent' | 'busy' | 'unknown';

export class MicProblem extends Error {
  constructor(readonly fault: MicFault) {
    super(fault);
  }
}

export async function openMicrophone(deviceId?: string | null): Promise<MediaStream> {
  if (!window.isSecureContext) throw new MicProblem('insecure');
  /* Old browsers lack what the types promise. */
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices || typeof RTCPeerConnection === 'undefined') throw new MicProblem('unsupported');
  const audio = { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...(deviceId ? { deviceId: { exact: deviceId } } : {}) };
  try {
    return await devices.getUserMedia({ audio });
  } catch (error) {
    /* A microphone that was unplugged since is not worth a failure: any other will do. */
    if (deviceId && faultOf(error) === 'absent') return openMicrophone();
    throw new MicProblem(faultOf(error));
  }
}

export function faultOf(error: unknown): MicFault {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'absent';
  if (name === 'NotReadableError' || name === 'AbortError') return 'busy';
  return 'unknown';
}

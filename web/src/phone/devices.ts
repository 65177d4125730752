import { useEffect, useState } from 'react';

export interface Device {
  value: string;
  label: string;
}

/** Microphones and speakers; their names are known once the microphone is allowed. */
export function useDevices(allowed: boolean): { microphones: Device[]; speakers: Device[] } {
  const [found, setFound] = useState<MediaDeviceInfo[]>([]);
  useEffect(() => {
    if (!allowed) return;
    const look = () => void navigator.mediaDevices.enumerateDevices().then(setFound, () => undefined);
    look();
    navigator.mediaDevices.addEventListener('devicechange', look);
    return () => navigator.mediaDevices.removeEventListener('devicechange', look);
  }, [allowed]);
  const of = (kind: string) => found.filter((one) => one.kind === kind && one.deviceId !== '').map((one, at) => ({ value: one.deviceId, label: one.label || `Device ${at + 1}` }));
  return { microphones: of('audioinput'), speakers: of('audiooutput') };
}

import { useState } from 'react';
import { askToNotify, notifyPermission, tryNotification } from '@/api/notify';
import { startRinging } from '@/phone/ring';
import { Btn } from '@/ui/Btn';

const TRIAL_MS = 1500;

/** Rings once and shows what an offer looks like from another tab. */
function tryOut(): void {
  tryNotification();
  const stop = startRinging();
  setTimeout(stop, TRIAL_MS);
}

/** How a closer hears of an offer while they look elsewhere: asked for, tried out, or mended. */
export function Notices() {
  const [permission, setPermission] = useState(notifyPermission);
  if (permission === 'ask') {
    return (
      <p className="padx sm sub row">
        <span className="grow">Hear of hot leads while you look elsewhere.</span>
        <Btn small onClick={() => void askToNotify().then(setPermission)}>
          Notify me
        </Btn>
      </p>
    );
  }
  if (permission === 'granted') {
    return (
      <p className="padx sm sub row">
        <span className="grow">Notifications are on.</span>
        <Btn small tone="quiet" onClick={tryOut}>
          Try it
        </Btn>
      </p>
    );
  }
  if (permission === 'none') return null;
  return (
    <p className="padx sm sub">
      {permission === 'insecure'
        ? 'This page is not secure, so the browser allows no notifications: open it with https or as localhost.'
        : 'The browser blocks notifications of this page. Allow them beside the address, then reload.'}
    </p>
  );
}

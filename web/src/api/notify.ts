import type { Alert } from './alerts';

/* The browser's own notifications: only while nobody looks at the page, and only after they were allowed. */

export const canNotify = () => typeof Notification !== 'undefined' && Notification.permission === 'default';
export const askToNotify = () => Notification.requestPermission();

export function notify(alert: Alert): void {
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted' || !document.hidden) return;
  const shown = new Notification(alert.title, { body: alert.body, tag: alert.tag });
  shown.onclick = () => {
    window.focus();
    window.location.assign(alert.path);
  };
}

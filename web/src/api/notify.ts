import type { Alert } from './alerts';

/* The browser's own notifications: only while nobody looks at the page, and only after they were allowed. */

/** What can be done about them: ask, nothing more, or tell how to undo a refusal. */
export type Permission = 'ask' | 'granted' | 'denied' | 'insecure' | 'none';

export function notifyPermission(): Permission {
  if (!window.isSecureContext) return 'insecure';
  if (typeof Notification === 'undefined') return 'none';
  return Notification.permission === 'default' ? 'ask' : Notification.permission;
}

export async function askToNotify(): Promise<Permission> {
  if (notifyPermission() === 'ask') await Notification.requestPermission();
  return notifyPermission();
}

const shown = new Map<string, Notification>();

export function notify(alert: Alert): void {
  if (notifyPermission() === 'granted' && document.hidden) show(alert);
}

/** One to see what they look like, though somebody looks. */
export function tryNotification(): void {
  if (notifyPermission() === 'granted') show({ tag: 'trial', title: 'This is how a hot lead rings', body: 'Name, company and points stand here.', path: '/desk' });
}

function show(alert: Alert): void {
  const note = new Notification(alert.title, { body: alert.body, tag: alert.tag, icon: '/mark.svg' });
  shown.set(alert.tag, note);
  note.onclose = () => shown.get(alert.tag) === note && shown.delete(alert.tag);
  note.onclick = () => {
    window.focus();
    if (window.location.pathname !== alert.path) window.location.assign(alert.path);
    note.close();
  };
}

/** What it told of is over. */
export function withdraw(tag: string): void {
  shown.get(tag)?.close();
  shown.delete(tag);
}

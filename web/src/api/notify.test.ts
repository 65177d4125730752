// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { askToNotify, notify, notifyPermission, tryNotification, withdraw } from './notify';

const alert = { tag: 'offer', title: 'A hot lead rings for you', body: 'Priya Raman', path: '/desk' };
let made: { title: string; closed: boolean }[];
let hidden = true;

class FakeNotification {
  static permission: NotificationPermission = 'default';
  static requestPermission = vi.fn(() => {
    FakeNotification.permission = 'granted';
    return Promise.resolve(FakeNotification.permission);
  });
  closed = false;
  onclose: (() => void) | null = null;
  constructor(readonly title: string) {
    made.push(this);
  }
  close() {
    this.closed = true;
    this.onclose?.();
  }
}

beforeEach(() => {
  made = [];
  hidden = true;
  FakeNotification.permission = 'default';
  vi.stubGlobal('Notification', FakeNotification);
  vi.stubGlobal('isSecureContext', true);
  vi.spyOn(document, 'hidden', 'get').mockImplementation(() => hidden);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it('is silent until it is allowed, and asked for only once', async () => {
  notify(alert);
  expect(made).toHaveLength(0);
  expect(notifyPermission()).toBe('ask');
  expect(await askToNotify()).toBe('granted');
  FakeNotification.requestPermission.mockClear();
  expect(await askToNotify()).toBe('granted');
  expect(FakeNotification.requestPermission).not.toHaveBeenCalled();
});

it('tells only who looks elsewhere, and takes it back when the offer is over', () => {
  FakeNotification.permission = 'granted';
  hidden = false;
  notify(alert);
  expect(made).toHaveLength(0);
  hidden = true;
  notify(alert);
  expect(made).toMatchObject([{ title: alert.title, closed: false }]);
  withdraw('offer');
  expect(made[0]?.closed).toBe(true);
});

it('can be tried by who looks at the page', () => {
  FakeNotification.permission = 'granted';
  hidden = false;
  tryNotification();
  expect(made).toHaveLength(1);
});

it('says why a page that is not secure has none', () => {
  vi.stubGlobal('isSecureContext', false);
  expect(notifyPermission()).toBe('insecure');
  notify(alert);
  expect(made).toHaveLength(0);
});

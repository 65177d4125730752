/* A closer's telephone in this browser: plugged in until it is pulled out, and plugged in again by itself after a break.
 *
 *   off -> opening -> ready -> lost -> ready ...;  opening -> failed;  lost -> elsewhere (another window took over);  any -> off  */
import { plugIn, pluggedNow, unplug } from '@/api/phone';
import { Problem } from '@/api/client';
import { connect, type Connection } from './connect';
import { MicProblem, openMicrophone, type MicFault } from './microphone';
import { settings } from './settings';

export type PhoneState =
  | { step: 'off' | 'opening' | 'elsewhere' }
  | { step: 'lost'; since: number }
  | { step: 'failed'; fault: MicFault | 'line'; reason: string }
  | { step: 'ready'; microphone: MediaStream; monitor: MediaStream; remote: MediaStream };

const PAUSES_MS = [0, 400, 1000, 2000, 4000];

export class Plug {
  private state: PhoneState = { step: 'off' };
  private microphone: MediaStream | null = null;
  private monitor: MediaStream | null = null; /* the same voice for the level meter, which moves outside calls too */
  private connection: Connection | null = null;
  private plugId: string | null = null;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private attempts = 0;
  private open = false; /* what our microphone may be heard by: nobody outside a call */
  private listeners = new Set<() => void>();

  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };
  current = () => this.state;

  async on(): Promise<void> {
    if (this.microphone) this.stop();
    settings.setOn(true);
    this.set({ step: 'opening' });
    try {
      this.take(await openMicrophone(settings.microphone()));
      await this.connect();
    } catch (error) {
      this.stop();
      this.set(failure(error));
    }
  }

  off(): void {
    settings.setOn(false);
    this.stop();
    this.set({ step: 'off' });
    void unplug().catch(() => undefined); /* the line's own goodbye does it as well */
  }

  /** The page goes: everything ends, and is opened again by the next page. */
  stop(): void {
    clearTimeout(this.retry);
    this.connection?.close();
    this.connection = null;
    this.release();
    this.attempts = 0;
  }

  listen(open: boolean): void {
    this.open = open;
    for (const track of this.microphone?.getAudioTracks() ?? []) track.enabled = open;
  }

  press(key: string): void {
    this.connection?.peer.getSenders()[0]?.dtmf?.insertDTMF(key);
  }

  async choose(deviceId: string): Promise<void> {
    settings.setMicrophone(deviceId);
    const before = this.microphone;
    if (!before || this.state.step !== 'ready') return;
    const microphone = await openMicrophone(deviceId);
    await this.connection?.peer.getSenders()[0]?.replaceTrack(microphone.getAudioTracks()[0] ?? null);
    this.release();
    this.set({ ...this.state, ...this.take(microphone) });
  }

  /** Now rather than after the pause, when the network is back. */
  hurry = () => {
    if (this.state.step === 'lost') this.again(0);
  };

  private take(microphone: MediaStream) {
    const monitor = microphone.clone();
    this.microphone = microphone;
    this.monitor = monitor;
    this.listen(this.open);
    return { microphone, monitor };
  }

  private release(): void {
    for (const stream of [this.microphone, this.monitor]) for (const track of stream?.getTracks() ?? []) track.stop();
    this.microphone = this.monitor = null;
  }

  private async connect(): Promise<void> {
    const { microphone, monitor } = this;
    if (!microphone || !monitor) return;
    const connection = await connect(microphone, {
      exchange: async (sdp) => {
        const answer = await plugIn(sdp);
        this.plugId = answer.plug_id;
        return answer.sdp;
      },
      onLost: () => this.lost(),
    });
    if (this.microphone !== microphone) return connection.close(); /* switched off meanwhile */
    this.connection = connection;
    this.attempts = 0;
    this.set({ step: 'ready', microphone, monitor, remote: connection.remote });
  }

  private lost(): void {
    this.connection = null;
    this.set({ step: 'lost', since: Date.now() });
    this.again(0);
  }

  private again(pauseMs: number): void {
    clearTimeout(this.retry);
    this.retry = setTimeout(() => void this.reconnect(), pauseMs);
  }

  private async reconnect(): Promise<void> {
    try {
      const now = await pluggedNow();
      if (now !== null && now !== this.plugId) {
        this.stop();
        return this.set({ step: 'elsewhere' });
      }
      await this.connect();
    } catch (error) {
      if (error instanceof Problem && error.status < 500) {
        this.stop();
        return this.set(failure(error));
      }
      this.attempts = Math.min(this.attempts + 1, PAUSES_MS.length - 1);
      this.again(PAUSES_MS[this.attempts] ?? 4000);
    }
  }

  private set(state: PhoneState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

function failure(error: unknown): PhoneState {
  if (error instanceof MicProblem) return { step: 'failed', fault: error.fault, reason: '' };
  return { step: 'failed', fault: 'line', reason: error instanceof Error && error.message ? error.message : 'The audio does not reach the server. A firewall may keep UDP out.' };
}

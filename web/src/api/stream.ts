import { kinds, parseEvent, type BatonEvent } from './events';

/** A break shorter than this is not worth a word. */
const GRACE_MS = 1500;
const RETRY_MS = 2000;

interface StreamHandlers {
  onEvent: (event: BatonEvent) => void;
  /** Called once a break has lasted for GRACE_MS; `at` is when it began. */
  onLost: (at: number) => void;
  /** Called when the stream runs again after any break, or says itself that something is missing. */
  onHealed: () => void;
  /** Called when the server answered with something that is no stream: nobody may be signed in any more. */
  onRefused: () => void;
}

/** An event stream that also comes back when the server was away. Returns its end. */
export function openStream(url: string, handlers: StreamHandlers): () => void {
  let source: EventSource | null = null;
  let brokenAt: number | null = null;
  let grace: ReturnType<typeof setTimeout> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const onMessage = (message: MessageEvent<string>) => {
    const event = parseEvent(message);
    if (event?.kind === 'reset') handlers.onHealed();
    else if (event) handlers.onEvent(event);
  };
  const onOpen = () => {
    clearTimeout(grace);
    if (brokenAt !== null) handlers.onHealed();
    brokenAt = null;
  };
  const onError = () => {
    if (brokenAt === null) {
      const at = Date.now();
      brokenAt = at;
      grace = setTimeout(() => handlers.onLost(at), GRACE_MS);
    }
    /* The browser tries again by itself, but not after an answer that was no stream. */
    if (source?.readyState !== EventSource.CLOSED) return;
    handlers.onRefused();
    retry = setTimeout(connect, RETRY_MS);
  };
  function connect() {
    source = new EventSource(url);
    for (const kind of kinds) source.addEventListener(kind, onMessage);
    source.onmessage = onMessage;
    source.onopen = onOpen;
    source.onerror = onError;
  }

  connect();
  return () => {
    clearTimeout(grace);
    clearTimeout(retry);
    source?.close();
  };
}

/* The one place that talks HTTP. Errors arrive as RFC 9457 problems and leave as Problem. */

export interface FieldError {
  field: string;
  message: string;
}

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly errors: FieldError[],
  ) {
    super(detail || title);
  }

  /** Messages by field, for a form. */
  get byField(): Record<string, string> {
    return Object.fromEntries(this.errors.map((error) => [error.field, error.message]));
  }
}

let refused: () => void = () => undefined;

/** Called whenever the server says that nobody is signed in, but for the answer to a sign-in itself. */
export function onRefused(listener: () => void): void {
  refused = listener;
}

type Query = Record<string, string | number | null | undefined>;

export function get<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  return send<T>('GET', withQuery(path, query), undefined, { signal });
}

export function post<T>(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<T> {
  return send<T>('POST', path, body, { headers });
}

export function remove(path: string): Promise<void> {
  return send<void>('DELETE', path, undefined, {});
}

export function patch<T>(path: string, body: unknown): Promise<T> {
  return send<T>('PATCH', path, body, {});
}

export function del(path: string): Promise<void> {
  return send<void>('DELETE', path, undefined, {});
}

export function withQuery(path: string, query: Query): string {
  const known = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const text = new URLSearchParams(known.map(([key, value]) => [key, String(value)])).toString();
  return text ? `${path}?${text}` : path;
}

async function send<T>(method: string, path: string, body: unknown, init: { headers?: Record<string, string>; signal?: AbortSignal }): Promise<T> {
  const response = await fetch(`/api/v1${path}`, {
    method,
    credentials: 'same-origin',
    signal: init.signal,
    headers: { Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...init.headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (response.status === 401 && path !== '/login' && path !== '/me') refused();
  if (!response.ok) throw await problemOf(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => ({}));
  const { title, detail, errors } = (body ?? {}) as { title?: string; detail?: string; errors?: Record<string, string>[] };
  const fields = (errors ?? []).map((error) => ({
    field: (error.field ?? error.pointer ?? '').replace(/^[#/]+/, ''),
    message: error.message ?? error.detail ?? 'not valid',
  }));
  return new Problem(response.status, title ?? `The server answered ${response.status}`, detail ?? '', fields);
}

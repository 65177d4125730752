import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Plugin } from 'vite';
import { call, liveCall, peaks, recording, wrapUpForm } from './call.ts';
import { lead, leads, timeline } from './leads.ts';
import { day, parked, tasks, wall } from './wall.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, path: string[]) => unknown;

const me = { id: 'u1', name: 'Maya Lindqvist', login: 'admin', role: 'admin', closer_id: 'Dana Okafor' };
const cookie = 'rehearsal=on; Path=/; SameSite=Strict';

const routes: Record<string, Handler> = {
  'GET me': (request, response) => (request.headers.cookie?.includes('rehearsal=on') ? me : problem(response, 401, 'Not signed in')),
  'POST login': async (request, response) => {
    const { password } = JSON.parse(await bodyOf(request)) as { password: string };
    if (password === 'wrong') return problem(response, 401, 'Login and password do not match');
    response.setHeader('Set-Cookie', cookie);
    return me;
  },
  'POST logout': (_, response) => (response.setHeader('Set-Cookie', `${cookie}; Max-Age=0`), {}),
  'GET wall': (request) => wall(sceneOf(request)),
  'GET handoffs': (request, __, path) => (path[1] ? wrapUpForm(sceneOf(request)) : { items: sceneOf(request) === 'after' ? unwrapped() : [], next_cursor: null }),
  'POST handoffs': () => ({ ok: true }),
  'GET views': () => ({ items: [{ id: 'v1', name: 'Hot this week', query: { bucket: 'hot' } }, { id: 'v2', name: 'Partners', query: { source: 'partner_referral' } }], next_cursor: null }),
  'POST views': () => ({ id: 'v3', name: 'New', query: {} }),
  'GET shared': (_, __, path) => (path[2] === 'peaks' ? peaks() : call()),
  'POST answers': () => ({ ok: true }),
  'GET closers': (_, __, path) => (path[2] === 'day' ? day() : { items: wall().closers }),
  'GET tasks': () => ({ items: tasks(), next_cursor: null }),
  'POST tasks': () => ({ ok: true }),
  'POST calls': () => ({ ok: true }),
  'GET parked': (request) => ({ items: sceneOf(request) === 'free' ? parked() : [], next_cursor: null }),
  'POST closers': () => ({}),
  'GET leads': (_, __, path) => (path[1] === 'count' ? { count: leads.length } : path[2] === 'timeline' ? timeline() : path[1] ? lead() : { items: leads, next_cursor: null }),
  'POST leads': async (request, response, path) => path[1] === 'import' ? imported(await bodyOf(request)) : path[1] ? { changed: 1, missing: 0, ok: true } : problem(response, 422, 'One field is not valid', [{ field: 'phone', message: 'This number is too short for the United States.' }]),
  'GET calls': (request, __, path) => (path[2] === 'peaks' ? peaks() : path[1] ? (['call', 'hold'].includes(sceneOf(request)) ? liveCall() : call()) : { items: calls(), next_cursor: null }),
};

/** Plays the server for people who work on the pages; never part of the build. */
export function rehearsal(): Plugin {
  return {
    name: 'baton-rehearsal',
    configureServer(server) {
      server.middlewares.use('/api/v1', (request, response) => void serve(request, response));
    },
  };
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '').split('?')[0]?.split('/').filter(Boolean) ?? [];
  if (path[2] === 'recording') {
    const wav = recording();
    response.writeHead(200, { 'Content-Type': 'audio/wav', 'Content-Length': wav.length });
    response.end(wav);
    return;
  }
  if (path[0] === 'events') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write(': rehearsal\n\n');
    return;
  }
  const route = routes[`${request.method} ${path[0]}`];
  const body = route ? await route(request, response, path) : problem(response, 404, 'Nothing here');
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(body));
}

/** What the desk shows is chosen by a cookie, so that each state can be looked at. */
const sceneOf = (request: IncomingMessage) => /scene=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? 'offer';

const unwrapped = () => [
  { id: 'h1', call_id: 'c1', lead_id: 'lead-c1', name: 'Priya Raman', company: 'Lumen Dental Group', ended_at: Date.now() - 22_000 },
  { id: 'h0', call_id: 'c9', lead_id: 'lead-c9', name: 'Nadia Rahman', company: 'Rahman Interiors', ended_at: Date.now() - 5_200_000 },
];

/** Takes a table as it is: what matters here is how the page tells it. */
function imported(body: string) {
  const { csv } = JSON.parse(body) as { csv: string };
  const [head = '', ...rows] = csv.trim().split('\n');
  const columns = head.toLowerCase().split(',');
  const cells = (row = '') => Object.fromEntries(row.split(',').map((cell, at) => [columns[at] ?? '', cell]));
  return { taken: rows.length - 1, joined: 0, refused: 1, columns, sample: rows.slice(0, 5).map(cells), errors: [{ row: 3, field: 'phone', text: 'is too short for the United States' }] };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function problem(response: ServerResponse, status: number, title: string, errors: unknown[] = []) {
  response.statusCode = status;
  return { title, status, detail: title, errors };
}

function calls() {
  return leads
    .filter(({ bucket }) => bucket)
    .slice(0, 40)
    .map((one, at) => ({
      ...call(),
      id: `c${at + 1}`,
      lead_id: one.id,
      lead: one,
      phone: one.phone,
      score: one.score,
      bucket: one.bucket,
      started_at: one.created_at,
      answered_at: one.created_at + 9000,
      ended_at: at === 0 ? null : one.created_at + 100_000,
      summary: `${one.title ?? 'Caller'} at ${one.company ?? 'an unknown company'}: wants it in three weeks, $1,500 a month.`,
    }));
}

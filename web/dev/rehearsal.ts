import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Plugin } from 'vite';
import { wall } from './wall';

type Handler = (request: IncomingMessage, response: ServerResponse, path: string[]) => unknown;

const me = { id: 'u1', name: 'Maya Lindqvist', login: 'admin', role: 'admin', closer_id: null };
const cookie = 'rehearsal=on; Path=/; SameSite=Strict';

const routes: Record<string, Handler> = {
  'GET me': (request, response) => (request.headers.cookie?.includes('rehearsal=on') ? me : problem(response, 401, 'Not signed in')),
  'POST login': (_, response) => (response.setHeader('Set-Cookie', cookie), me),
  'POST logout': (_, response) => (response.setHeader('Set-Cookie', `${cookie}; Max-Age=0`), {}),
  'GET wall': () => wall(),
};

/** Plays the server for people who work on the pages; never part of the build. */
export function rehearsal(): Plugin {
  return {
    name: 'baton-rehearsal',
    configureServer(server) {
      server.middlewares.use('/api/v1', (request, response) => serve(request, response));
    },
  };
}

function serve(request: IncomingMessage, response: ServerResponse): void {
  const path = (request.url ?? '').split('?')[0]?.split('/').filter(Boolean) ?? [];
  if (path[0] === 'events') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write(': rehearsal\n\n');
    return;
  }
  const route = routes[`${request.method} ${path[0]}`];
  const body = route ? route(request, response, path) : problem(response, 404, 'Nothing here');
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(body));
}

function problem(response: ServerResponse, status: number, title: string) {
  response.statusCode = status;
  return { title, status, detail: title };
}

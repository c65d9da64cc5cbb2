import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on the loopback address; `asked` grows with each request. */
export interface TestServer {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  readonly server: Server;
  readonly asked: { readonly method: string; readonly path: string; readonly authorization: string }[];
  close(): Promise<void>;
}

export type Handler = (request: IncomingMessage, response: ServerResponse, path: string) => void;

export async function httpServer(handler: Handler): Promise<TestServer> {
  const asked: TestServer['asked'] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    asked.push({ method: request.method ?? '', path, authorization: request.headers.authorization ?? '' });
    handler(request, response, path);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    server,
    asked,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

export function json(
  response: ServerResponse,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(200, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(value));
}

/** Ways in which a server of the world fails, by what comes after the last `/` of a path. */
export const FAULTS: Readonly<Record<string, Handler>> = {
  /** Answers long after anybody waits. */
  slow: () => {},
  /** Sends the beginning, and nothing more. */
  stuck: (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('[{"id":');
  },
  500: (_, response) => {
    response.writeHead(500);
    response.end('out of order');
  },
  401: (_, response) => {
    response.writeHead(401);
    response.end();
  },
  /** Says how long the answer is, and hangs up before. */
  'cut-off': (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('[{"id": "a"}');
    setTimeout(() => response.destroy(), 20);
  },
  /** The same in pieces whose end never comes. */
  'cut-off-chunked': (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('[{"id": "a"}]');
    setTimeout(() => response.destroy(), 20);
  },
  'hang-up': (_, response) => {
    response.destroy();
  },
  'wrong-json': (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('[{"id": "a",}]');
  },
  page: (_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<html>Please log in</html>');
  },
  elsewhere: (_, response) => {
    response.writeHead(302, { location: 'https://example.com/rows' });
    response.end();
  },
  'next-elsewhere': (_, response) => json(response, { rows: [], next: 'https://example.com/rows?page=2' }),
  'next-same': (_, response) => json(response, { rows: [], next: 'next-same' }),
  'no-list': (_, response) => json(response, { message: 'nothing here' }),
  'two-lists': (_, response) => json(response, { a: [], b: [] }),
  'no-object': (_, response) => json(response, [['E1', 5]]),
};

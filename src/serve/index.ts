import { createServer, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { getRequestListener, RequestError } from '@hono/node-server';
import type { Language } from '../problems/messages/index.ts';
import { isLoopback } from '../sources/fetch/address.ts';
import { app } from './app.ts';
import type { Shelf } from './books.ts';
import { type FaultCode, faultAnswer } from './faults.ts';
import { pool } from './pool.ts';

export { newToken, tokenOf } from './access.ts';
export { namesTwice, type Shelf, servedBooks, shelvesOf } from './books.ts';
export { texts as serveTexts } from './texts.ts';

export interface ServeOptions {
  readonly shelves: readonly Shelf[];
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly token: string;
  readonly language: Language;
  /** Bytes of a body. */
  readonly maxBody: number;
  /** Milliseconds that an answer may take, waiting included. */
  readonly timeout: number;
  /** Threads that evaluate, and requests that may wait for one. */
  readonly threads: number;
  readonly waiting: number;
  /** Hears of defects. */
  readonly failed: (what: string, stack: string) => void;
}

export interface Serving {
  /** Without a slash at its end. */
  readonly address: string;
  /** Takes no more requests; comes back when those that run are answered. */
  stop(): Promise<void>;
  /** Drops what runs. */
  stopNow(): void;
}

/** Milliseconds in which a request must have come: its headers, and all of it. */
const HEADERS_IN = 10_000;
const REQUEST_IN = 60_000;

/** Listens, and answers until it is stopped. Refuses with what Node says where it can't listen. */
export async function startServer(options: ServeOptions): Promise<Serving> {
  const { host, port, threads, waiting, timeout, shelves } = options;
  const workers = pool({ threads, waiting, timeout, shelves });
  const loopback = isLoopback(host);
  let stopping = false;
  const { fetch } = app({ ...options, loopback, pool: workers, stopping: () => stopping });
  const refused = (code: FaultCode): Response => {
    const { status, type, pieces } = faultAnswer(code, options.language);
    return new Response(Buffer.concat(pieces), { status, headers: { 'Content-Type': type } });
  };
  const listener = getRequestListener(fetch, {
    // Node's own Request stays as it is for whoever else runs here.
    overrideGlobalObjects: false,
    errorHandler: (error) => {
      if (error instanceof RequestError) return refused('bad-http');
      options.failed(String(error), error instanceof Error ? (error.stack ?? '') : '');
      return refused('internal');
    },
  });
  const limits = { headersTimeout: HEADERS_IN, requestTimeout: REQUEST_IN, maxHeaderSize: 16_384 };
  const server = createServer(limits, listener);
  server.on('clientError', (error, socket) => refuseRaw(error, socket, options.language));
  try {
    await listen(server, host, port);
  } catch (error) {
    await workers.close();
    throw error;
  }
  return {
    address: `http://${host.includes(':') ? `[${host}]` : host}:${portOf(server)}`,
    async stop() {
      stopping = true;
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      });
      await workers.close();
    },
    stopNow() {
      server.closeAllConnections();
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** What comes before there is a request: no HTTP, headers that are too long, or that never end. */
function refuseRaw(error: NodeJS.ErrnoException, socket: Duplex, language: Language): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const { status, type, pieces } = faultAnswer(rawFault(error.code), language);
  const body = Buffer.concat(pieces);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    `Content-Type: ${type}`,
    `Content-Length: ${body.byteLength}`,
    'Connection: close',
  ];
  socket.end(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]));
}

function rawFault(code: string | undefined): FaultCode {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return 'headers-too-long';
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return 'too-slow';
    default:
      return 'bad-http';
  }
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

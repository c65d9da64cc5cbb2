import { type Context, Hono } from 'hono';
import { parseAccept } from 'hono/utils/accept';
import type { Language } from '../problems/messages/index.ts';
import { hasToken, namesThisMachine } from './access.ts';
import { type ServedBook, type Shelf, servedBooks } from './books.ts';
import { type FaultCode, faultAnswer } from './faults.ts';
import { openApi } from './openapi.ts';
import { OPERATIONS, type OperationId } from './operations.ts';
import type { Pool } from './pool.ts';
import { type Answer, bytesOf, type Work } from './protocol.ts';
import { texts } from './texts.ts';

export interface AppOptions {
  readonly shelves: readonly Shelf[];
  readonly pool: Pool;
  readonly token: string;
  /** Whether only this machine can reach it. */
  readonly loopback: boolean;
  /** Of messages where a request asks for none. */
  readonly language: Language;
  /** Bytes of a body. */
  readonly maxBody: number;
  /** Milliseconds that an answer may take. */
  readonly timeout: number;
  /** Whether it answers its last requests: then it keeps no connection for further ones. */
  readonly stopping: () => boolean;
  /** Hears of defects. */
  readonly failed: (what: string, stack: string) => void;
}

const MEBI = 1 << 20;
/** Nothing that is answered may be kept by a cache, or be taken for something else. */
const HEADERS = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff', Vary: 'Accept-Language' };
/** Seconds after which somebody who was turned away may ask again. */
const RETRY = '2';

/** The routes of the server. */
export function app(options: AppOptions): Hono {
  const { pool, shelves, token, loopback, maxBody, timeout } = options;
  const routes = new Hono();
  const document = bytesOf(`${JSON.stringify(openApi(), null, 2)}\n`);

  const languageOf = (c: Context): Language =>
    languageAsked(c.req.header('Accept-Language'), options.language);
  const refuse = (c: Context, code: FaultCode, detail: string, headers: Record<string, string> = {}) =>
    send(c, faultAnswer(code, languageOf(c), { detail }), languageOf(c), headers);

  function defect(c: Context, what: string, stack: string): Response {
    options.failed(what, stack);
    return refuse(c, 'internal', texts(languageOf(c)).internal);
  }

  async function work(c: Context, kind: Work): Promise<Response> {
    const t = texts(languageOf(c));
    if (!/^application\/json *(?:;|$)/i.test(c.req.header('Content-Type') ?? ''))
      return refuse(c, 'unsupported-type', t.type);
    const body = await bodyOf(c.req.raw, maxBody).catch(() => undefined);
    // The client went away while it sent; nobody hears it.
    if (body === undefined) return send(c, faultAnswer('bad-http', languageOf(c)), languageOf(c));
    if (body === null) return refuse(c, 'too-long', t.tooLong(maxBody / MEBI));
    const outcome = await pool.perform(kind, body, languageOf(c), c.req.raw.signal);
    switch (outcome.kind) {
      case 'answer':
        return send(c, outcome.answer, languageOf(c));
      case 'failed':
        return defect(c, outcome.what, outcome.stack);
      case 'busy':
        return refuse(c, 'busy', t.busy, { 'Retry-After': RETRY });
      case 'timed-out':
        return refuse(c, 'timed-out', t.timedOut(timeout / 1000));
      case 'out-of-memory':
        return refuse(c, 'out-of-memory', t.outOfMemory);
      case 'stopping':
        return refuse(c, 'stopping', t.stopping, { 'Retry-After': RETRY });
      case 'cancelled':
        // Nobody hears it.
        return refuse(c, 'stopping', t.stopping);
      default: {
        const never: never = outcome;
        return never;
      }
    }
  }

  const handlers: Readonly<Record<OperationId, (c: Context) => Response | Promise<Response>>> = {
    health: (c) => send(c, json({ status: 'ok' }), languageOf(c)),
    openapi: (c) => send(c, { status: 200, type: 'application/json', pieces: [document] }, languageOf(c)),
    books: async (c) => {
      const books = await servedBooks(shelves);
      return send(c, json({ books: books.map(bookJson) }), languageOf(c));
    },
    evaluate: (c) => work(c, 'evaluate'),
    explain: (c) => work(c, 'explain'),
    verify: (c) => work(c, 'verify'),
  };

  routes.use(async (c, next) => {
    await next();
    if (options.stopping()) c.res.headers.set('Connection', 'close');
  });
  routes.use(async (c, next) => {
    if (loopback && !namesThisMachine(c.req.header('Host')))
      return refuse(c, 'wrong-host', texts(languageOf(c)).host);
    const open = OPERATIONS.some((one) => one.path === c.req.path && !one.token);
    if (!open && !hasToken(c.req.header('Authorization'), token))
      return refuse(c, 'unauthorized', texts(languageOf(c)).token, { 'WWW-Authenticate': 'Bearer' });
    return next();
  });
  for (const { id, method, path } of OPERATIONS) routes.on(method, [path], handlers[id]);
  for (const { path, method } of OPERATIONS)
    routes.all(path, (c) =>
      refuse(c, 'method-not-allowed', texts(languageOf(c)).method(method), {
        Allow: method === 'GET' ? 'GET, HEAD' : method,
      }),
    );
  routes.notFound((c) => refuse(c, 'not-found', texts(languageOf(c)).route));
  routes.onError((error, c) => defect(c, `${error.name}: ${error.message}`, error.stack ?? ''));
  return routes;
}

/** A body in a buffer of its own, for it is handed over to another thread; null where it is longer than `most` bytes. */
async function bodyOf({ headers, body }: Request, most: number): Promise<Uint8Array<ArrayBuffer> | null> {
  if (Number(headers.get('Content-Length') ?? 0) > most) return null;
  if (body === null) return new Uint8Array(0);
  // Hono's own limit can't hand on what comes in chunks while Node's Request stays as it is.
  const pieces: Uint8Array[] = [];
  let length = 0;
  const reader: ReadableStreamDefaultReader<Uint8Array> = body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    length += read.value.byteLength;
    if (length > most) return null;
    pieces.push(read.value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.byteLength;
  }
  return whole;
}

/** English or Chinese, whichever the header would rather have; `other` where it wants neither. */
function languageAsked(header: string | undefined, other: Language): Language {
  if (header === undefined) return other;
  for (const { type, q } of parseAccept(header).toSorted((a, b) => b.q - a.q)) {
    if (q === 0) continue;
    if (/^zh\b/i.test(type)) return 'zh-CN';
    if (/^en\b/i.test(type)) return 'en';
    if (type === '*') return other;
  }
  return other;
}

const bookJson = ({ name, kind, modified, bytes }: ServedBook): object => ({
  name,
  kind,
  modified: new Date(modified).toISOString(),
  bytes,
});

const json = (object: object): Answer => ({
  status: 200,
  type: 'application/json',
  pieces: [bytesOf(`${JSON.stringify(object)}\n`)],
});

/** An answer as HTTP has it; it goes out piece by piece, as the client takes it. */
function send(
  c: Context,
  { status, type, pieces }: Answer,
  language: Language,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const length = pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
  const all = {
    ...HEADERS,
    'Content-Type': type,
    'Content-Language': language,
    'Content-Length': String(length),
    ...headers,
  };
  const [only = new Uint8Array()] = pieces;
  if (pieces.length <= 1 || c.req.method === 'HEAD') return new Response(only, { status, headers: all });
  const left = pieces.values();
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = left.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
  });
  return new Response(body, { status, headers: all });
}

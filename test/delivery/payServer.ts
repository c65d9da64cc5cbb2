import type { IncomingMessage, ServerResponse } from 'node:http';
import { httpServer, type TestServer } from '../sources/httpServer.ts';

/** What a server does with a request beside keeping its promise; `next`: keep it as usual. */
export type Trouble = (asked: {
  readonly method: string;
  /** From 1, of requests of this method. */
  readonly attempt: number;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Takes the run, once a key, and answers nothing. */
  take(): void;
}) => 'next' | 'done';

export interface PayServer extends TestServer {
  /** How often each person was paid, over all requests. */
  readonly paid: ReadonlyMap<string, number>;
  readonly amounts: ReadonlyMap<string, string>;
  /** Keys that came with a PUT. */
  readonly keys: readonly string[];
  readonly bodies: readonly string[];
}

interface Body {
  readonly run: string;
  readonly digest: string;
  readonly payments: readonly Readonly<Record<string, string>>[];
}

/** A server that pays what is put, once an idempotency key, and can be in trouble. It knows people by `member`. */
export async function payServer(trouble: Trouble = () => 'next'): Promise<PayServer> {
  const paid = new Map<string, number>();
  const amounts = new Map<string, string>();
  const kept = new Map<string, string>();
  const keys: string[] = [];
  const bodies: string[] = [];
  const counts = { PUT: 0, GET: 0 };
  const server = await httpServer((request, response, path) => {
    const method = request.method === 'PUT' ? 'PUT' : 'GET';
    const attempt = ++counts[method];
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      text += chunk;
    });
    request.on('end', () => {
      const key = String(request.headers['idempotency-key'] ?? path.split('/').at(-1));
      if (method === 'PUT') {
        keys.push(key);
        bodies.push(text);
      }
      const take = (): void => {
        if (kept.has(key)) return;
        const body = JSON.parse(text) as Body;
        kept.set(key, body.digest);
        for (const { member = '', amount = '' } of body.payments) {
          paid.set(member, (paid.get(member) ?? 0) + 1);
          amounts.set(member, amount);
        }
      };
      if (trouble({ method, attempt, request, response, take }) === 'done') return;
      const say = (status: number, value: unknown): void => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(value));
      };
      if (method === 'GET') {
        const digest = kept.get(key);
        return digest === undefined ? say(404, {}) : say(200, { run: key, digest });
      }
      const there = kept.has(key);
      take();
      say(there ? 200 : 201, { run: key, digest: kept.get(key), created: !there });
    });
  });
  return { ...server, paid, amounts, keys, bodies };
}

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { ROOT, type Said } from '../cli/bundle.ts';
import { checkAnswer } from './document.ts';

export const TOKEN = 'test-token_0123456789';
const BUNDLE = path.join(ROOT, 'dist/allot.cjs');

type Value = string | boolean | null;

/** What tests look into of the bodies of answers; which members one has, its schema says, and it is held to that before. */
export interface Body {
  readonly type?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly pointer?: string;
  readonly problems?: readonly { readonly at?: string; readonly place?: unknown }[];
  readonly books?: readonly { readonly name: string; readonly kind: string; readonly bytes: number }[];
  readonly digest?: { readonly rules: string; readonly results: string };
  readonly results?: {
    readonly inputs: unknown;
    readonly scalars: Readonly<Record<string, Value>>;
    readonly tables: Readonly<Record<string, { readonly rows: readonly Readonly<Record<string, Value>>[] }>>;
    readonly shares: unknown;
  };
  readonly findings?: readonly unknown[];
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export interface Asking {
  readonly method?: string;
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is where it is a text, else as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

export interface Server {
  readonly address: string;
  readonly process: ChildProcess;
  /** Asks, and holds the answer to what the server's own document says of it. */
  ask(route: string, asking?: Asking): Promise<Answered>;
  /** What it has printed so far. */
  said(): { readonly out: string; readonly err: string };
  /** Its exit status, once it has ended. */
  ended(): Promise<number | null>;
}

/** Starts the real `allot serve` at a free port of the loopback address; `done` is told what ends it. */
export async function startServer(
  args: readonly string[],
  env: Readonly<Record<string, string>> = { ALLOT_TOKEN: TOKEN },
  done: (end: () => void) => void = onTestFinished,
): Promise<Server> {
  const child = spawn(process.execPath, [BUNDLE, 'serve', '--port', '0', ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, LC_ALL: 'C', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  done(() => {
    child.kill('SIGKILL');
  });
  const printed = { out: '', err: '' };
  child.stdout.on('data', (data) => {
    printed.out += String(data);
  });
  child.stderr.on('data', (data) => {
    printed.err += String(data);
  });
  const ended = once(child, 'close').then(([status]) => status as number | null);
  const found = await new Promise<string | null>((resolve) => {
    const look = (): void => {
      const [, at] = /(http:\/\/\S+)\n/.exec(printed.out) ?? [];
      if (at !== undefined) resolve(at);
    };
    child.stdout.on('data', look);
    ended.then(() => resolve(null));
  });
  const address = found ?? '';
  return {
    address,
    process: child,
    said: () => printed,
    ended: () => ended,
    async ask(route, asking = {}) {
      const { token = TOKEN, headers = {}, body, signal } = asking;
      const method = asking.method ?? (body === undefined ? 'GET' : 'POST');
      const answer = await exchange(`${address}${route}`, {
        method,
        headers: {
          ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        body: typeof body === 'string' || body === undefined ? body : JSON.stringify(body),
        signal,
      });
      const type = answer.headers.get('Content-Type') ?? '';
      checkAnswer({ method, route, status: answer.status, type, body: answer.body });
      return answer;
    },
  };
}

/** One request on a connection of its own: a test that waits for a program can't see that a kept one was closed. */
function exchange(
  url: string,
  {
    body,
    signal,
    ...options
  }: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | undefined;
    readonly signal: AbortSignal | undefined;
  },
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { ...options, agent: false, ...(signal === undefined ? {} : { signal }) });
    asked.on('error', reject);
    asked.on('response', (response) => {
      json(response).then((parsed) => {
        const headers = new Headers();
        for (const [name, value] of Object.entries(response.headers)) headers.set(name, String(value));
        resolve({ status: response.statusCode ?? 0, headers, body: parsed as Body });
      }, reject);
    });
    asked.end(body);
  });
}

/** A start that must come to nothing. */
export function refusedStart(args: readonly string[]): Said {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BUNDLE, 'serve', '--port', '0', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, LC_ALL: 'C', ALLOT_TOKEN: TOKEN },
    // One that did start would never end.
    timeout: 60_000,
    killSignal: 'SIGKILL',
  });
  return { status, out: stdout, err: stderr };
}

/** The last part of a problem's type. */
export const codeOf = ({ body }: Answered): string => String(body.type).replace(/^.*\//, '');

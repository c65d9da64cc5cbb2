import { setTimeout as sleep } from 'node:timers/promises';
import { SourceFault } from '../model.ts';
import type { FetchContext } from './context.ts';

export interface Asked {
  readonly url: URL;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Where the answer came from in the end. */
  readonly url: URL;
}

/** How often a GET that met an error of the server is asked in all. */
const ATTEMPTS = 3;
const REDIRECTS = 5;

/**
 * Asks a server. A GET follows redirections within its origin and is repeated after an answer of 500 and above; anything
 * else is asked once. Statuses are the caller's to judge. Refuses with a SourceFault, and with the signal's reason.
 */
export async function ask(asked: Asked, context: FetchContext): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const answer = await askOnce(asked, context);
    if (answer.status < 500 || asked.method !== 'GET' || attempt === ATTEMPTS) return answer;
    await sleep(context.pause * 2 ** (attempt - 1), undefined, signalOf(context));
  }
}

const signalOf = ({ signal }: FetchContext): { readonly signal?: AbortSignal } =>
  signal === undefined ? {} : { signal };

async function askOnce(asked: Asked, context: FetchContext): Promise<Answer> {
  const timeout = AbortSignal.timeout(context.timeout);
  const signal = context.signal === undefined ? timeout : AbortSignal.any([timeout, context.signal]);
  let { url } = asked;
  try {
    for (let hop = 0; ; hop++) {
      const { method, headers, body } = asked;
      const response = await fetch(url, {
        method,
        headers,
        redirect: 'manual',
        signal,
        ...(body === undefined ? {} : { body }),
      });
      const to = response.headers.get('location');
      if (response.status < 300 || response.status > 399 || to === null)
        return {
          status: response.status,
          headers: response.headers,
          text: await textOf(response, context),
          url,
        };
      await response.body?.cancel();
      if (!URL.canParse(to, url)) throw new SourceFault('redirect');
      const next = new URL(to, url);
      // What goes along may be a secret of this origin only.
      if (next.origin !== url.origin || method !== 'GET' || hop >= REDIRECTS)
        throw new SourceFault('redirect', next.origin);
      url = next;
    }
  } catch (error) {
    throw faultOf(error, timeout, context);
  }
}

async function textOf(response: Response, { limit }: FetchContext): Promise<string> {
  if (response.body === null) return '';
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  let text = '';
  try {
    for await (const chunk of response.body) {
      bytes += chunk.byteLength;
      if (bytes > limit) throw new SourceFault('too-large', `${limit}`);
      text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  } catch (error) {
    if (error instanceof SourceFault || isAbort(error)) throw error;
    const encoding =
      error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA';
    throw new SourceFault(encoding ? 'bad-file' : 'cut-off', encoding ? 'UTF-8' : '');
  }
}

const isAbort = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError');

function faultOf(error: unknown, timeout: AbortSignal, { signal }: FetchContext): unknown {
  if (error instanceof SourceFault) return error;
  if (signal?.aborted === true) return signal.reason;
  if (timeout.aborted) return new SourceFault('timeout');
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  // A connection that is closed before the answer begins is cut off as well.
  if (code === 'UND_ERR_SOCKET' || code === 'ECONNRESET') return new SourceFault('cut-off');
  return new SourceFault('unreachable', code);
}

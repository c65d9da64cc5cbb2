import { describe, expect, it, onTestFinished } from 'vitest';
import { serverAddress, webAddress } from '../../src/sources/fetch/address.ts';
import type { FetchContext } from '../../src/sources/fetch/context.ts';
import { ask } from '../../src/sources/fetch/http.ts';
import { redacted, secretFor } from '../../src/sources/fetch/secrets.ts';
import { type Source, SourceFault } from '../../src/sources/model.ts';
import { shownLocation } from '../../src/sources/report.ts';
import { type Handler, httpServer } from './httpServer.ts';

const CONTEXT: FetchContext = {
  folder: '/',
  secret: (name) => (name === 'T' ? { value: 'hush-hush', host: 'api.example.com' } : null),
  timeout: 5000,
  limit: 1000,
  pause: 1,
};

async function serving(handler: Handler): Promise<URL> {
  const server = await httpServer(handler);
  onTestFinished(() => server.close());
  return new URL(server.url);
}

const reasonOf = async (work: Promise<unknown> | (() => unknown)): Promise<string> => {
  try {
    await (typeof work === 'function' ? work() : work);
    return 'none';
  } catch (error) {
    return error instanceof SourceFault ? `${error.reason} ${error.detail}`.trim() : `other ${String(error)}`;
  }
};

describe('asking a server', () => {
  it('takes so many bytes and no more, said or not', async () => {
    const large =
      (size: number): Handler =>
      (_, response) => {
        for (let i = 0; i < size; i += 100) response.write('x'.repeat(100));
        response.end();
      };
    const get = async (size: number) =>
      ask({ url: await serving(large(size)), method: 'GET', headers: {} }, CONTEXT);
    expect((await get(1000)).text.length).toBe(1000);
    expect(await reasonOf(get(1100))).toBe('too-large 1000');
    expect(await reasonOf(get(10_000_000))).toBe('too-large 1000');
  });

  it('takes UTF-8 only, whole', async () => {
    const url = await serving((_, response) => response.end(Buffer.from([0xe4, 0xb8])));
    expect(await reasonOf(ask({ url, method: 'GET', headers: {} }, CONTEXT))).toBe('bad-file UTF-8');
  });

  it('asks once where asking twice could do something twice', async () => {
    let asked = 0;
    const url = await serving((_, response) => {
      asked++;
      response.writeHead(503);
      response.end();
    });
    expect((await ask({ url, method: 'POST', headers: {}, body: 'x' }, CONTEXT)).status).toBe(503);
    expect(asked).toBe(1);
    expect((await ask({ url, method: 'GET', headers: {} }, CONTEXT)).status).toBe(503);
    expect(asked).toBe(4);
  });

  it('does not follow redirections around in circles, to http, or with a body', async () => {
    const url = await serving((_, response, path) => {
      response.writeHead(path === '/temporary' ? 307 : 302, { location: `/${Math.random()}` });
      response.end();
    });
    expect(await reasonOf(ask({ url, method: 'GET', headers: {} }, CONTEXT))).toBe(`redirect ${url.origin}`);
    const post = ask({ url: new URL('/temporary', url), method: 'POST', headers: {}, body: 'x' }, CONTEXT);
    expect(await reasonOf(post)).toBe(`redirect ${url.origin}`);
  });

  it('stops where it is told to', async () => {
    const url = await serving(() => {});
    const controller = new AbortController();
    const asked = ask({ url, method: 'GET', headers: {} }, { ...CONTEXT, signal: controller.signal });
    setTimeout(() => controller.abort(new Error('enough')), 20);
    expect(await reasonOf(asked)).toBe('other Error: enough');
  });
});

describe('addresses', () => {
  it.each([
    ['https://example.com/rows?month=2026-03', 'none'],
    ['http://localhost:8080/', 'none'],
    ['http://127.0.0.1/', 'none'],
    ['http://[::1]:8080/', 'none'],
    ['http://127.0.0.1.example.com/', 'not-https http'],
    ['http://localhost.example.com/', 'not-https http'],
    ['http://10.0.0.1/', 'not-https http'],
    ['file:///etc/passwd', 'not-https file'],
    ['https://user@example.com/', 'user-in-address'],
    ['https://example.com/?access_token=x', 'secret-in-address access_token'],
    ['//example.com', 'bad-address'],
  ])('%s of the web: %s', async (text, reason) => {
    expect(await reasonOf(() => webAddress(text))).toBe(reason);
  });

  it('of databases have a host and a database, and nothing that is secret', async () => {
    const at = (text: string) => serverAddress(text, 5432);
    expect(at('db.example.com/pay')).toEqual({ host: 'db.example.com', port: 5432, database: 'pay' });
    expect(at('postgresql://db:80/%E5%85%AC%E5%8F%B8')).toEqual({ host: 'db', port: 80, database: '公司' });
    expect(at('[::1]:6000/pay')).toEqual({ host: '::1', port: 6000, database: 'pay' });
    expect(await reasonOf(() => at('u:p@db/pay'))).toBe('user-in-address');
    for (const text of ['db', 'db/', 'db/a/b', 'db/pay?password=x', ''])
      expect(await reasonOf(() => at(text))).toBe('bad-address');
  });

  it('are told without what may be secret', () => {
    expect(shownLocation('https://me:hush@example.com/a?token=hush&b=hush#c')).toBe(
      'https://•••@example.com/a?token=…&b=…',
    );
    expect(shownLocation('reports/2026-03.csv')).toBe('reports/2026-03.csv');
  });
});

describe('secrets', () => {
  const source = (options: Readonly<Record<string, string>>): Source => ({
    table: 'T',
    kind: 'rest',
    location: '',
    query: '',
    mapping: [],
    options: new Map(Object.entries(options)),
    mode: 'replace',
    note: '',
    at: { sheet: 'Sources', row: 2 },
  });

  it('go to the host that they are for', async () => {
    const secret = (name: string, host: string) => secretFor(source({ token: name }), 'token', host, CONTEXT);
    expect(secret('T', 'API.example.com')).toBe('hush-hush');
    expect(secretFor(source({}), 'token', 'api.example.com', CONTEXT)).toBeNull();
    expect(await reasonOf(() => secret('T', 'evil.example.com'))).toBe('secret-elsewhere T: api.example.com');
    expect(await reasonOf(() => secret('U', 'api.example.com'))).toBe('no-secret U');
    // A secret itself where its name belongs is not repeated.
    expect(await reasonOf(() => secret('Bearer eyJhbGciOi', 'api.example.com'))).toBe('bad-option token');
  });

  it('are taken out of what servers say', () => {
    expect(redacted('no user with hush-hush', ['hush-hush', null])).toBe('no user with •••');
  });
});

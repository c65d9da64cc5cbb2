import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allot, buildBundle, ROOT } from '../cli/bundle.ts';
import { checkAnswer } from './document.ts';
import { type Asking, codeOf, type Server, startServer, TOKEN } from './server.ts';

const ends: (() => void)[] = [];
let server: Server;

beforeAll(async () => {
  await buildBundle();
  const folder = mkdtempSync(path.join(tmpdir(), 'allot-serve-'));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['12-rule-problems', '13-data-problems'])
    cpSync(path.join(ROOT, 'test/cases', name, 'book'), path.join(folder, 'books', name), {
      recursive: true,
    });
  cpSync(path.join(ROOT, 'samples/small.xlsx'), path.join(folder, 'books/small.xlsx'));
  writeFileSync(path.join(folder, 'books/broken.xlsx'), 'no workbook');
  cpSync(path.join(ROOT, 'samples/small.xlsx'), path.join(folder, 'secret.xlsx'));
  symlinkSync(path.join(folder, 'secret.xlsx'), path.join(folder, 'books/link.xlsx'));
  server = await startServer([path.join(folder, 'books'), '--max-body', '1'], undefined, (end) =>
    ends.push(end),
  );
});
afterAll(() => {
  for (const end of ends) end();
});

const EVALUATE = { book: 'small.xlsx', asOf: '2026-03-31' };

/** Status and code of a refusal, the part of the body that it names, and what it says. */
async function refusal(route: string, asking: Asking) {
  const answer = await server.ask(route, asking);
  const { pointer, detail } = answer.body;
  expect(JSON.stringify(answer.body)).not.toMatch(/node:|\.cjs|\.ts:|at \w+ \(/);
  expect(detail).not.toBe('');
  return { status: answer.status, code: codeOf(answer), ...(pointer === undefined ? {} : { pointer }) };
}

describe('who may ask', () => {
  it.each([null, 'wrong-token-0123456789', `${TOKEN}x`, TOKEN.slice(1), ''])(
    'not with the token %s',
    async (token) => {
      for (const [route, body] of [
        ['/v1/books', undefined],
        ['/v1/openapi.json', undefined],
        ['/v1/evaluate', EVALUATE],
        ['/v1/nothing', undefined],
      ] as const)
        expect(await refusal(route, { token, body })).toEqual({ status: 401, code: 'unauthorized' });
      const { headers } = await server.ask('/v1/books', { token });
      expect(headers.get('WWW-Authenticate')).toBe('Bearer');
    },
  );

  it('not with another way to authenticate', async () => {
    const asking = { token: null, headers: { Authorization: `Basic ${TOKEN}` } };
    expect(await refusal('/v1/books', asking)).toEqual({ status: 401, code: 'unauthorized' });
  });

  it.each([
    ['evil.example', 421],
    ['evil.example:80', 421],
    ['127.0.0.1.evil.example', 421],
    ['localhost.evil.example', 421],
    ['localhost', 200],
    ['LOCALHOST:80', 200],
    ['127.0.0.1:9', 200],
    ['[::1]:80', 200],
  ])('by the name %s: %i', async (host, status) => {
    for (const route of ['/v1/health', '/v1/books'])
      expect((await server.ask(route, { headers: { Host: host } })).status).toBe(status);
  });

  it('no page of another site', async () => {
    const { headers } = await server.ask('/v1/books', { headers: { Origin: 'https://evil.example' } });
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    const preflight = await server.ask('/v1/evaluate', {
      method: 'OPTIONS',
      token: null,
      headers: { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' },
    });
    expect(preflight.status).toBe(401);
  });
});

describe('what may be asked', () => {
  it.each([
    ['GET', '/', 404, 'not-found'],
    ['GET', '/v1/evaluate', 405, 'method-not-allowed'],
    ['DELETE', '/v1/books', 405, 'method-not-allowed'],
    ['GET', '/v1/books/..%2f..%2fetc%2fpasswd', 404, 'not-found'],
  ])('%s %s is %i', async (method, route, status, code) => {
    expect(await refusal(route, { method })).toEqual({ status, code });
  });

  it('says which method a route takes', async () => {
    const { headers } = await server.ask('/v1/verify', { method: 'PUT', body: {} });
    expect(headers.get('Allow')).toBe('POST');
  });

  it.each([
    ['{', 'bad-json'],
    ['', 'bad-json'],
    ['{"book": "small.xlsx", "asOf": 2026-03-31}', 'bad-json'],
    [`${'['.repeat(100_000)}`, 'bad-json'],
  ])('JSON only', async (body, code) => {
    expect(await refusal('/v1/evaluate', { method: 'POST', body })).toEqual({ status: 400, code });
  });

  it('UTF-8 only', async () => {
    const response = await fetch(`${server.address}/v1/evaluate`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
      body: Buffer.from([0x22, 0xff, 0x22]),
    });
    expect(response.status).toBe(400);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])('no %s', async (type) => {
    const asking = { body: EVALUATE, headers: { 'Content-Type': type } };
    expect(await refusal('/v1/evaluate', asking)).toEqual({ status: 415, code: 'unsupported-type' });
  });

  it.each([
    ['/v1/evaluate', [], ''],
    ['/v1/evaluate', null, ''],
    ['/v1/evaluate', {}, ''],
    ['/v1/evaluate', { book: 'small.xlsx' }, ''],
    ['/v1/evaluate', { asOf: '2026-03-31' }, ''],
    ['/v1/evaluate', { ...EVALUATE, rules: 'pool = 1' }, ''],
    ['/v1/evaluate', { ...EVALUATE, more: 1 }, ''],
    ['/v1/evaluate', { ...EVALUATE, asOf: '31.3.2026' }, '/asOf'],
    ['/v1/evaluate', { ...EVALUATE, asOf: '2026-02-30' }, '/asOf'],
    ['/v1/evaluate', { ...EVALUATE, statements: [] }, '/statements'],
    ['/v1/evaluate', { ...EVALUATE, book: 7 }, '/book'],
    ['/v1/explain', EVALUATE, ''],
    ['/v1/verify', { book: 'small.xlsx', anchors: ['allot:1'] }, '/anchors/0'],
    ['/v1/verify', { book: 'small.xlsx', keys: ['allot-key:nonsense'] }, '/keys/0'],
    ['/v1/verify', { rules: 'pool = 1' }, ''],
  ])('at %s not %j', async (route, body, pointer) => {
    expect(await refusal(route, { method: 'POST', body })).toEqual({
      status: 400,
      code: 'bad-request',
      pointer,
    });
  });

  const table = (rows: readonly unknown[], name = 'Staff') => ({ name, columns: ['id', 'base'], rows });
  it.each([
    [[table([['E1', 1, 2]])], '/tables/0/rows/0'],
    [[table([['E1', { number: '1,000' }]])], '/tables/0/rows/0/1'],
    [[table([['E1'], ['E2', 9_007_199_254_740_992]])], '/tables/0/rows/1/1'],
    [[table([['E1', { date: '2026-02-30' }]])], '/tables/0/rows/0/1'],
    [[table([['E1', [1]]])], '/tables/0/rows/0/1'],
    [[table([]), table([], 'staff')], '/tables/1/name'],
    [[{ name: 'Staff', rows: [] }], '/tables/0'],
  ])('no tables like %j', async (tables, pointer) => {
    const body = { rules: 'table Staff key id', asOf: '2026-03-31', tables };
    expect(await refusal('/v1/evaluate', { body })).toEqual({ status: 400, code: 'bad-request', pointer });
  });

  it('no two names that are the same to the rules', async () => {
    const body = { rules: 'pay = pay_rate', asOf: '2026-03-31', names: { pay_rate: 1, 'Pay Rate': 2 } };
    expect(await refusal('/v1/evaluate', { body })).toEqual({
      status: 400,
      code: 'bad-request',
      pointer: '/names/Pay Rate',
    });
  });

  it('no short request that stands for endless rows', async () => {
    const columns = Array.from({ length: 2001 }, (_, i) => `c${i}`);
    const rows = (n: number) => Array.from({ length: n }, (_, i) => [i]);
    const body = (n: number) => ({
      rules: 'x = 1',
      asOf: '2026-03-31',
      tables: [table([['E1']]), { name: 'Wide', columns, rows: rows(n) }],
    });
    // Each row lacks 2,000 cells, and the row of Staff one.
    expect((await server.ask('/v1/evaluate', { body: body(4999) })).status).toBe(200);
    expect(await refusal('/v1/evaluate', { body: body(5000) })).toEqual({
      status: 400,
      code: 'bad-request',
      pointer: '/tables/1/rows',
    });
  });

  it('no more than --max-body, whether it says its length or not', async () => {
    const long = JSON.stringify({ rules: `# ${'x'.repeat(1 << 20)}`, asOf: '2026-03-31' });
    const fits = JSON.stringify({ rules: `# ${'x'.repeat((1 << 20) - 100)}`, asOf: '2026-03-31' });
    expect(await refusal('/v1/evaluate', { body: long })).toEqual({ status: 413, code: 'too-long' });
    expect((await server.ask('/v1/evaluate', { body: fits })).status).toBe(200);
    const chunked = async (body: string): Promise<Response> =>
      fetch(`${server.address}/v1/evaluate`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
        body: new Blob([body]).stream(),
        // @ts-expect-error what Node needs for a stream, and the types of browsers don't have
        duplex: 'half',
      });
    expect((await chunked(long)).status).toBe(413);
    const taken = await chunked(JSON.stringify({ rules: 'x = 1 + 1', asOf: '2026-03-31' }));
    expect([taken.status, await taken.json()]).toEqual([
      200,
      expect.objectContaining({ results: expect.objectContaining({ scalars: { x: '2' } }) }),
    ]);
  });
});

describe('what is no request', () => {
  it('is no defect where a client goes away while it sends', async () => {
    const { hostname, port } = new URL(server.address);
    const head = `POST /v1/evaluate HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${TOKEN}\r\nContent-Type: application/json\r\n`;
    for (const rest of ['Content-Length: 1000\r\n\r\n{', 'Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n']) {
      const socket = connect(Number(port), hostname);
      await new Promise((resolve) => socket.write(`${head}${rest}`, resolve));
      await sleep(200);
      socket.destroy();
    }
    await sleep(500);
    expect((await server.ask('/v1/health', {})).status).toBe(200);
    expect(server.said().err).not.toContain('failed');
  });

  it.each([
    ['nonsense\r\n\r\n', 400, 'bad-http'],
    ['GET /v1/health HTTP/1.1\r\nHost: a b\r\n\r\n', 400, 'bad-http'],
    [
      `GET /v1/health HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers-too-long',
    ],
  ])('is answered with a problem all the same', async (text, status, code) => {
    const { hostname, port } = new URL(server.address);
    const socket = connect(Number(port), hostname);
    socket.write(text);
    let said = '';
    for await (const data of socket) {
      said += String(data);
      if (said.endsWith('}\n')) break;
    }
    const [head = '', body = ''] = said.split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    const [, type = ''] = /content-type: (\S+)/i.exec(head) ?? [];
    checkAnswer({ method: 'GET', route: '/v1/health', status, type, body: JSON.parse(body) });
    expect(JSON.parse(body).type).toMatch(new RegExp(`/${code}$`));
  });
});

describe('books and names that are not there', () => {
  it.each([
    'nothing.xlsx',
    'link.xlsx',
    '../secret.xlsx',
    'books/../../secret.xlsx',
    './small.xlsx',
    '/etc/passwd',
    'C:\\small.xlsx',
    '\0',
    '__proto__',
  ])('no book %j', async (book) => {
    for (const route of ['/v1/evaluate', '/v1/verify']) {
      const body = route === '/v1/verify' ? { book } : { ...EVALUATE, book };
      expect(await refusal(route, { body })).toEqual({ status: 404, code: 'unknown-book', pointer: '/book' });
    }
  });

  it('lists no link that leads out of the folder', async () => {
    const { body } = await server.ask('/v1/books');
    expect(body.books?.map(({ name }) => name)).toEqual([
      '12-rule-problems',
      '13-data-problems',
      'broken.xlsx',
      'small.xlsx',
    ]);
  });

  it('a book that can’t be read: its name, and no path of the machine', async () => {
    const answer = await server.ask('/v1/evaluate', { body: { ...EVALUATE, book: 'broken.xlsx' } });
    expect([answer.status, codeOf(answer)]).toEqual([422, 'unreadable-book']);
    expect(answer.body.problems).toMatchObject([
      { code: 'file', at: 'broken.xlsx', place: { kind: 'file', path: 'broken.xlsx' } },
    ]);
    expect(JSON.stringify(answer.body)).not.toContain(tmpdir());
  });

  it.each([
    ['/v1/evaluate', { statements: ['pool', 'net_pai'] }, '/statements/1', 'unknown-name'],
    ['/v1/evaluate', { statements: ['Grades[net_pay]'] }, '/statements/0', 'unknown-name'],
    ['/v1/explain', { name: 'net_pai', key: 'E08' }, '/name', 'unknown-name'],
    ['/v1/explain', { name: 'net_pay', key: 'E99' }, '/key', 'not-found'],
    ['/v1/explain', { name: 'net_pay' }, '/key', 'wrong-arguments'],
  ])('at %s not %j', async (route, more, pointer, code) => {
    const answer = await server.ask(route, { body: { ...EVALUATE, ...more } });
    expect([answer.status, codeOf(answer), answer.body.pointer]).toEqual([422, 'unknown-name', pointer]);
    expect(answer.body.problems).toMatchObject([{ severity: 'error', code }]);
  });
});

describe('errors of rules and data', () => {
  it.each(['en', 'zh-CN'])('are those of allot run, with their places as data, in %s', async (language) => {
    for (const book of ['12-rule-problems', '13-data-problems']) {
      const answer = await server.ask('/v1/evaluate', {
        headers: { 'Accept-Language': `${language}, *;q=0.1` },
        body: { book, asOf: '2026-03-31' },
      });
      expect([answer.status, codeOf(answer)]).toEqual([422, 'rules-or-data']);
      expect(answer.headers.get('Content-Language')).toBe(language);
      const file = path.join('test/cases', book, 'book');
      const said = JSON.parse(
        allot(['run', file, '--as-of', '2026-03-31', '--json', '--lang', language]).out,
      );
      const { problems } = answer.body;
      expect(problems?.map(({ place: _, ...problem }) => problem)).toEqual(said.problems);
      expect(problems?.filter(({ place, at }) => (place === undefined) !== (at === undefined))).toEqual([]);
    }
  });

  it('say where in the request they are', async () => {
    const { body } = await server.ask('/v1/evaluate', {
      body: {
        asOf: '2026-03-31',
        rules: 'table Staff key id\neach Staff\n  half = base / zero\n',
        tables: [
          {
            name: 'Staff',
            columns: ['id', 'base', 'zero'],
            rows: [['E1', 1, 1], [], ['E2', 1, 0]],
          },
        ],
      },
    });
    expect(body.problems).toMatchObject([
      {
        code: 'division-by-zero',
        rule: 'half',
        key: 'E2',
        at: 'Staff!C4',
        place: { kind: 'cell', sheet: 'Staff', row: 4, column: 3 },
      },
    ]);
    const spelled = await server.ask('/v1/evaluate', {
      body: { asOf: '2026-03-31', rules: 'a = 1\nb = a + aa\n' },
    });
    expect(spelled.body.problems).toMatchObject([
      {
        code: 'unknown-name',
        at: 'rules:2:9-10',
        place: { kind: 'rule', line: { kind: 'text', file: 'rules', line: 2 }, start: 9, end: 10 },
      },
    ]);
    const twice = await server.ask('/v1/evaluate', {
      body: {
        asOf: '2026-03-31',
        rules: 'table Staff key id',
        tables: [{ name: 'Staff', columns: ['id'], rows: [['E1'], [], ['E1']] }],
      },
    });
    expect(twice.body.problems).toMatchObject([
      { code: 'duplicate-key', at: 'Staff!A4', place: { kind: 'cell', sheet: 'Staff', row: 4, column: 1 } },
    ]);
  });

  it.each([
    ['zh-TW,zh;q=0.9', 'zh-CN'],
    ['fr, zh;q=0.5, en;q=0.4', 'zh-CN'],
    ['en-GB;q=0.9, zh;q=0.8', 'en'],
    ['zh;q=0, en;q=0.1', 'en'],
    ['fr', 'en'],
    ['*', 'en'],
  ])('are told in the language of Accept-Language: %s', async (header, language) => {
    const { headers, body } = await server.ask('/v1/nothing', { headers: { 'Accept-Language': header } });
    expect(headers.get('Content-Language')).toBe(language);
    expect(/[\u4e00-\u9fff]/.test(body.title ?? '')).toBe(language === 'zh-CN');
  });
});

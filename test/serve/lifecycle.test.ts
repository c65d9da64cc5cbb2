import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildBundle } from '../cli/bundle.ts';
import { scratch } from '../cli/files.ts';
import { codeOf, refusedStart, type Server, startServer, TOKEN } from './server.ts';

beforeAll(buildBundle);

/** Rules and tables that keep a thread busy: every row of a table looks at every row of another. */
const heavy = (rows: number) => {
  const table = (name: string, column: string) => ({
    name,
    columns: ['id', column],
    rows: Array.from({ length: rows }, (_, i) => [`${name}${i}`, i % 97]),
  });
  return {
    asOf: '2026-03-31',
    rules: 'table A key id\ntable B key id\neach A\n  n = count(B where v * w > 500)\n',
    tables: [table('A', 'w'), table('B', 'v')],
  };
};
/** Far more than any test waits for. */
const ENDLESS = heavy(100_000);
const SMALL = { book: 'small.xlsx', asOf: '2026-03-31', statements: ['pool'] };

describe('while it computes', () => {
  it('answers whether it is there, and everybody who waits in turn', async () => {
    const server = await startServer(['samples/small.xlsx']);
    let done = false;
    const big = server.ask('/v1/evaluate', { body: heavy(1500) }).finally(() => {
      done = true;
    });
    const pools = Array.from({ length: 8 }, () => server.ask('/v1/evaluate', { body: SMALL }));
    expect((await server.ask('/v1/health', { token: null })).status).toBe(200);
    expect((await server.ask('/v1/books')).status).toBe(200);
    expect(done).toBe(false);
    for (const { body } of await Promise.all(pools))
      expect(body.results?.scalars).toEqual({ pool: '1265.34' });
    const { status, body } = await big;
    expect(status).toBe(200);
    // 97 kinds of values, each 15 or 16 times among 1500 rows: counted here by a plain loop.
    const v = Array.from({ length: 1500 }, (_, i) => i % 97);
    const wanted = (row: number) => String(v.filter((x) => x * (v[row] ?? 0) > 500).length);
    for (const row of [0, 1, 6, 96, 1499]) expect(body.results?.tables.A?.rows[row]?.n).toBe(wanted(row));
  });

  it('stops what nobody waits for any more', async () => {
    const server = await startServer(['samples/small.xlsx']);
    const gone = new AbortController();
    // As many as there may be threads.
    const asked = Array.from({ length: 4 }, () =>
      server.ask('/v1/evaluate', { body: ENDLESS, signal: gone.signal }).catch(() => 'gone'),
    );
    await untilBusy(server);
    gone.abort();
    expect(await Promise.all(asked)).toEqual(['gone', 'gone', 'gone', 'gone']);
    const { body } = await server.ask('/v1/evaluate', { body: SMALL });
    expect(body.results?.scalars).toEqual({ pool: '1265.34' });
    expect(server.said().err).toBe('');
  });

  it('gives up after --timeout, and goes on with the next', async () => {
    const server = await startServer(['samples/small.xlsx', '--timeout', '3']);
    const answer = await server.ask('/v1/evaluate', { body: ENDLESS });
    expect([answer.status, codeOf(answer)]).toEqual([503, 'timed-out']);
    let small = await server.ask('/v1/evaluate', { body: SMALL });
    // A loaded machine may need longer than that to start another thread.
    for (let i = 0; i < 20 && small.status === 503; i++)
      small = await server.ask('/v1/evaluate', { body: SMALL });
    expect(small.status).toBe(200);
  });

  it('outlives what needs more memory than there is', async () => {
    const server = await startServer(['samples/small.xlsx'], {
      ALLOT_TOKEN: TOKEN,
      NODE_OPTIONS: '--max-old-space-size=48',
    });
    const answer = await server.ask('/v1/evaluate', { body: heavy(400_000) });
    expect([answer.status, codeOf(answer)]).toEqual([503, 'out-of-memory']);
    expect((await server.ask('/v1/evaluate', { body: SMALL })).status).toBe(200);
  });

  it('lets a number of requests wait, and turns others away', async () => {
    const server = await startServer([]);
    const gone = new AbortController();
    const endless = Array.from({ length: 4 }, () =>
      server.ask('/v1/evaluate', { body: ENDLESS, signal: gone.signal }).catch(() => null),
    );
    await untilBusy(server);
    const waiting = Array.from({ length: 64 + 20 }, () =>
      server
        .ask('/v1/evaluate', { body: { rules: 'x = 1', asOf: '2026-03-31' }, signal: gone.signal })
        .catch(() => null),
    );
    const away = await Promise.race(waiting);
    expect(away === null ? null : [away.status, codeOf(away)]).toEqual([503, 'busy']);
    expect(away?.headers.get('Retry-After')).toBe('2');
    gone.abort();
    await Promise.all([...endless, ...waiting]);
  });
});

describe('when it is interrupted', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s it answers what it was asked and exits with 0',
    async (signal) => {
      const server = await startServer([]);
      const asked = server.ask('/v1/evaluate', { body: heavy(1500) });
      await untilBusy(server);
      server.process.kill(signal);
      const { status } = await asked;
      expect(status).toBe(200);
      expect(await server.ended()).toBe(0);
      expect(server.said().err).toBe(
        '\nStopping: what runs is finished first. Ctrl+C once more stops at once.\nStopped.\n',
      );
      await expect(fetch(`${server.address}/v1/health`)).rejects.toThrow();
    },
  );

  it('twice it drops what runs', async () => {
    const server = await startServer([]);
    const asked = server.ask('/v1/evaluate', { body: ENDLESS }).catch(() => 'dropped');
    await untilBusy(server);
    server.process.kill('SIGINT');
    while (!server.said().err.includes('Stopping')) await sleep(20);
    server.process.kill('SIGINT');
    expect(await asked).toBe('dropped');
    expect(await server.ended()).toBe(0);
  });
});

/** A request has come where one that came after it is answered; a moment later a thread has it. */
async function untilBusy(server: Server): Promise<void> {
  await sleep(1500);
  await server.ask('/v1/health', { token: null });
}

describe('its start', () => {
  it('makes a token where there is none, and shows it once', async () => {
    const server = await startServer(['samples/small.xlsx'], {});
    const { out, err } = server.said();
    expect(out).toBe(`Serving 1 book at ${server.address}\n`);
    while (!/\n\S+\n$/.test(server.said().err)) await sleep(20);
    const [, token = ''] = /\n(\S+)\n$/.exec(server.said().err) ?? [];
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(err).not.toContain('Warning');
    expect((await server.ask('/v1/books', { token })).status).toBe(200);
    expect((await server.ask('/v1/books')).status).toBe(401);
    const other = await startServer([], {});
    while (!/\n\S+\n$/.test(other.said().err)) await sleep(20);
    expect(other.said().err).not.toContain(token);
  });

  it('takes the token of a file rather than that of the environment', async () => {
    const file = path.join(scratch(), 'token');
    writeFileSync(file, 'token-of-the-file_1\r\n');
    chmodSync(file, 0o600);
    const server = await startServer(['--token-file', file]);
    expect((await server.ask('/v1/books', { token: 'token-of-the-file_1' })).status).toBe(200);
    expect((await server.ask('/v1/books', { token: TOKEN })).status).toBe(401);
    expect(server.said().err).toBe('');
  });

  it('warns where others can reach it', async () => {
    const server = await startServer(['--host', '0.0.0.0']);
    while (!server.said().err.includes('\n')) await sleep(20);
    expect(server.said().err).toMatch(/^Warning: 0\.0\.0\.0 /);
  });

  it.each([
    [['samples/nothing.xlsx'], /^error: samples\/nothing.xlsx: /],
    [['package.json'], /^error: package.json: /],
    [['--token-file', 'nothing'], /^error: nothing: /],
    [['--token-file', 'LICENSE'], /^error: A token /],
    [['--port', '70000'], /a port from 0 to 65535/],
    [['--timeout', '0'], /whole seconds/],
    [['--host', '203.0.113.1'], /^error: It cannot listen at 203\.0\.113\.1: EADDRNOTAVAIL/],
    [['samples/small.xlsx', 'samples'], /^error: More than one book is called “small.xlsx”/],
  ])('refuses %j', (args, said) => {
    const { status, out, err } = refusedStart(args);
    expect([status, out]).toEqual([2, '']);
    expect(err).toMatch(said);
    expect(err).not.toMatch(/\n +at /);
  });

  it('refuses a port that is taken, in Chinese where it is asked to', async () => {
    const { address } = await startServer([]);
    const { port } = new URL(address);
    const { status, err } = refusedStart(['--port', port, '--lang', 'zh-CN']);
    expect([status, err]).toEqual([
      2,
      `错误：端口 ${port} 已被占用。请用 --port 另选端口；--port 0 表示任选一个空闲端口。\n`,
    ]);
  });
});

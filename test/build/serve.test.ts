import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { policyHeader } from '../../webpack/csp.mjs';
import { type Served, serve } from '../../webpack/serve.mjs';

let folder = '';
let served: Served;
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'allot-serve-'));
  mkdirSync(path.join(folder, 'site/samples'), { recursive: true });
  writeFileSync(path.join(folder, 'secret.txt'), 'secret');
  writeFileSync(path.join(folder, 'site/index.html'), '<p>hello');
  writeFileSync(path.join(folder, 'site/taskpane.html'), '<p>pane');
  writeFileSync(path.join(folder, 'site/help.html'), '<p>help');
  writeFileSync(path.join(folder, 'site/a.0123456789.js'), '1');
  writeFileSync(path.join(folder, 'site/samples/广电.xlsx'), 'zip');
  served = await serve(path.join(folder, 'site'));
});
afterAll(async () => {
  await served.close();
  rmSync(folder, { recursive: true });
});

/** A request as it is written: `fetch` would tidy the path. */
function raw(
  target: string,
  { method = 'GET', host }: { method?: string; host?: string } = {},
): Promise<{ status: number; headers: Readonly<Record<string, unknown>>; body: string }> {
  const { hostname, port } = new URL(served.url);
  return new Promise((resolve, reject) => {
    const asked = request(
      { hostname, port, path: target, method, headers: { host: host ?? `${hostname}:${port}` } },
      (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (text: string) => {
          body += text;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      },
    );
    asked.on('error', reject).end();
  });
}

test('listens on the loopback address only', () => {
  expect(served.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
});

test('serves files with their types and policies', async () => {
  const index = await raw('/');
  expect(index).toMatchObject({ status: 200, body: '<p>hello' });
  expect(index.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policyHeader('workbench'),
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
  });
  expect((await raw('/taskpane.html')).headers['content-security-policy']).toBe(policyHeader('addin'));
  expect((await raw('/help.html?x')).headers['content-security-policy']).toBe(policyHeader('text'));
  expect((await raw('/a.0123456789.js')).headers['cache-control']).toContain('immutable');
  expect(await raw(`/samples/${encodeURIComponent('广电')}.xlsx`)).toMatchObject({
    status: 200,
    body: 'zip',
  });
  expect(await raw('/', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
});

test.each(['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/samples/..%2f..%2fsecret.txt'])(
  'gives nothing from outside its folder: %s',
  async (target) => {
    expect(await raw(target)).toMatchObject({ status: 404, body: 'Not found.' });
  },
);

test('follows no link out of its folder', async () => {
  symlinkSync(path.join(folder, 'secret.txt'), path.join(folder, 'site/link.txt'));
  expect((await raw('/link.txt')).status).toBe(404);
});

test('refuses what it can’t answer', async () => {
  expect((await raw('/nothing')).status).toBe(404);
  expect((await raw('/samples')).status).toBe(404);
  expect((await raw('/%E0%A4%A')).status).toBe(404);
  expect((await raw('/%00')).status).toBe(404);
  expect((await raw('/', { method: 'POST' })).status).toBe(405);
  // A name of somebody else's that resolves to this machine.
  expect((await raw('/', { host: 'evil.example' })).status).toBe(403);
});

test('passes over a port that is taken', async () => {
  const taken = Number(new URL(served.url).port);
  const other = await serve(path.join(folder, 'site'), { port: taken });
  expect(Number(new URL(other.url).port)).toBeGreaterThan(taken);
  await other.close();
});

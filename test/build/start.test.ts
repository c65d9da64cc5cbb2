import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, test } from 'vitest';
import { policyHeader } from '../../webpack/csp.mjs';
import { buildOnce, ROOT } from '../support/builds.ts';

const START = path.join(ROOT, 'webpack/start.mjs');

test('npm start builds and serves the workbench with its samples, and stops when it is told to', async () => {
  // So that the build of `npm start` itself comes from the cache.
  await buildOnce('workbench');
  const started = spawn(process.execPath, [START, '--port', '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    let said = '';
    started.stdout.setEncoding('utf8');
    for await (const text of started.stdout) {
      said += text;
      if (said.includes('http')) break;
    }
    const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(said)?.[0] ?? '';
    const page = await fetch(url);
    expect(page.headers.get('content-security-policy')).toBe(policyHeader('workbench'));
    expect(await page.text()).toMatch(/<script defer(="")? src="?workbench\.[0-9a-f]{10}\.js/);
    for (const name of ['small.xlsx', 'broadcast.xlsx', '广电.xlsx']) {
      const book = await fetch(new URL(`samples/${name}`, url));
      expect([name, book.status, new Uint8Array(await book.arrayBuffer()).slice(0, 2).join()]).toEqual([
        name,
        200,
        '80,75',
      ]);
    }
  } finally {
    started.kill('SIGTERM');
  }
  const [code] = await once(started, 'exit');
  expect(code).toBe(0);
});

test('a port that is none is told of', () => {
  const { status, stderr } = spawnSync(process.execPath, [START, '--port', 'eighty'], { encoding: 'utf8' });
  expect(status).toBe(2);
  expect(stderr).toBe('--port is “eighty”; it must be a whole number from 0 to 65535.\n');
});

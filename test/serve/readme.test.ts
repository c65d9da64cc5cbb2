import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { buildBundle, ROOT } from '../cli/bundle.ts';
import { startServer } from './server.ts';

beforeAll(buildBundle);

it('the README shows a request that works', async () => {
  const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
  const section = readme.split('\n## ').find((text) => text.startsWith('From other systems\n')) ?? '';
  const [, token = '', args = ''] = /^ALLOT_TOKEN=(\S+) npx allot serve (.+)$/m.exec(section) ?? [];
  const [, route = '', headers = '', body = ''] =
    /^curl http:\/\/127\.0\.0\.1:4180(\S+) (.*) \\\n +-d '(.*)'$/m.exec(section) ?? [];
  const shown = /`"(\w+)": "([^"]+)"`/.exec(section) ?? [];
  const server = await startServer(args.split(' '), { ALLOT_TOKEN: token });
  const sent = [...headers.matchAll(/-H '([^:]+): ([^']+)'/g)].map(([, name = '', value = '']) => [
    name,
    value,
  ]);
  expect(sent.map(([name]) => name)).toEqual(['Authorization', 'Content-Type']);
  const answer = await server.ask(route, { token: null, headers: Object.fromEntries(sent), body });
  expect(answer.status).toBe(200);
  expect(answer.body.results?.scalars[shown[1] ?? '']).toBe(shown[2]);
});

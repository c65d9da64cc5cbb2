import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../../src/cli/cli.ts';
import { allot, buildBundle, ROOT } from './bundle.ts';
import { folderBook, RULES, STAFF_CSV, scratch } from './files.ts';
import { world } from './inProcess.ts';

beforeAll(buildBundle);

const AS_OF = ['--as-of', '2026-03-31'] as const;

describe('a mistake of our own', () => {
  const failing = async (): Promise<void> => {
    throw new RangeError('boom');
  };
  const book = (): string => folderBook({ 'Staff.csv': STAFF_CSV, 'Rules.allot': RULES });

  it('is told without a stack trace', async () => {
    const io = world({ out: failing });
    expect(await cli(['check', book()], io)).toBe(2);
    expect(io.said.err).toMatch(/^internal error: RangeError: boom\n/);
    expect(io.said.err).not.toMatch(/\n\s+at /);
  });

  it('is told with one where that is asked for', async () => {
    const io = world({ out: failing, env: { ALLOT_DEBUG: '1' } });
    expect(await cli(['check', book(), '--lang', 'zh-CN'], io)).toBe(2);
    expect(io.said.err).toMatch(/^内部错误：RangeError: boom\n/);
    expect(io.said.err).toMatch(/\n\s+at /);
  });
});

it('takes today where check is given no date', async () => {
  const book = folderBook({ 'Rules.allot': 'a = 1 from 2026-02-01\nb = a\n' });
  expect(await cli(['check', book], world({ today: '2026-02-01' }))).toBe(0);
  expect(await cli(['check', book], world({ today: '2026-01-31' }))).toBe(1);
});

it('stops quietly when its reader has seen enough', async () => {
  const rows = Array.from({ length: 60_000 }, (_, i) => `${i},${i}\n`).join('');
  const book = folderBook({ 'T.csv': `id,x\n${rows}`, 'Rules.allot': 'each T\n  y = x * 2\n' });
  const child = spawn(
    process.execPath,
    [path.join(ROOT, 'dist/allot.cjs'), 'run', book, ...AS_OF, '--json'],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  child.stdout.once('data', () => child.stdout.destroy());
  const status = await new Promise((resolve) => child.on('close', resolve));
  expect(err).toBe('');
  expect(status).toBe(0);
});

it('writes texts that look like formulas as texts', () => {
  const folder = scratch();
  const book = folderBook({
    'Staff.csv': STAFF_CSV,
    'Rules.allot': `${RULES}each Staff\n  link = "=HYPERLINK(""x"")"\n  minus = "-1"\n`,
  });
  const out = path.join(folder, 'new.xlsx');
  expect(allot(['run', book, ...AS_OF, '--out', out])).toMatchObject({ status: 0 });
  const parts = Object.entries(unzipSync(readFileSync(out)));
  const xml = parts.map(([name, bytes]) => ({ name, text: strFromU8(bytes) }));
  const sheets = xml.filter(({ name }) => name.startsWith('xl/worksheets/sheet'));
  expect(sheets.length).toBeGreaterThan(3);
  for (const { text } of sheets) expect(text).not.toMatch(/<f[ >/]/);
  const all = xml.map(({ text }) => text).join('\n');
  for (const said of ['=1+1', '@Reward', '=HYPERLINK("x")', '-1'])
    expect(all.replaceAll('&quot;', '"')).toMatch(
      new RegExp(`<t[^>]*>${said.replace(/[+*?^$.()|[\]\\]/g, '\\$&')}</t>`),
    );
});

it('a workbook with rule problems points at cells', () => {
  const folder = scratch();
  const from = path.join(folder, 'x.allot');
  writeFileSync(from, 'each Staff\n  合计 = base + nope\n');
  const out = path.join(folder, 'x.xlsx');
  const book = folderBook({ 'Staff.csv': STAFF_CSV, 'Rules.allot': RULES });
  expect(allot(['rules', book, '--from', from, '--out', out]).status).toBe(0);
  const said = allot(['check', out]);
  expect(said.status).toBe(1);
  expect(said.out).toContain('Rules!B2:13-16  error unknown-name');
});

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linesOfText, sheetCells } from '../../grammar/index.ts';
import { isError } from '../../src/audit/findings.ts';
import { planLock } from '../../src/audit/index.ts';
import { inputsOf, LEDGER_SHEET, type LedgerCells, readLedger } from '../../src/audit/ledger.ts';
import { readRecord } from '../../src/audit/record.ts';
import { verifyBook } from '../../src/audit/verify.ts';
import { openBook } from '../../src/workbook/open.ts';
import { folderBook } from '../cli/files.ts';
import { hasOpenpyxl, skipNote } from '../workbook/tools.ts';
import { adjustFile, payFile, ROOT } from './files.ts';
import { doer } from './memory.ts';

/** A program that is not ours computes the digests from the documentation alone. */
interface Recomputed {
  readonly rows: readonly string[];
  readonly rules: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** Of each paid run and adjustment. */
  readonly records: readonly string[];
  readonly results: readonly string[];
  /** Totals of each adjustment. */
  readonly adjusted: readonly string[];
}

const recompute = (file: string): Recomputed =>
  JSON.parse(
    execFileSync('/usr/bin/python3', ['-W', 'ignore', path.join(import.meta.dirname, 'recompute.py'), file], {
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    }),
  ) as Recomputed;

const openpyxl = hasOpenpyxl();
if (!openpyxl) skipNote('openpyxl');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'allot-audit-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function ledgerRows(file: string): Promise<readonly LedgerCells[]> {
  const book = await openBook(file);
  return readLedger(await book.ours(LEDGER_SHEET)).rows.map(({ cells }) => cells);
}

describe('another program', () => {
  it.skipIf(!openpyxl)('computes the digests of two runs of a sample', async () => {
    const [one, two] = [path.join(folder, 'one.xlsx'), path.join(folder, 'two.xlsx')];
    await payFile(path.join(ROOT, 'samples/small.xlsx'), '2026-02-28', one);
    await payFile(one, '2026-03-31', two);
    await agrees(two, 2);
  });

  // Every kind of cell; texts that need escapes, numbers that end late or never, times, names, blank lines, Chinese.
  it.skipIf(!openpyxl)('computes those of whatever cells can hold', async () => {
    const book = folderBook({
      'Staff.csv':
        'id,side,base,since,note,ok\nE1,back,4200.5,2019-05-06,"tab\there",TRUE\nE2,back,-0.25,2026-01-31 09:30,"two\nlines",FALSE\nE3,back,123456789.012345,1999-12-31,back\\slash,\nF1,front,,,𠮷野家,TRUE\n0042,back,0.1,2024-02-29 23:59:59,"a ""quote""",FALSE\n',
      '单位.csv': '名称,系数\n一部,0.333333333333333\n二部,1e5\n\uE000,2\n',
      'names.csv': 'name,value\npool,1000.1\n期初,2026-03-01\nlabel,north\n',
      'Rules.allot': `# how the pool is shared

unit 0.01
table Staff key id
share_of = pool / 3   # a third
start = 期初
named = label
each Staff where side = "back"
\tthird = default(base, 0) / 7
  gone = since
each 单位
　　half = if(名称 = "一部", 系数, 1) / 3
share round(share_of) among Staff where side = "back" by abs(third) as reward
statement net for Staff where side = "back"
  add round(third) "one 7th"
  add reward
  

`,
    });
    const out = path.join(folder, 'cells.xlsx');
    await payFile(book, '2026-03-31', out);
    await agrees(out, 1);
  });

  it.skipIf(!openpyxl)('computes those of adjustments, and what each of them gives', async () => {
    const change = async (from: string, to: string, rate: string): Promise<string> => {
      const book = await openBook(from);
      const rules = book.rules.map(({ depth, text }) => '\t'.repeat(depth) + text).join('\n');
      const now = rules.replace(/^pool_rate = \d+% from.*$/m, `pool_rate = ${rate} from 2026-01-01`);
      await book.writeRules(sheetCells(linesOfText('Rules.allot', now)), to);
      return to;
    };
    const file = (name: string): string => path.join(folder, name);
    const paid = file('adjusted-1.xlsx');
    await payFile(path.join(ROOT, 'samples/small.xlsx'), '2026-03-31', paid);
    const book = await openBook(paid);
    const lock = await planLock(book, '1', doer('Finance B'));
    if (lock.kind !== 'plan') throw new Error(lock.kind);
    await book.write(lock.changes, file('adjusted-2.xlsx'));
    const changed = await change(file('adjusted-2.xlsx'), file('adjusted-3.xlsx'), '20%');
    const first = await adjustFile(changed, '1', '2026-03-31', file('adjusted-4.xlsx'));
    expect(first.row.Totals).toBe('reward=184.66');
    const back = await change(file('adjusted-4.xlsx'), file('adjusted-5.xlsx'), '12.5%');
    const second = await adjustFile(back, '1', '2026-03-31', file('adjusted-6.xlsx'), 'zh-CN');
    // 1265.34 + 184.66 = 1450 were given; 12.5% of the commissions are five sixths of 15%, but for rounding each.
    expect(second.row.Totals).toMatch(/^reward=-39\d\.\d\d$/);
    await agrees(file('adjusted-6.xlsx'), 4);
  });

  async function agrees(file: string, rows: number): Promise<void> {
    const ours = await ledgerRows(file);
    expect(ours).toHaveLength(rows);
    const theirs = recompute(file);
    const kept = ours.filter(({ Event }) => Event === 'paid' || Event === 'adjusted');
    const last = kept.at(-1);
    expect(theirs).toEqual({
      rows: ours.map((row) => row.Digest),
      rules: last?.Rules,
      inputs: Object.fromEntries(inputsOf(last?.Inputs ?? '')),
      records: kept.map((row) => row.Record),
      results: kept.map((row) => row.Results),
      adjusted: kept.filter(({ Event }) => Event === 'adjusted').map((row) => row.Totals),
    });
    const { findings } = await verifyBook(await openBook(file));
    expect(findings.filter(({ kind }) => kind !== 'between')).toEqual([]);
  }
});

it('pays and verifies a Chinese workbook, whose record fits the one before', async () => {
  const [one, two] = [path.join(folder, '一.xlsx'), path.join(folder, '二.xlsx')];
  await payFile(path.join(ROOT, 'samples/广电.xlsx'), '2026-02-28', one, 'zh-CN');
  await payFile(one, '2026-03-31', two, 'zh-CN');
  const book = await openBook(two);
  const { findings, runs } = await verifyBook(book);
  expect(runs).toBe(2);
  expect(findings.filter(isError)).toEqual([]);
  const [, last] = await ledgerRows(two);
  expect(last?.Totals).toBe('部门奖励=753443.3 支撑奖励=753443.3');
  const kept = readRecord(await book.part('record-2'), last?.Record ?? '');
  expect(kept.kind === 'record' && kept.record.inputs.map(({ keys, drop }) => [keys.length, drop])).toEqual(
    Array.from({ length: kept.kind === 'record' ? kept.record.inputs.length : 0 }, () => [0, []]),
  );
  // What a month adds where its rows were known before.
  expect(((await book.part('record-2')) ?? '').length).toBeLessThan(400_000);
});

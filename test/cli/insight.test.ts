import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { periodOf } from '../../src/cli/insightArguments.ts';
import { readXlsx } from '../../src/workbook/xlsx/book.ts';
import { ROOT } from '../support/builds.ts';
import { folderBook, RULES, STAFF_CSV, scratch } from './files.ts';
import { said } from './inProcess.ts';

const BROADCAST = path.join(ROOT, 'samples/broadcast.xlsx');
const MARCH = ['--as-of', '2026-03-31'];

describe('allot insight samples/broadcast.xlsx', { timeout: 120_000 }, () => {
  test('names the three bottlenecks and the holiday peaks, and writes sheets with charts', async () => {
    const out = path.join(scratch(), 'out.xlsx');
    const { status, out: text, err } = await said(['insight', BROADCAST, ...MARCH, '--out', out]);
    expect(status).toBe(0);
    expect(text.match(/^ {2}\d\. .*$/gm)).toEqual([
      expect.stringMatching(/^ {2}1\. Finance · Second signature: approval takes 3\.\d+ times/),
      expect.stringMatching(/^ {2}2\. Northwest Transmission: first answer takes 2\.\d+ times/),
      expect.stringMatching(/^ {2}3\. 5G Core · 5G slice engineer: first answer takes 2\.\d+ times/),
    ]);
    expect(text).toContain('Spring Festival: 1.84 times as many complaints');
    expect(text).toContain('National Day: 1.6');
    const mase = (by: string): number =>
      Number(new RegExp(`^  complaints, last 56 days, held out +${by}.* ([\\d.]+)$`, 'm').exec(text)?.[1]);
    expect(mase('this forecast')).toBeLessThan(mase('seasonal naive'));
    // The first whole month against the last.
    expect(text).toMatch(/^ *2025-10 against 2026-03$/m);
    expect(err).toContain(`Wrote ${out}`);
    const book = readXlsx(new Uint8Array(readFileSync(out)), out);
    const ours = book.structure.sheets.filter(({ use }) => use === 'ours');
    expect(ours.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Allot Insight', 'Allot Bottlenecks']),
    );
    const drawn = ours.filter(({ relations }) => relations.list.some(({ type }) => type === 'drawing'));
    expect(drawn.length).toBeGreaterThan(10);
    // one row for each bottleneck
    expect((await book.ours('Allot Bottlenecks'))?.rows).toBe(3);
  });

  test('as JSON, in the periods asked for; as of an earlier day nothing later is known', async () => {
    const periods = ['--before', '2025-11', '--after', '2026-01-01..2026-01-14'];
    const { status, out } = await said(['insight', BROADCAST, '--as-of', '2026-01-31', ...periods, '--json']);
    expect(status).toBe(0);
    const found = JSON.parse(out);
    expect(found.reform.before).toEqual({ from: '2025-11-01', to: '2025-11-30' });
    expect(found.reform.after).toEqual({ from: '2026-01-01', to: '2026-01-14' });
    expect(found.bottlenecks.found).toHaveLength(3);
    expect(found.bottlenecks.found[0].trend.months.at(-1).month).toBe('2026-01');
    expect(found.holidayPeaks[0].kind).toBe('spring-festival');
    const [complaints] = found.forecasts;
    expect(complaints.data.to).toBe('2026-01-31');
    expect(complaints.ahead).toHaveLength(56);
    expect(complaints.ahead[0].day).toBe('2026-02-01');
    // amounts are exact texts
    expect(found.bottlenecks.found[0].worth.shares[0].before).toMatch(/^\d+(\.\d+)?$/);
    expect(found.pay.points).toBeUndefined();
  });
});

test('the Chinese book in Chinese', { timeout: 120_000 }, async () => {
  const { status, out } = await said(['insight', path.join(ROOT, 'samples/广电.xlsx'), ...MARCH], 'zh-CN');
  expect(status).toBe(0);
  expect(out).toContain('1. 财务部 · 财务复核岗：审批所用时间是其他人的 3.58 倍');
  expect(out).toContain('春节：投诉量是平日的 1.84 倍');
});

describe('what stands in the way', () => {
  test('a book without the chain says what it lacks', async () => {
    const book = folderBook({ 'Rules.allot': RULES, 'Staff.csv': STAFF_CSV });
    const { status, out } = await said(['insight', book, ...MARCH]);
    expect(status).toBe(0);
    expect(out).toContain('No table was found for: tickets, expenses, complaints, sales.');
    expect(out).toContain('can not be told apart');
  });

  test('errors are told, and nothing else', async () => {
    const book = folderBook({ 'Rules.allot': `${RULES}x = 1 / 0\n`, 'Staff.csv': STAFF_CSV });
    const { status, out } = await said(['insight', book, ...MARCH]);
    expect(status).toBe(1);
    expect(out).not.toContain('Bottlenecks');
  });

  test('a period that is none', async () => {
    const { status, err } = await said(['insight', BROADCAST, ...MARCH, '--before', '2026-13']);
    expect(status).toBe(2);
    expect(err).toContain('a period is a month');
  });
});

test('periods', () => {
  expect(periodOf('2026-02')).toEqual({ from: Date.UTC(2026, 1, 1), to: Date.UTC(2026, 2, 1) - 1 });
  expect(periodOf('2026-01-01..2026-01-02')).toEqual({
    from: Date.UTC(2026, 0, 1),
    to: Date.UTC(2026, 0, 3) - 1,
  });
  for (const text of [
    '',
    '2026',
    '2026-00',
    '2026-02-30..2026-03-01',
    '2026-03-02..2026-03-01',
    '2026-03-01',
  ])
    expect(periodOf(text), text).toBeNull();
});

import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { linesOfText, sheetCells } from '../../grammar/index.ts';
import { openBook } from '../../src/workbook/open.ts';
import { ROOT } from '../support/builds.ts';
import { scratch } from './files.ts';
import { said } from './inProcess.ts';

const SMALL = path.join(ROOT, 'samples/small.xlsx');

/** small.xlsx, paid for March 2026, whose rules then give the support pool 20% instead of 15%. */
async function paidAndChanged(): Promise<string> {
  const folder = scratch();
  const paid = path.join(folder, 'paid.xlsx');
  const { status } = await said(['pay', SMALL, '--as-of', '2026-03-31', '--by', 'Finance A', '--out', paid]);
  expect(status).toBe(0);
  const changed = path.join(folder, 'changed.xlsx');
  const rules = (await said(['rules', paid])).out.replace('pool_rate = 15%', 'pool_rate = 20%');
  const book = await openBook(paid);
  await book.writeRules(sheetCells(linesOfText('Rules.allot', rules)), changed);
  return changed;
}

describe('adjust', () => {
  it('gives the supplements of a paid run, which add up to the difference of what was shared', async () => {
    const book = await paidAndChanged();
    const { status, out } = await said(['adjust', book, '--paid', '1', '--json']);
    expect(status).toBe(0);
    const [{ run, asOf, columns }] = JSON.parse(out).runs;
    expect([run, asOf]).toEqual([1, '2026-03-31']);
    const [reward, net] = columns;
    // What was shared of the paid pool stands in the test of the sample.
    expect(reward.total).toBe(reward.shared.difference);
    expect(Number(reward.total)).toBeGreaterThan(0);
    // The front line gives 5% more of its commission (E06 sold nothing), the back end gets what of it the caps leave.
    const given = net.rows.filter(({ adjustment }: { adjustment: string }) => adjustment.startsWith('-'));
    expect(given.map(({ key }: { key: string }) => key)).toEqual(['E01', 'E02', 'E03', 'E04', 'E05']);
    const now = JSON.parse((await said(['run', book, '--as-of', '2026-03-31', '--json'])).out);
    const before = JSON.parse((await said(['run', SMALL, '--as-of', '2026-03-31', '--json'])).out);
    const rewards = (json: typeof now): Record<string, string> =>
      Object.fromEntries(json.tables.Staff.rows.map((row: Record<string, string>) => [row.key, row.reward]));
    for (const row of reward.rows) {
      expect(row.paid).toBe(rewards(before)[row.key]);
      expect(row.now).toBe(rewards(now)[row.key]);
    }
  });

  it('writes them into a sheet and tells people', async () => {
    const book = await paidAndChanged();
    const out = path.join(scratch(), 'adjusted.xlsx');
    const {
      status,
      out: told,
      err,
    } = await said(['adjust', book, '--paid', '1', '--column', 'reward', '--out', out]);
    expect(status).toBe(0);
    expect(told).toMatch(/^Staff\[reward\], paid as run 1 for 2026-03-31: \d+ adjustments/);
    expect(err).toContain('Allot Adjustments A1:H');
    const sheet = await (await openBook(out)).ours('Allot Adjustments');
    expect(sheet?.columns.map(({ heading }) => heading).at(-1)).toBe('Adjustment');
    expect((await said(['adjust', book, '--paid', '1'], 'zh-CN')).out).toContain('笔补差');
  });

  it('wants a run that was paid, and a column that is there', async () => {
    const book = await paidAndChanged();
    const out = path.join(scratch(), 'x.xlsx');
    const none = await said(['adjust', book, '--paid', '7', '--out', out]);
    expect([none.status, none.err]).toEqual([2, expect.stringContaining('Paid runs: 1')]);
    expect(existsSync(out)).toBe(false);
    expect((await said(['adjust', SMALL, '--paid', '1'])).err).toContain(
      'Nothing has been paid with this book',
    );
    expect((await said(['adjust', book, '--paid', '1', '--column', 'x'])).err).toContain('Staff[reward]');
    expect((await said(['adjust', book, '--paid', 'x'])).status).toBe(2);
  });
});

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

  it('tells people, by the run’s earlier name too', async () => {
    const book = await paidAndChanged();
    const { status, out } = await said(['adjust', book, '--paid', '1', '--column', 'reward']);
    expect(status).toBe(0);
    expect(out).toMatch(/^Staff\[reward\], paid as run 1 for 2026-03-31: 4 adjustments, 184\.66 in all\.\n/);
    expect(out).toContain('  left over in its pools: 0 then, 237.1 now\n');
    expect(out).not.toContain('net_pay');
    expect((await said(['adjust', book, '--run', '1'], 'zh-CN')).out).toContain('笔补差');
  });

  it('wants a run that was paid, and a column that is there', async () => {
    const book = await paidAndChanged();
    const out = path.join(scratch(), 'x.xlsx');
    const none = await said(['adjust', book, '--run', '7', '--by', 'Finance A', '--out', out]);
    expect([none.status, none.err]).toEqual([2, expect.stringContaining('Paid runs: 1')]);
    expect(existsSync(out)).toBe(false);
    expect((await said(['adjust', SMALL, '--paid', '1'])).err).toContain(
      'Nothing has been paid with this book',
    );
    expect((await said(['adjust', book, '--paid', '1', '--column', 'x'])).err).toContain('Staff[reward]');
    expect((await said(['adjust', book, '--paid', 'x'])).status).toBe(2);
    expect((await said(['adjust', book])).err).toContain('Say which paid run: --run NUMBER');
  });

  it('says who gives them, of one run, all of it', async () => {
    const book = await paidAndChanged();
    const out = path.join(scratch(), 'x.xlsx');
    const given = ['adjust', book, '--run', '1', '--out', out];
    for (const [args, told] of [
      [given, 'say who gives the adjustments with --by NAME'],
      [[...given, '--by', 'A', '--run', '2'], 'one run is adjusted at a time'],
      [[...given, '--by', 'A', '--column', 'reward'], 'leave --column out'],
      [['adjust', book, '--run', '1', '--by', 'A'], 'without it nothing is written'],
      [['adjust', book, '--run', '1', '--override', 'A'], 'without it nothing is written'],
    ] as const) {
      const { status, err } = await said(args);
      expect([status, err]).toEqual([2, expect.stringContaining(told)]);
    }
    const nameless = await said([...given, '--by', ' ']);
    expect([nameless.status, nameless.err]).toEqual([2, expect.stringContaining('Say who does this')]);
    expect(existsSync(out)).toBe(false);
  });
});

describe('adjust --out', () => {
  const by = ['--by', 'Finance A'] as const;

  /** The same with its period locked. */
  async function lockedAndChanged(): Promise<{
    readonly book: string;
    readonly next: (name: string) => string;
  }> {
    const book = await paidAndChanged();
    const next = (name: string): string => path.join(path.dirname(book), name);
    const locked = next('locked.xlsx');
    const { status } = await said(['lock', book, '--run', '1', '--by', 'Finance B', '--out', locked]);
    expect(status).toBe(0);
    return { book: locked, next };
  }

  it('leaves two sheets, a record and a row of the ledger, which verify', async () => {
    const { book, next } = await lockedAndChanged();
    const out = next('adjusted.xlsx');
    const { status, out: told, err } = await said(['adjust', book, '--run', '1', ...by, '--out', out]);
    expect(status).toBe(0);
    expect(told).toContain('Staff[reward], paid as run 1 for 2026-03-31: 4 adjustments, 184.66 in all.');
    expect(told).toMatch(
      /\nAdjusted run 1 in row 3 of the ledger, as of 2026-03-31, by Finance A: reward=184\.66\nAnchor: allot:3:[0-9a-f]{64}:2026-03-31\n$/,
    );
    expect(err).toContain(
      '  Allot Adjustments A1:J14\n  Allot Adjustment Totals A1:M3\n  Allot Ledger A1:O4\n',
    );
    const sheet = await (await openBook(out)).ours('Allot Adjustments');
    expect(sheet?.columns.map(({ heading }) => heading)).toEqual([
      'Ledger row',
      'Run',
      'Period',
      'Table',
      'Column',
      'Key',
      'Paid',
      'Earlier adjustments',
      'Now',
      'Adjustment',
    ]);
    const verified = await said(['verify', out]);
    expect([verified.status, verified.out]).toEqual([
      0,
      expect.stringMatching(/^3 ledger rows, 1 paid run: nothing was changed\.\n/),
    ]);
  });

  it('gives nothing the second time; the third time what is due since', async () => {
    const { book, next } = await lockedAndChanged();
    const [one, two, three] = [next('one.xlsx'), next('two.xlsx'), next('three.xlsx')];
    await said(['adjust', book, '--run', '1', ...by, '--out', one]);
    const again = await said(['adjust', one, '--run', '1', ...by, '--out', two, '--json']);
    expect(again.status).toBe(0);
    const { row, runs } = JSON.parse(again.out);
    expect(row).toMatchObject({ Number: '4', Event: 'adjusted', Totals: 'reward=0', Note: 'run 1' });
    expect(
      runs[0].columns.map(({ total, rows }: { total: string; rows: object[] }) => [total, rows]),
    ).toEqual([
      ['0', []],
      ['0', []],
    ]);
    expect(runs[0].columns[0].shared).toEqual({
      paid: '1265.34',
      earlier: '184.66',
      now: '1450',
      difference: '0',
      unallocated: { paid: '0', now: '237.1' },
    });
    const rules = (await said(['rules', two])).out.replace('pool_rate = 20%', 'pool_rate = 15%');
    const back = next('back.xlsx');
    await (await openBook(two)).writeRules(sheetCells(linesOfText('Rules.allot', rules)), back);
    const undone = await said(['adjust', back, '--run', '1', ...by, '--out', three]);
    expect(undone.out).toContain('shared by reward: paid 1265.34, adjusted before 184.66, now 1265.34');
    expect(undone.out).toMatch(/E10\s+197\.89\s+92\.11\s+197\.89\s+-92\.11\n/);
    expect((await said(['verify', three])).status).toBe(0);
  });

  it('is refused where the run is not locked, and for rules that nobody approved', async () => {
    const open = await paidAndChanged();
    const out = path.join(path.dirname(open), 'x.xlsx');
    const refused = await said(['adjust', open, '--run', '1', ...by, '--out', out]);
    expect([refused.status, refused.err]).toEqual([
      1,
      expect.stringContaining('Run 1 is not locked, so 2026-03-31 may be paid anew'),
    ]);
    const { book, next } = await lockedAndChanged();
    const proposed = next('proposed.xlsx');
    await said(['propose', book, '--by', 'Maker', '--out', proposed]);
    const give = ['adjust', proposed, '--run', '1', ...by, '--out', next('given.xlsx')];
    const unapproved = await said([...give, '--json']);
    expect(unapproved.status).toBe(1);
    expect(JSON.parse(unapproved.out).problems).toMatchObject([{ code: 'unapproved' }]);
    expect(existsSync(next('given.xlsx'))).toBe(false);
    const given = await said([...give, '--override', 'the board']);
    expect([given.status, given.out]).toEqual([0, expect.stringContaining('(override: the board)')]);
    const { out: noted } = await said(['verify', next('given.xlsx')]);
    expect(noted).toContain(
      'Adjustment 4 was paid by “Finance A” with rules that nobody had approved: “the board”',
    );
  });

  it('is signed as a payment is', async () => {
    const { book, next } = await lockedAndChanged();
    const secret = next('secret.pem');
    const key = (await said(['keys', '--out', secret])).out.trim();
    const out = next('signed.xlsx');
    const give = ['adjust', book, '--run', '1', ...by, '--out', out];
    const { out: json } = await said([...give, '--sign', secret, '--json']);
    expect(JSON.parse(json).row.Signature).toMatch(/^[A-Za-z0-9+/]{86}==$/);
    // Row 1, the payment, is not signed; the adjustment is.
    const { findings } = JSON.parse((await said(['verify', out, '--key', key, '--json'])).out);
    expect(findings.map(({ kind, row }: { kind: string; row: string }) => [kind, row])).toEqual([
      ['unsigned', '1'],
    ]);
  });

  it('is the only way to pay for a locked period: it is not run in place', async () => {
    const { book, next } = await lockedAndChanged();
    const out = next('x.xlsx');
    for (const command of [['run'], ['pay', ...by]]) {
      const refused = await said([...command, book, '--as-of', '2026-03-31', '--out', out]);
      expect([refused.status, existsSync(out)]).toEqual([1, false]);
      expect(refused.err).toMatch(/The period 2026-03-31 is locked \(run 1\).*`allot adjust/);
    }
    const json = await said(['run', book, '--as-of', '2026-03-31', '--out', out, '--json'], 'zh-CN');
    expect(JSON.parse(json.out)).toMatchObject({
      asOf: '2026-03-31',
      problems: [
        { code: 'period-locked', message: expect.stringContaining('期间 2026-03-31 已锁定（第 1 号发放）') },
      ],
    });
    // Shown it is, and another date is written.
    expect((await said(['run', book, '--as-of', '2026-03-31'])).status).toBe(0);
    expect((await said(['run', book, '--as-of', '2026-02-28', '--out', out])).status).toBe(0);
  });
});

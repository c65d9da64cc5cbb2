import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adjustmentSheets, earlierAmounts, keptAdjustments } from '../../../src/audit/adjusted.ts';
import {
  adjustableColumns,
  adjustments,
  type ColumnAdjustments,
  type PaidAmounts,
  paidAmounts,
  type RunAdjustments,
} from '../../../src/audit/compare/adjust.ts';
import { adjustmentJson } from '../../../src/audit/compare/adjustText.ts';
import type { Side } from '../../../src/audit/compare/sides.ts';
import { keepSheets } from '../../../src/audit/paid.ts';
import type { RunRecord } from '../../../src/audit/record.ts';
import { exactText } from '../../../src/exact/decimal.ts';
import { add, type Rational, ZERO } from '../../../src/exact/rational.ts';
import { resultSheets } from '../../../src/report/sheets.ts';
import { side } from './sides.ts';

const RUNS = Number(process.env.ALLOT_RUNS ?? 200);

/** What a run of a side leaves in its record, as far as amounts go. */
function paidBy(paid: Side): ReturnType<typeof paidAmounts> {
  const { program, workbook, results } = paid;
  const record: RunRecord = {
    version: 1,
    number: 3,
    asOf: '2026-01-31',
    base: null,
    rules: [],
    names: [],
    inputs: [],
    sheets: keepSheets(program, results, resultSheets(program, workbook, results, 'zh-CN')),
  };
  return paidAmounts(record);
}

const RULES = `table Staff key id
share pool among Staff by points as reward
statement due for Staff
  add reward
  add base`;
const rules = (pool: number): string => `pool = ${pool}\n${RULES}`;
const staff = (...rows: readonly (readonly [string, number, number])[]) => ({
  Staff: [['id', 'points', 'base'], ...rows],
});

const rowsOf = ({ rows }: ColumnAdjustments) =>
  rows.map(({ key, paid, now, adjustment }) => [
    key,
    paid === null ? null : exactText(paid),
    now === null ? null : exactText(now),
    exactText(adjustment),
  ]);

describe('adjustments', () => {
  // Paid: 20 by 1 : 1. Now 31 by 1 : 1 : 1: 10.34, 10.33, 10.33; B is gone, C and D are new.
  const paid = paidBy(side(staff(['A', 1, 5], ['B', 1, 5]), rules(20)));
  const now = side(staff(['A', 1, 5], ['C', 1, 0], ['D', 1, 0]), rules(31));
  const found = adjustments(paid, now, [
    { table: 'Staff', column: 'reward' },
    { table: 'Staff', column: 'due' },
  ]);

  test('are what is due now less what was paid, those who left and came included', () => {
    expect(found.run).toBe('3');
    expect(found.columns.map(rowsOf)).toEqual([
      [
        ['A', '10', '10.34', '0.34'],
        ['C', null, '10.33', '10.33'],
        ['D', null, '10.33', '10.33'],
        ['B', '10', null, '-10'],
      ],
      [
        ['A', '15', '15.34', '0.34'],
        ['C', null, '10.33', '10.33'],
        ['D', null, '10.33', '10.33'],
        ['B', '15', null, '-15'],
      ],
    ]);
  });

  test('add up to the difference of the pools', () => {
    const [reward] = found.columns;
    expect(exactText(reward?.total ?? { n: 0n, d: 1n })).toBe('11');
    expect(reward?.shared && [exactText(reward.shared.paid), exactText(reward.shared.now)]).toEqual([
      '20',
      '31',
    ]);
    expect(found.columns[1]?.shared).toBeNull();
  });

  test('leave out who gets what was paid', () => {
    const same = adjustments(paid, side(staff(['A', 1, 5], ['B', 1, 5]), rules(20)), [
      { table: 'Staff', column: 'due' },
    ]);
    expect(same.columns.map(rowsOf)).toEqual([[]]);
  });

  test('as a sheet and JSON', () => {
    const [sheet, totals] = adjustmentSheets([{ sheets: keptAdjustments(7, found, 'en') }]).map(
      ({ output }) => output,
    );
    expect([sheet?.name, totals?.name]).toEqual(['Allot Adjustments', 'Allot Adjustment Totals']);
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
    expect(sheet?.rows).toHaveLength(8);
    expect(totals?.rows).toHaveLength(2);
    expect(JSON.parse(adjustmentJson([found])).runs[0].columns[0].shared).toEqual({
      paid: '20',
      earlier: '0',
      now: '31',
      difference: '11',
      unallocated: { paid: '0', now: '0' },
    });
  });

  test('say what could not be given out', () => {
    // Of 20 each of two may have 4 at most: 12 are left.
    const capped = side(
      staff(['A', 1, 5], ['B', 1, 5]),
      `${rules(20)}`.replace('as reward', 'as reward\n  cap 4'),
    );
    const [reward] = adjustments(paid, capped, [{ table: 'Staff', column: 'reward' }]).columns;
    expect(reward?.shared && exactText(reward.shared.difference)).toBe('-12');
    expect(reward?.shared && exactText(reward.shared.unallocated.paid)).toBe('0');
    expect(reward?.shared && exactText(reward.shared.unallocated.now)).toBe('12');
  });

  test('take back what a share gave that the rules no longer have, or all of whose table is gone', () => {
    const none = side(
      staff(['A', 1, 5], ['B', 1, 5]),
      'table Staff key id\nstatement due for Staff\n  add base',
    );
    const columns = adjustableColumns(paid, none, earlierAmounts([]));
    expect(columns).toEqual([
      { table: 'Staff', column: 'due' },
      { table: 'Staff', column: 'reward' },
    ]);
    const gone = adjustments(paid, none, columns);
    expect(gone.columns.map(({ total }) => exactText(total))).toEqual(['-20', '-20']);
    expect(gone.columns[1]?.shared && exactText(gone.columns[1].shared.difference)).toBe('-20');
    const other = side({ Other: [['id'], ['x']] }, 'total = 1');
    const lost = adjustments(paid, other, adjustableColumns(paid, other, earlierAmounts([])));
    // 20 by the share, and what the statements paid: 15 to each of two.
    expect(lost.columns.map(({ column, total }) => [column, exactText(total)])).toEqual([
      ['reward', '-20'],
      ['due', '-30'],
    ]);
  });

  test('of a share add up to the difference of what was shared, time and again, whatever the books', () => {
    const people = fc
      .uniqueArray(fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F'), { minLength: 1 })
      .chain((ids) => fc.tuple(...ids.map((id) => fc.tuple(fc.constant(id), fc.nat(9), fc.nat(9)))))
      .filter((rows) => rows.some(([, points]) => points > 0));
    const later = fc.array(
      fc.record({
        who: people,
        pool: fc.nat(1000),
        cap: fc.nat(300),
        name: fc.constantFrom('reward', 'Reward'),
      }),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(people, fc.nat(1000), later, (was, pool, changes) => {
        const first = paidBy(side(staff(...was), rules(pool)));
        const given: RunRecord[] = [];
        /** What everybody has had so far, added up by hand. */
        const had = new Map<string, Rational>();
        const book = (key: string, amount: Rational): void => {
          had.set(key, add(had.get(key) ?? ZERO, amount));
        };
        for (const { key, amount } of first.amounts(REWARD)?.values() ?? []) book(key, amount);
        for (const { who, pool: next, cap, name } of changes) {
          const now = side(
            staff(...who),
            rules(next).replace('as reward', `as ${name}\n  cap ${cap}`).replace('add reward', `add ${name}`),
          );
          const found = allOf(first, now, given);
          const reward = found.columns.find(({ column }) => column.toLowerCase() === 'reward');
          if (reward?.shared == null) throw new Error('no share');
          expect(exactText(reward.total)).toBe(exactText(reward.shared.difference));
          expect(exactText(add(reward.shared.now, reward.shared.unallocated.now))).toBe(String(next));
          for (const { keyField, adjustment } of reward.rows) book(keyField, adjustment);
          // Now everybody has what the period comes to, and all together what was given out.
          const due = now.results.columns[now.program.columns.findIndex((c) => c.name === name)];
          const rows = [...(now.results.tables[0]?.rows ?? [])];
          for (const [key, amount] of had) {
            const row = rows.find((r) => `t:${who[r]?.[0]}` === key);
            const value = row === undefined ? null : due?.at(row);
            expect(exactText(amount)).toBe(value?.kind === 'number' ? exactText(value.value) : '0');
          }
          expect(exactText([...had.values()].reduce(add, ZERO))).toBe(exactText(reward.shared.now));
          given.push(recordOf(given.length + 4, found));
          // A second time nothing is due.
          const again = allOf(first, now, given);
          expect(again.columns.flatMap(rowsOf)).toEqual([]);
          for (const { total, shared } of again.columns) {
            expect(exactText(total)).toBe('0');
            if (shared !== null) expect(exactText(shared.difference)).toBe('0');
          }
        }
      }),
      { numRuns: RUNS },
    );
  });
});

const REWARD = { table: 'Staff', column: 'reward' };

const allOf = (paid: PaidAmounts, now: Side, given: readonly RunRecord[]): RunAdjustments => {
  const earlier = earlierAmounts(given);
  return adjustments(paid, now, adjustableColumns(paid, now, earlier), earlier);
};

/** What an adjustment leaves in its record, as far as amounts go. */
const recordOf = (number: number, found: RunAdjustments): RunRecord => ({
  version: 1,
  number,
  asOf: found.asOf,
  run: 3,
  base: null,
  rules: [],
  names: [],
  inputs: [],
  sheets: keptAdjustments(number, found, number % 2 === 0 ? 'en' : 'zh-CN'),
});

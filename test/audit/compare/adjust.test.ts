import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  adjustmentJson,
  adjustmentSheet,
  adjustments,
  type ColumnAdjustments,
  paidAmounts,
} from '../../../src/audit/compare/adjust.ts';
import type { Side } from '../../../src/audit/compare/sides.ts';
import { keepSheets } from '../../../src/audit/paid.ts';
import type { RunRecord } from '../../../src/audit/record.ts';
import { exactText } from '../../../src/exact/decimal.ts';
import { subtract } from '../../../src/exact/rational.ts';
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
    const sheet = adjustmentSheet([found], 'en');
    expect(sheet.name).toBe('Allot Adjustments');
    expect(sheet.columns.map(({ heading }) => heading)).toEqual([
      'Run',
      'Period',
      'Table',
      'Column',
      'Key',
      'Paid',
      'Now',
      'Adjustment',
    ]);
    expect(sheet.rows).toHaveLength(8);
    expect(JSON.parse(adjustmentJson([found])).runs[0].columns[0].shared).toEqual({
      paid: '20',
      now: '31',
      difference: '11',
    });
  });

  test('of a share add up to the difference of what was shared, whatever the book', () => {
    const people = fc
      .uniqueArray(fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F'), { minLength: 1 })
      .chain((ids) => fc.tuple(...ids.map((id) => fc.tuple(fc.constant(id), fc.nat(9), fc.nat(9)))))
      .filter((rows) => rows.some(([, points]) => points > 0));
    fc.assert(
      fc.property(people, people, fc.nat(1000), fc.nat(1000), fc.nat(300), (was, is, pool, next, cap) => {
        const capped = `${rules(next)}`.replace('as reward', `as reward\n  cap ${cap}`);
        const before = side(staff(...was), rules(pool));
        const [one] = adjustments(paidBy(before), side(staff(...is), capped), [
          { table: 'Staff', column: 'reward' },
        ]).columns;
        if (one?.shared == null) throw new Error('no share');
        expect(exactText(one.shared.paid)).toBe(String(pool));
        expect(exactText(one.total)).toBe(exactText(subtract(one.shared.now, one.shared.paid)));
      }),
      { numRuns: RUNS },
    );
  });
});

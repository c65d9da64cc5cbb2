import { describe, expect, test } from 'vitest';
import { runColumns } from '../../../src/engine/columns/index.ts';
import type { Outcome } from '../../../src/engine/results.ts';
import { exactText } from '../../../src/exact/decimal.ts';
import { rational } from '../../../src/exact/rational.ts';
import type { Aggregate, Band, Expr } from '../../../src/rules/program.ts';
import { book, type Cell } from '../../support/book.ts';
import { agg, at, band, bin, column, fn, lit, program, rule, sheet } from '../../support/program.ts';

const shown = (x: Outcome | undefined): string | null =>
  x?.kind === 'number'
    ? exactText(x.value)
    : x?.kind === 'text'
      ? x.value
      : x?.kind === 'fault'
        ? x.problem.code
        : null;

/** What a rule over column `x` gives for each of its cells. */
function each(cells: readonly Cell[], value: Expr, bands: readonly Band[] = []): (string | null)[] {
  const data = book({ A: [['id', 'x'], ...cells.map((cell, i): Cell[] => [i, cell])] });
  const run = runColumns(program(data, { bands, columns: [column(0, 'y', rule(value))] }), data);
  return cells.map((_, row) => shown(run.results.columns[0]?.at(row)));
}

const x = sheet(0, 1);

describe('a band', () => {
  const of = (
    ...lines: readonly (readonly ['upTo' | 'below' | 'atLeast' | 'above', bigint, bigint])[]
  ): Band => ({
    name: 'b',
    at: at(1),
    marginal: false,
    of: 'number',
    lines: [
      ...lines.map(([kind, n, d], i) => ({
        test: { kind, bound: rational(n, d) },
        value: lit(String(i)),
        at: at(1),
      })),
      { test: { kind: 'otherwise' }, value: lit('-'), at: at(1) },
    ],
  });

  test('has its bounds where no number of the column is', () => {
    expect(each([-1, 0, 1], band(0, x), [of(['upTo', 1n, 2n])])).toEqual(['0', '0', '-']);
    expect(each([-1, 0, 1], band(0, x), [of(['below', 1n, 2n])])).toEqual(['0', '0', '-']);
    expect(each([-1, 0, 1], band(0, x), [of(['atLeast', 1n, 2n])])).toEqual(['-', '-', '0']);
    expect(each([-1, 0, 1], band(0, x), [of(['above', 1n, 2n])])).toEqual(['-', '-', '0']);
    expect(each([-1, 0], band(0, x), [of(['above', -1n, 2n])])).toEqual(['-', '0']);
  });

  test('has its bounds where numbers are', () => {
    const cells = [0.9, 1, 1.1, { number: '1.00000000000000000001' }];
    expect(each(cells, band(0, x), [of(['upTo', 1n, 1n])])).toEqual(['0', '0', '-', '-']);
    expect(each(cells, band(0, x), [of(['below', 1n, 1n])])).toEqual(['0', '-', '-', '-']);
    expect(each(cells, band(0, x), [of(['atLeast', 1n, 1n])])).toEqual(['-', '0', '0', '0']);
    expect(each(cells, band(0, x), [of(['above', 1n, 1n])])).toEqual(['-', '-', '0', '0']);
  });

  test('of tiers takes each slice at its own rate', () => {
    const tiers: Band = {
      name: 't',
      at: at(1),
      marginal: true,
      of: 'number',
      lines: [
        { test: { kind: 'upTo', bound: rational(100n) }, value: lit(0.03), at: at(1) },
        { test: { kind: 'upTo', bound: rational(1001n, 4n) }, value: lit(0.05), at: at(1) },
      ],
    };
    // 3; 3 + 0.05 × 0.01; 3 + 0.05 × 150.25; nothing past the end; nothing of nothing.
    expect(each([100, 100.01, 250.25, 250.26, 0, -5], band(0, x), [tiers])).toEqual([
      '3',
      '3.0005',
      '10.5125',
      null,
      '0',
      '0',
    ]);
  });
});

describe('numbers beyond the integers of a double', () => {
  test('leave them row by row', () => {
    expect(each([999_999_999_999_999, 2, -7], bin(x, '*', lit(1_000_003)))).toEqual([
      '1000002999999998999997',
      '2000006',
      '-7000021',
    ]);
    expect(each([999_999_999_999_999, 0.25, null], bin(bin(x, '+', x), '*', x))).toEqual([
      '1999999999999996000000000000002',
      '0.125',
      'blank-value',
    ]);
    expect(
      each([{ number: '9007199254740993' }, 1], bin(x, '-', lit({ number: '9007199254740992' }))),
    ).toEqual(['1', '-9007199254740991']);
  });

  test('do not lose thirds', () => {
    expect(each([1, 2, 3], bin(bin(x, '/', lit(3)), '*', lit(3)))).toEqual(['1', '2', '3']);
    expect(each([1, 3, 7], bin(bin(lit(1), '/', x), '+', lit(0.5)))).toEqual(['1.5', '5/6', '9/14']);
    expect(each([1, 0], bin(lit(1), '/', x))).toEqual(['1', 'division-by-zero']);
  });

  test('round halves as they are written', () => {
    expect(each([1.005, 2.675, -1.005, 1.015], fn('round', x, lit(2)))).toEqual([
      '1.01',
      '2.68',
      '-1.01',
      '1.02',
    ]);
    expect(each([0.5, 1.5, 2.5, -0.5], fn('round_even', x, lit(0)))).toEqual(['0', '2', '2', '0']);
    expect(each([7.5, -7.5, 0.1], fn('floor', x, lit(2)))).toEqual(['6', '-8', '0']);
    expect(each([7.5, -7.5, 0.1], fn('ceiling', x, lit(-2)))).toEqual(['8', '-6', '2']);
    expect(each([0.3, 0.29, -1], fn('steps', x, lit(0.1)))).toEqual(['3', '2', '0']);
  });
});

test('a weighted mean does not pass over a value at fault where the weight is blank', () => {
  const data = book({
    A: [
      ['id', 'x', 'w'],
      [1, { error: '#N/A' }, null],
      [2, 5, 1],
    ],
  });
  const mean: Aggregate = {
    op: 'aggregate',
    fn: 'weighted',
    table: 0,
    level: 1,
    where: null,
    value: sheet(0, 1, 1),
    weight: sheet(0, 2, 1),
    at: at(1),
  };
  const run = runColumns(program(data, { columns: [column(0, 'y', rule(mean))] }), data);
  expect(run.results.problems.map((p) => p.code)).toEqual(['cell-error', 'cell-error']);
  const many = agg('average', 0, sheet(0, 2, 1));
  const other = runColumns(program(data, { columns: [column(0, 'y', rule(many))] }), data);
  expect(shown(other.results.columns[0]?.at(0))).toBe('1');
});

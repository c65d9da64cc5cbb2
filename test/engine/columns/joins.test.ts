import { describe, expect, test } from 'vitest';
import { type ColumnRun, runColumns } from '../../../src/engine/columns/index.ts';
import { exactText } from '../../../src/exact/decimal.ts';
import { rational } from '../../../src/exact/rational.ts';
import type { Expr } from '../../../src/rules/program.ts';
import type { Workbook } from '../../../src/workbook/port.ts';
import { book, type Cell } from '../../support/book.ts';
import {
  agg,
  at,
  bin,
  col,
  column,
  lit,
  program,
  rule,
  scalar,
  scalarRule,
  share,
  sheet,
} from '../../support/program.ts';

const STAFF = 2000;
const TICKETS = 20_000;

/** Ticket i belongs to engineer i mod 2,001: number 2,000 is nobody's. Its points are i mod 7; every 10th is blank. */
const engineerOf = (i: number): number => i % (STAFF + 1);
const pointsOf = (i: number): number | null => (i % 10 === 9 ? null : i % 7);

const workbook: Workbook = book({
  Staff: [['id', 'region'], ...Array.from({ length: STAFF }, (_, i): Cell[] => [`E${i}`, i % 5])],
  Tickets: [
    ['id', 'engineer', 'points', 'region', 'day'],
    ...Array.from({ length: TICKETS }, (_, i): Cell[] => [
      i + 1,
      i % 50 === 0 ? null : `e${engineerOf(i)}`,
      pointsOf(i),
      i % 5,
      i,
    ]),
  ],
});

/** Tickets of each engineer, by hand. */
const tickets: readonly number[][] = Array.from({ length: STAFF + 1 }, () => []);
for (let i = 0; i < TICKETS; i++) if (i % 50 !== 0) tickets[engineerOf(i)]?.push(i);
const mine = (staff: number): readonly number[] => tickets[staff] ?? [];

const engineer = (level = 1): Expr => bin(sheet(1, 1, level), '=', sheet(0, 0, level - 1));

function numbersOf(run: ColumnRun, id: number): (string | null)[] {
  return Array.from({ length: STAFF }, (_, row) => {
    const x = run.results.columns[id]?.at(row);
    return x?.kind === 'number' ? exactText(x.value) : null;
  });
}

describe('aggregates in row rules', () => {
  test('of an equality look at no pairs', () => {
    const run = runColumns(
      program(workbook, {
        columns: [
          column(0, 'sum', rule(agg('sum', 1, sheet(1, 2, 1), engineer()))),
          column(0, 'count', rule(agg('count', 1, null, engineer()))),
          column(0, 'average', rule(agg('average', 1, sheet(1, 2, 1), engineer()))),
        ],
      }),
      workbook,
    );
    expect(run.stats.pairs).toBe(0);
    expect(run.results.problems).toEqual([]);
    const points = (staff: number): number[] => mine(staff).flatMap((i) => pointsOf(i) ?? []);
    const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
    const staff = Array.from({ length: STAFF }, (_, i) => i);
    expect(numbersOf(run, 0)).toEqual(staff.map((i) => String(sum(points(i)))));
    expect(numbersOf(run, 1)).toEqual(staff.map((i) => String(mine(i).length)));
    expect(numbersOf(run, 2)).toEqual(
      staff.map((i) => {
        const list = points(i);
        return list.length === 0 ? null : exactText(rational(BigInt(sum(list)), BigInt(list.length)));
      }),
    );
  });

  test('of two equalities join both', () => {
    const where = bin(bin(sheet(1, 3, 1), '=', sheet(0, 1, 0)), 'and', engineer());
    const run = runColumns(
      program(workbook, { columns: [column(0, 'count', rule(agg('count', 1, null, where)))] }),
      workbook,
    );
    expect(run.stats.pairs).toBe(0);
    expect(numbersOf(run, 0)).toEqual(
      Array.from({ length: STAFF }, (_, s) => String(mine(s).filter((i) => i % 5 === s % 5).length)),
    );
  });

  test('with another comparison before the equality look only at pairs that are joined', () => {
    // The day of the ticket, against a number of the staff's row.
    const where = bin(bin(sheet(1, 4, 1), '<=', bin(sheet(0, 1, 0), '*', lit(3000))), 'and', engineer());
    const run = runColumns(
      program(workbook, { columns: [column(0, 'count', rule(agg('count', 1, null, where)))] }),
      workbook,
      {},
      { pairsAtOnce: 1000 },
    );
    expect(run.stats.pairs).toBeLessThanOrEqual(TICKETS);
    expect(numbersOf(run, 0)).toEqual(
      Array.from({ length: STAFF }, (_, s) => String(mine(s).filter((i) => i <= (s % 5) * 3000).length)),
    );
  });

  test('that do not depend on the row are computed once', () => {
    const run = runColumns(
      program(workbook, {
        columns: [
          column(
            0,
            'share',
            rule(bin(agg('count', 1, null, engineer()), '/', agg('count', 1, sheet(1, 2, 1)))),
          ),
        ],
      }),
      workbook,
    );
    expect(run.stats.pairs).toBe(0);
    expect(numbersOf(run, 0)[1]).toBe(exactText(rational(BigInt(mine(1).length), 18_000n)));
  });

  test('look at each outer row of an inequality once, in pieces', () => {
    const small = book({ A: [['id'], ...Array.from({ length: 100 }, (_, i) => [i])] });
    const below = agg('count', 0, null, bin(sheet(0, 0, 1), '<', sheet(0, 0, 0)));
    const run = runColumns(
      program(small, { columns: [column(0, 'below', rule(below))] }),
      small,
      {},
      {
        pairsAtOnce: 250,
      },
    );
    expect(run.stats.pairs).toBe(10_000);
    const found = Array.from({ length: 100 }, (_, row) => run.results.columns[0]?.at(row));
    expect(found).toEqual(
      Array.from({ length: 100 }, (_, row) => ({ kind: 'number', value: { n: BigInt(row), d: 1n } })),
    );
  });
});

describe('texts that are joined', () => {
  /** Words of rows around, some blank and some that no row has; every row has one of five, `W0` the first. */
  const outer = Array.from({ length: 60 }, (_, i) => ({ word: i % 7 === 0 ? null : `W${i % 9}`, at: i % 3 }));
  const inner = Array.from({ length: 200 }, (_, i) => ({
    word: `W${(i * 7) % 5}`,
    at: i % 4,
    x: (i * 13) % 17,
  }));
  const data = (blank: boolean): Workbook =>
    book({
      A: [['id', 'word', 'at'], ...outer.map(({ word, at: where }, i): Cell[] => [i, word, where])],
      B: [
        ['id', 'word', 'at', 'x'],
        ...inner.map(({ word, at: where, x }, i): Cell[] => [
          i,
          blank && i % 11 === 0 ? null : word,
          where,
          x,
        ]),
      ],
    });
  const words = bin(sheet(1, 1, 1), '=', sheet(0, 1, 0));
  const places = bin(sheet(1, 2, 1), '=', sheet(0, 2, 0));
  const large = bin(sheet(1, 3, 1), '>=', sheet(0, 2, 0));

  test.each([
    ['of rows that all have one', false],
    ['of rows of which some are blank', true],
  ])('%s', (_, blank) => {
    const workbook = data(blank);
    const rows = inner.map((row, i) => ({ ...row, word: blank && i % 11 === 0 ? null : row.word }));
    const run = runColumns(
      program(workbook, {
        columns: [
          column(0, 'large', rule(agg('max', 1, sheet(1, 3, 1), bin(words, 'and', large)))),
          column(0, 'both', rule(agg('count', 1, null, bin(words, 'and', places)))),
          column(0, 'turned', rule(agg('count', 1, null, bin(places, 'and', words)))),
        ],
      }),
      workbook,
    );
    const wanted = outer.map((one) => {
      const same = rows.filter(({ word }) => word === one.word);
      const most = Math.max(...same.filter(({ x }) => x >= one.at).map(({ x }) => x));
      const both = String(same.filter((row) => row.at === one.at).length);
      return [same.length === 0 ? null : String(most), both, both];
    });
    const found = outer.map((_one, row) =>
      run.results.columns.map((result) => {
        const value = result.at(row);
        return value.kind === 'number' ? exactText(value.value) : null;
      }),
    );
    expect(found).toEqual(wanted);
  });
});

describe('a condition between two equalities', () => {
  const small = book({
    A: [
      ['id', 'x'],
      ['a', 1],
      ['b', 2],
    ],
    B: [
      ['id', 'a', 'open', 'x'],
      [1, 'a', true, 1],
      [2, 'a', null, 2],
      [3, 'b', true, 2],
    ],
  });
  const first = bin(sheet(1, 1, 1), '=', sheet(0, 0, 0));
  const second = bin(sheet(1, 3, 1), '=', sheet(0, 1, 0));

  test('fails where it is blank, though the second equality would have kept the row out', () => {
    const where = bin(bin(first, 'and', sheet(1, 2, 1)), 'and', second);
    const run = runColumns(
      program(small, { columns: [column(0, 'n', rule(agg('count', 1, null, where)))] }),
      small,
    );
    expect(run.results.problems.map((p) => [p.code, p.key])).toEqual([['blank-value', 'a']]);
    expect(run.results.columns[0]?.at(1)).toEqual({ kind: 'number', value: rational(1n) });
  });

  test('does not matter where the first keeps the row out', () => {
    const where = bin(bin(first, 'and', second), 'and', sheet(1, 2, 1));
    const run = runColumns(
      program(small, { columns: [column(0, 'n', rule(agg('count', 1, null, where)))] }),
      small,
    );
    expect(run.results.problems).toEqual([]);
    expect(run.stats.asked).toBe(0);
  });
});

test('aggregates nested beyond all reason have their value too', () => {
  const one = book({ A: [['id'], ['a']] });
  let deep: Expr = agg('count', 0, null, null, 40);
  for (let level = 39; level >= 0; level--) deep = agg('sum', 0, bin(deep, '+', lit(1)), null, level);
  const run = runColumns(program(one, { scalars: [scalarRule('deep', deep)] }), one);
  expect(run.results.scalars[0]).toEqual({ kind: 'number', value: rational(41n) });
});

describe('exactness', () => {
  test('of sums beyond the integers of a double', () => {
    const big = book({
      A: [['id', 'x'], ...Array.from({ length: 1000 }, (_, i) => [i, 999_999_999_999.999])],
    });
    const run = runColumns(
      program(big, { scalars: [scalarRule('total', agg('sum', 0, sheet(0, 1, 0), null, 0))] }),
      big,
    );
    expect(run.results.scalars[0]).toEqual({ kind: 'number', value: rational(999_999_999_999_999n) });
    expect(run.stats.asked).toBe(0);
  });

  test('a sheet keeps its data', () => {
    const small = book({
      A: [
        ['id', 'x'],
        ['a', 5],
        ['b', 500],
        ['c', null],
      ],
    });
    const score = {
      kind: 'score',
      where: null,
      scale: rational(100n),
      skipBlank: false,
      lines: [{ weight: rational(1n), value: sheet(0, 1) }],
      at: at(2),
    } as const;
    const before = [...(small.tables[0]?.columns[1]?.data.payload ?? [])];
    const run = runColumns(program(small, { columns: [column(0, 's', score)] }), small);
    expect(run.results.problems.map((p) => p.code)).toEqual(['score-out-of-range', 'blank-value']);
    expect([...(small.tables[0]?.columns[1]?.data.payload ?? [])]).toEqual(before);
  });
});

describe('a pool', () => {
  test('among members found by a join', () => {
    // Ticket counts of the regions are equal: 4,000 tickets share 4,000.01 by weight 1 each.
    const regions = book({
      Regions: [['id'], [0], [1], [2], [3], [4]],
      Tickets: [['id', 'region', 'w'], ...Array.from({ length: 20_000 }, (_, i): Cell[] => [i, i % 5, 1])],
    });
    const run = runColumns(
      program(regions, {
        scalars: [scalarRule('pool', lit({ number: '4000.01' }))],
        shares: [
          share({
            name: 'part',
            table: 1,
            each: { table: 0, where: null },
            memberLevel: 1,
            pool: scalar(0),
            where: bin(sheet(1, 1, 1), '=', sheet(0, 0, 0)),
            weight: sheet(1, 2, 1),
          }),
        ],
        columns: [column(1, 'part', { kind: 'share', share: 0, at: at(3) })],
        order: [
          { kind: 'table', table: 0 },
          { kind: 'table', table: 1 },
          { kind: 'scalar', scalar: 0 },
          { kind: 'share', share: 0 },
          { kind: 'column', column: 0 },
        ],
      }),
      regions,
    );
    expect(run.stats.pairs).toBe(20_000);
    expect(run.results.shares.map((s) => exactText(s.shared))).toEqual(new Array(5).fill('4000.01'));
    // The cent left over goes to the smallest key of each region: the first five rows.
    const cents = Array.from({ length: 20_000 }, (_, row) => {
      const x = run.results.columns[0]?.at(row);
      return x?.kind === 'number' ? exactText(x.value) : '';
    });
    expect(cents.slice(0, 5)).toEqual(new Array(5).fill('1.01'));
    expect(new Set(cents.slice(5))).toEqual(new Set(['1']));
  });
});

describe('progress', () => {
  test('is reported node by node and stops where it is told to', () => {
    const small = book({ A: [['id'], [1]] });
    const parts = program(small, {
      columns: [column(0, 'x', rule(sheet(0, 0))), column(0, 'y', rule(col(0)))],
    });
    const seen: string[] = [];
    runColumns(parts, small, { report: (done, total) => seen.push(`${done}/${total}`) });
    expect(seen).toEqual(['0/3', '1/3', '2/3', '3/3']);
    const control = new AbortController();
    const reason = new Error('enough');
    const stopped = () =>
      runColumns(parts, small, {
        report: (done) => {
          if (done === 1) control.abort(reason);
        },
        signal: control.signal,
      });
    expect(stopped).toThrow(reason);
  });
});

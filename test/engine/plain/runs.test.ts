import { describe, expect, it } from 'vitest';
import { createEvaluator, evaluate, type Known } from '../../../src/engine/plain/index.ts';
import { integer } from '../../../src/exact/rational.ts';
import type { Expr } from '../../../src/rules/program.ts';
import { book } from '../../support/book.ts';
import { cells, problems, run } from '../../support/evaluated.ts';
import {
  at,
  bin,
  col,
  column,
  fn,
  lit,
  program,
  rule,
  scalar,
  scalarRule,
  share,
  sheet,
} from '../../support/program.ts';
import { shown } from '../../support/shown.ts';

describe('shares of a program', () => {
  const regions = book({
    Regions: [
      ['id', 'pool'],
      ['N', 100],
      ['S', 50],
      ['E', 7],
    ],
    Staff: [
      ['id', 'region', 'weight'],
      ['s2', 'N', 1],
      ['s1', 'n', 1],
      ['s3', 'N', 1],
      ['s4', 'S', 2],
      ['s5', 'W', -1],
    ],
  });
  const perRegion = share({
    name: 'reward',
    table: 1,
    each: { table: 0, where: bin(sheet(0, 0), '<>', lit('E')) },
    memberLevel: 1,
    pool: sheet(0, 1, 0),
    where: bin(sheet(1, 1, 1), '=', sheet(0, 0, 0)),
    weight: sheet(1, 2, 1),
  });
  const shareColumn = column(1, 'reward', { kind: 'share', share: 0, at: at(1) });

  it('make one pool of each row; ties go to the smaller key', () => {
    const results = run(regions, { columns: [shareColumn], shares: [perRegion] });
    expect(problems(results)).toEqual([]);
    expect(cells(results, 0, 5)).toEqual(['33.33', '33.34', '33.33', '50', 'blank']);
    expect(results.shares.map(({ of, settled }) => [of, settled])).toEqual([
      [0, integer(100)],
      [1, integer(50)],
    ]);
    expect(results.shares[0]?.members.map(({ row, units, by }) => [row, units, by])).toEqual([
      [0, 3333n, 'quota'],
      [1, 3334n, 'remainder'],
      [2, 3333n, 'quota'],
    ]);
  });

  it('add up for a member of two, and leave a rest by row', () => {
    const everybody = {
      ...perRegion,
      where: null,
      weight: lit(1),
      cap: lit(10),
      each: { table: 0, where: null },
    };
    const results = run(regions, {
      columns: [shareColumn, column(0, 'left', { kind: 'rest', share: 0, at: at(1) })],
      shares: [everybody],
    });
    // 100: caps of 10 bind all five. 50: caps that add to the pool. 7: 1.4 each.
    expect(cells(results, 0, 5)).toEqual(['21.4', '21.4', '21.4', '21.4', '21.4']);
    expect(cells(results, 1, 3)).toEqual(['50', '0', '0']);
  });

  const team = book({
    T: [
      ['id', 'w', 'low', 'high'],
      ['a', 1, null, null],
      ['b', null, null, null],
      ['c', -1, null, null],
      ['d', 1, 10, 9.999],
      ['e', 1, null, -1],
      ['f', 'x', null, null],
    ],
  });
  const one = (parts: Partial<Parameters<typeof share>[0]>) =>
    share({ name: 'sh', table: 0, pool: lit(10), weight: sheet(0, 1), ...parts });
  const teamColumn = column(0, 'pay', { kind: 'share', share: 0, at: at(1) });

  it('report every member at fault, each once', () => {
    const results = run(team, {
      shares: [one({ floor: sheet(0, 2), cap: sheet(0, 3) })],
      columns: [teamColumn, column(0, 'twice', rule(bin(col(0), '*', lit(2))))],
      scalars: [{ name: 'left', at: at(1), source: { kind: 'rest', share: 0 } }],
    });
    expect(problems(results).sort()).toEqual([
      'blank-value T!B3 sh b',
      'floor-above-cap T!C5 sh d',
      'floor-above-cap T!D6 sh e',
      'negative-weight T!B4 sh c',
      'type-mismatch T!B7 sh f',
    ]);
    expect(results.shares).toEqual([]);
    expect(results.scalars[0]).toMatchObject({ problem: { code: 'blank-value', key: 'b' } });
    expect(results.columns[1]?.at(0)).toMatchObject({
      problem: { code: 'blank-value', key: 'b', rule: 'sh' },
    });
  });

  it('name the pool, the unit, the floors or the weights', () => {
    const where = bin(sheet(0, 0), '=', lit('a'));
    const faults = (parts: Partial<Parameters<typeof share>[0]>) =>
      problems(run(team, { shares: [one({ where, ...parts })], columns: [teamColumn] }));
    expect(faults({ pool: lit(-1) })).toEqual(['negative-pool rule sh']);
    expect(faults({ pool: lit({ number: '-0.001' }) })).toEqual(['negative-pool rule sh']);
    expect(faults({ pool: lit(null) })).toEqual(['blank-value rule sh']);
    expect(faults({ unit: lit(0) })).toEqual(['division-by-zero rule sh']);
    expect(faults({ weight: lit(0) })).toEqual(['no-weight rule sh']);
    expect(faults({ where: lit(false) })).toEqual(['no-weight rule sh']);
    expect(faults({ floor: lit(11) })).toEqual(['floors-exceed-pool rule sh']);
    // Half a cent rounds to the pool of a cent, less to none.
    expect(faults({ pool: lit({ number: '0.005' }), weight: lit(0) })).toEqual(['no-weight rule sh']);
    expect(faults({ pool: lit({ number: '0.004' }), weight: lit(0) })).toEqual([]);
    // Every row whose condition fails is told; the blank one (b) just does not match.
    expect(faults({ where: sheet(0, 1) })).toEqual(
      ['2 sh a', '4 sh c', '5 sh d', '6 sh e', '7 sh f'].map((end) => `type-mismatch T!B${end}`),
    );
  });

  it('settle to a unit of their own, without its sign', () => {
    const results = run(team, {
      shares: [one({ where: bin(sheet(0, 0), '=', lit('a')), unit: lit(-3) })],
      columns: [teamColumn],
    });
    // 10 / 3 rounds to 3 units.
    expect(results.shares[0]).toMatchObject({ settled: integer(9), unit: integer(3), shared: integer(9) });
    expect(cells(results, 0, 2)).toEqual(['9', 'blank']);
  });
});

describe('a run', () => {
  it('does not nest along a chain of 5,000 rules', () => {
    const workbook = book({ T: [['id'], ['a']] });
    const scalars = Array.from({ length: 5000 }, (_, i) =>
      scalarRule(`s${i}`, i === 0 ? lit(null) : i === 1 ? lit(1) : bin(scalar(i - 1), '+', lit(1))),
    );
    const p = program(workbook, { scalars });
    expect(shown(evaluate(p, workbook).scalars[4999])).toBe('4999');
    expect(shown(createEvaluator(p, workbook).scalar(4999))).toBe('4999');
    const columns = Array.from({ length: 5000 }, (_, i) =>
      column(0, `c${i}`, rule(i === 0 ? lit(1) : col(i - 1))),
    );
    const q = program(workbook, { columns });
    expect(shown(createEvaluator(q, workbook).cell(4999, 0))).toBe('1');
  });

  it('finds a blank’s cell along a chain of known blanks', () => {
    const workbook = book({
      T: [
        ['id', 'x'],
        ['a', null],
      ],
    });
    const columns = Array.from({ length: 5000 }, (_, i) =>
      column(0, `c${i}`, rule(i === 0 ? sheet(0, 1) : col(i - 1))),
    );
    const p = program(workbook, { columns });
    const known: Known = { cell: () => ({ kind: 'blank' }) };
    expect(createEvaluator(p, workbook, { known }).originOfCell(4999, 0)).toMatchObject({
      row: 2,
      column: 2,
    });
  });

  it('takes known values for its own', () => {
    const workbook = book({
      T: [
        ['id', 'x'],
        ['a', 1],
      ],
    });
    const p = program(workbook, {
      scalars: [scalarRule('s', lit(5))],
      columns: [column(0, 'y', rule(sheet(0, 1))), column(0, 'z', rule(bin(col(0), '+', scalar(0))))],
    });
    const known: Known = {
      scalar: () => ({ kind: 'number', value: integer(100) }),
      cell: (id) => (id === 0 ? { kind: 'number', value: integer(20) } : undefined),
    };
    expect(shown(createEvaluator(p, workbook, { known }).cell(1, 0))).toBe('120');
    expect(shown(createEvaluator(p, workbook).cell(1, 0))).toBe('6');
  });

  it('orders problems by line of the rules, then by row, and tells each once', () => {
    const workbook = book(
      {
        T: [
          ['id', 'x'],
          ['a', null],
          ['b', 'no'],
        ],
      },
      { rules: '#\n#\n#\n#' },
    );
    const place = (expr: Expr, line: number): Expr => ({ ...expr, at: at(line, 5) });
    const late = bin(place(sheet(0, 1), 4), '+', lit(1));
    const early = bin(place(sheet(0, 1), 2), '+', lit(1));
    const results = run(workbook, {
      columns: [
        column(0, 'late', rule(late)),
        column(0, 'early', rule(early)),
        column(0, 'uses', rule(bin(col(0), '+', col(0)))),
      ],
    });
    expect(problems(results)).toEqual([
      'blank-value T!B2 early a',
      'type-mismatch T!B3 early b',
      'blank-value T!B2 late a',
      'type-mismatch T!B3 late b',
    ]);
  });

  it('reports references of the rows that count', () => {
    const workbook = book({
      S: [['id'], ['a']],
      T: [
        ['id', 's'],
        ['x', 'A'],
        ['y', 'b'],
        ['z', null],
        ['v', 'c'],
      ],
    });
    const p = program(workbook, { where: { T: bin(sheet(1, 0), '<>', lit('v')) } });
    const tables = p.tables.map((t, i) =>
      i === 1 ? { ...t, references: [{ column: 1, table: 0, at: at(1) }] } : t,
    );
    expect(problems(evaluate({ ...p, tables }, workbook))).toEqual(['orphan T!B3 y']);
  });

  it('uses the date functions of the as-of date', () => {
    const workbook = book({});
    const last = fn('eomonth', { op: 'asOf', at: at(1) }, lit(-1));
    const results = run(workbook, { asOf: '2024-03-15', scalars: [scalarRule('s', last)] });
    expect(shown(results.scalars[0])).toBe('2024-02-29');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEvaluator, evaluate } from '../../../src/engine/plain/index.ts';
import type { Outcome } from '../../../src/engine/results.ts';
import { type Problem, placeText } from '../../../src/problems/problem.ts';
import type { Aggregate, Expr } from '../../../src/rules/program.ts';
import { book, type Cell } from '../../support/book.ts';
import { agg, bin, column, fn, lit, program, rule, scalarRule, sheet } from '../../support/program.ts';
import { shown } from '../../support/shown.ts';

type Rows = readonly (readonly Cell[])[];

/** A scalar rule over the table T with columns id, x, y, z; a fault as code, place and key. */
function over(rows: Rows, expr: Expr): string {
  const workbook = book({ T: [['id', 'x', 'y', 'z'], ...rows] });
  const p = program(workbook, { scalars: [scalarRule('s', expr)] });
  return described(createEvaluator(p, workbook).scalar(0), expr);
}

function described(outcome: Outcome, expr: Expr): string {
  if (outcome.kind !== 'fault') return shown(outcome);
  const { code, at, key } = outcome.problem;
  const place =
    at?.kind === 'cell' ? placeText(at) : JSON.stringify(at) === JSON.stringify(expr.at) ? 'call' : 'rule';
  return `${code} ${place}${key === undefined ? '' : ` ${key}`}`;
}

const X = (): Expr => sheet(0, 1);
const Y = (): Expr => sheet(0, 2);
const Z = (): Expr => sheet(0, 3);
const ROWS: Rows = [
  ['a', 3, 1, true],
  ['b', null, 5, true],
  ['c', 1, null, false],
  ['d', 4, 2, null],
];
const top = (called: Parameters<typeof agg>[0], value: Expr | null, where: Expr | null = null): Aggregate =>
  agg(called, 0, value, where, 0);

describe('aggregates', () => {
  it('pass over blanks', () => {
    expect(over(ROWS, top('count', null))).toBe('4');
    expect(over(ROWS, top('count', X()))).toBe('3');
    expect(over(ROWS, top('sum', X()))).toBe('8');
    expect(over(ROWS, top('average', X()))).toBe('8/3');
    expect(over(ROWS, top('min', X()))).toBe('1');
    expect(over(ROWS, top('max', X()))).toBe('4');
    expect(over(ROWS, top('median', X()))).toBe('3');
    expect(over(ROWS, top('median', Y()))).toBe('2');
    expect(over([...ROWS, ['e', 10, 0, true]], top('median', X()))).toBe('3.5');
    expect(over(ROWS, top('average', Z()))).toBe('2/3');
  });

  it('take only rows whose condition is TRUE', () => {
    expect(over(ROWS, top('sum', Y(), Z()))).toBe('6');
    expect(over(ROWS, top('count', null, bin(X(), '=', lit(null))))).toBe('1');
    // A blank condition in the middle does not match; as one side of `and` it is an error.
    const gap: Rows = [
      ['a', 1, null, true],
      ['b', 2, null, null],
      ['c', 4, null, true],
    ];
    expect(over(gap, top('sum', X(), Z()))).toBe('5');
    expect(over(gap, top('sum', X(), bin(Z(), 'and', lit(true))))).toBe('blank-value T!D3 b');
    expect(over(ROWS, top('count', null, X()))).toBe('type-mismatch T!B2 a');
  });

  it('of nothing are blank, or 0', () => {
    const none = lit(false);
    expect(over(ROWS, top('sum', X(), none))).toBe('0');
    expect(over(ROWS, top('count', X(), none))).toBe('0');
    for (const called of ['average', 'min', 'max', 'median', 'find'] as const)
      expect(over(ROWS, top(called, X(), none))).toBe('blank');
  });

  it('take dates where they can be compared, logicals where they can be counted', () => {
    const dates: Rows = [
      ['a', { date: '2026-03-01' }, 1],
      ['b', { date: '2026-02-01' }, true],
    ];
    expect(over(dates, top('min', X()))).toBe('2026-02-01');
    expect(over(dates, top('max', X()))).toBe('2026-03-01');
    expect(over(dates, top('sum', X()))).toBe('type-mismatch T!B2 a');
    expect(over(dates, top('median', X()))).toBe('type-mismatch T!B2 a');
    expect(over(dates, top('average', X()))).toBe('type-mismatch T!B2 a');
    expect(over(dates, top('average', Y()))).toBe('type-mismatch T!C3 b');
    expect(over(dates, top('max', Y()))).toBe('type-mismatch T!C3 b');
  });

  it('end at the first failing row in sheet order', () => {
    const bad: Rows = [
      ['a', 1, 1],
      ['b', 'x', 0],
      ['c', { error: '#N/A' }, 0],
    ];
    expect(over(bad, top('sum', X()))).toBe('type-mismatch T!B3 b');
    expect(over(bad, top('sum', X(), bin(Y(), '=', lit(1))))).toBe('1');
    expect(over(bad, top('count', X()))).toBe('cell-error T!B4 c');
    expect(over(bad, top('sum', bin(lit(1), '/', Y())))).toBe('division-by-zero T!C3 b');
  });

  it('weigh: rows where neither is blank', () => {
    const weighted = (value: Expr, weight: Expr): Expr => ({
      ...top('sum', value),
      op: 'aggregate',
      fn: 'weighted',
      value,
      weight,
    });
    // (3·1 + 4·2) / 3.
    expect(over(ROWS, weighted(X(), Y()))).toBe('11/3');
    // TRUE in a of weight 1 and b of weight 5; c has no weight, d no value.
    expect(over(ROWS, weighted(Z(), Y()))).toBe('1');
    expect(
      over(
        [
          ['a', 1, -1],
          ['b', 2, 1],
        ],
        weighted(X(), Y()),
      ),
    ).toBe('division-by-zero rule');
    expect(over([['a', null, 'w']], weighted(X(), Y()))).toBe('blank');
    expect(over([['a', 1, 'w']], weighted(X(), Y()))).toBe('type-mismatch T!C2 a');
  });

  it('last: the row with the largest, one alone', () => {
    const last = (value: Expr, by: Expr, where: Expr | null = null): Expr => ({
      ...top('sum', value, where),
      op: 'aggregate',
      fn: 'last',
      value,
      by,
    });
    expect(over(ROWS, last(sheet(0, 0), Y()))).toBe('"b"');
    expect(over(ROWS, last(X(), Y()))).toBe('blank');
    expect(over(ROWS, last(X(), Y(), bin(Y(), '<', lit(5))))).toBe('blank-value T!C4 c');
    expect(
      over(
        [
          ['a', 1, 2],
          ['b', 2, 2],
          ['c', 3, 1],
        ],
        last(X(), Y()),
      ),
    ).toBe('lookup-not-unique call');
    expect(
      over(
        [
          ['a', 1, 2],
          ['b', 2, 2],
          ['c', 3, 3],
        ],
        last(X(), Y()),
      ),
    ).toBe('3');
    expect(over([['a', 1, null]], last(X(), Y()))).toBe('blank');
    expect(
      over(
        [
          ['a', 1, 2],
          ['b', 2, { date: '2026-01-01' }],
        ],
        last(X(), Y()),
      ),
    ).toBe('type-mismatch T!C3 b');
  });

  it('find: the one row', () => {
    expect(over(ROWS, top('find', X(), bin(sheet(0, 0), '=', lit('C'))))).toBe('1');
    expect(over(ROWS, top('find', X(), bin(Y(), '=', lit(5))))).toBe('blank');
    expect(over(ROWS, top('find', X(), Z()))).toBe('lookup-not-unique call');
    const carried = bin(top('find', X(), bin(Y(), '=', lit(5))), '+', lit(1));
    expect(over(ROWS, carried)).toBe('blank-value T!B3');
  });
});

describe('lookup by key', () => {
  const workbook = book({
    T: [
      ['id', 'grade'],
      [1, 'g1'],
      [2, 'G9'],
      [3, null],
      [4, 5],
      [5, 'g3'],
    ],
    Grades: [
      ['grade', 'base', 'out'],
      ['G1', 100, false],
      ['G2', null, false],
      ['G3', 300, true],
    ],
  });
  const lookup = (key: Expr): Expr => ({
    op: 'aggregate',
    fn: 'lookup',
    table: 1,
    level: 1,
    where: null,
    value: sheet(1, 1, 1),
    key,
    at: sheet(0, 0).at,
  });
  const key = fn('default', sheet(0, 1), lit('G2'));
  const p = program(workbook, {
    columns: [
      column(0, 'base', rule(lookup(sheet(0, 1)))),
      column(0, 'plus', rule(bin(lookup(key), '+', lit(1)))),
    ],
    where: { Grades: bin(sheet(1, 2), '=', lit(false)) },
  });
  const e = createEvaluator(p, workbook);
  const base = (row: number): string => described(e.cell(0, row), lit(1));

  it('matches without regard to case; a blank key gives blank', () => {
    expect(base(0)).toBe('100');
    expect(base(2)).toBe('blank');
    expect(e.originOfCell(0, 2)).toMatchObject({ sheet: 'T', row: 4, column: 2 });
  });

  it('does not find other keys, other types and rows that do not count', () => {
    expect(base(1)).toBe('not-found T!B3 2');
    expect(base(3)).toBe('not-found T!B5 4');
    expect(base(4)).toBe('not-found T!B6 5');
    const fault = e.cell(0, 1);
    expect(fault).toMatchObject({ problem: { value: 'G9', table: 'Grades', rule: 'base' } });
  });

  it('says how a key differs from one that looks alike', () => {
    const differs = (keys: readonly Cell[], asked: Cell): unknown => {
      const small = book({
        T: [
          ['id', 'g'],
          ['a', asked],
        ],
        Grades: [['grade', 'base'], ...keys.map((key) => [key, 7])],
      });
      const rules = program(small, { columns: [column(0, 'base', rule(lookup(sheet(0, 1))))] });
      const found = createEvaluator(rules, small).cell(0, 0);
      if (found.kind !== 'fault') return shown(found);
      return found.problem.code === 'not-found' ? found.problem.differs : found.problem.code;
    };
    expect(differs([1001], '1001')).toBe('text');
    expect(differs(['1001'], 1001)).toBe('number');
    expect(differs(['G1'], 'g1 ')).toBe('space');
    expect(differs(['G1', 1001], 'G2')).toBeUndefined();
    expect(differs(['G1', 1001], 1001)).toBe('7');
  });

  it('leads to the cell of the blank that it found', () => {
    expect(described(e.cell(1, 2), lit(1))).toBe('blank-value Grades!B3 3');
  });
});

describe('rank', () => {
  const workbook = book({
    T: [
      ['id', 'x', 'team'],
      ['a', 5, 'u'],
      ['b', 7, 'u'],
      ['c', 7, 'v'],
      ['d', null, 'u'],
      ['e', 1, null],
    ],
  });
  const rank = (where: Expr | null): Expr => ({
    op: 'rank',
    table: 0,
    level: 1,
    value: sheet(0, 1, 1),
    where,
    at: lit(1).at,
  });
  const run = (expr: Expr): string[] => {
    const e = createEvaluator(program(workbook, { columns: [column(0, 'r', rule(expr))] }), workbook);
    return [0, 1, 2, 3, 4].map((row) => shown(e.cell(0, row)));
  };

  it('is 1 + how many are greater', () => {
    expect(run(rank(null))).toEqual(['3', '1', '1', 'blank', '4']);
    expect(run(rank(bin(sheet(0, 2, 1), '=', sheet(0, 2, 0))))).toEqual(['2', '1', '1', 'blank', '1']);
  });
});

describe('the index of a condition', () => {
  const cell: fc.Arbitrary<Cell> = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom<Cell>(1, 2, 'a', 'A', 'b') },
    { weight: 2, arbitrary: fc.constantFrom<Cell>(null, true, { date: '2026-01-01' }, { error: '#N/A' }) },
  );
  const tidy = fc.constantFrom<Cell>('a', 'A', 'b', 'c', null);
  const kinds = fc.constantFrom(
    'sum',
    'count',
    'average',
    'min',
    'max',
    'median',
    'find',
    'rank',
  ) as fc.Arbitrary<'sum' | 'count' | 'average' | 'min' | 'max' | 'median' | 'find' | 'rank'>;

  function problemsAndValues(
    scan: boolean,
    workbook: ReturnType<typeof book>,
    exprs: readonly Expr[],
  ): unknown {
    const p = program(workbook, {
      columns: [
        column(1, 'c', rule(bin(sheet(1, 1), '/', sheet(1, 2)))),
        ...exprs.map((x, i) => column(0, `k${i}`, rule(x))),
      ],
    });
    const results = evaluate(p, workbook, {}, { scan });
    const rows = Array.from({ length: workbook.tables[0]?.rows ?? 0 }, (_, row) => row);
    const values = results.columns.slice(1).map((c) => rows.map((row) => c.at(row)));
    return { values, problems: results.problems as readonly Problem[] };
  }

  it('changes nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(tidy, cell), { minLength: 1, maxLength: 6 }),
        fc.array(fc.tuple(fc.oneof(tidy, cell), fc.oneof(fc.constantFrom<Cell>(1, 2), cell)), {
          maxLength: 8,
        }),
        kinds,
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom('none', 'value', 'outer', 'before', 'steady', 'no condition'),
        (keys, inner, called, mirrored, computed, other) => {
          const workbook = book({
            A: [['id', 'key'], ...keys.map((k, i): Cell[] => [`r${i}`, k])],
            B: [['id', 'key', 'x'], ...inner.map(([k, x], i): Cell[] => [`s${i}`, k, x])],
          });
          const table = called === 'rank' ? 0 : 1;
          const inside: Expr =
            computed && table === 1
              ? { op: 'column', column: 0, level: 1, at: lit(1).at }
              : sheet(table, 1, 1);
          const outside = other === 'outer' ? bin(sheet(0, 1), '+', lit(0)) : sheet(0, 1);
          const equal = mirrored ? bin(outside, '=', inside) : bin(inside, '=', outside);
          const more = bin(sheet(1, 2, 1), '>', lit(1));
          const where = {
            none: equal,
            outer: equal,
            value: table === 1 ? bin(equal, 'and', more) : equal,
            before: table === 1 ? bin(more, 'and', equal) : equal,
            steady: table === 1 ? more : equal,
            'no condition': null,
          }[other as 'none'];
          const expr: Expr =
            called === 'rank'
              ? { op: 'rank', table: 0, level: 1, value: sheet(0, 1, 1), where, at: lit(1).at }
              : agg(called, 1, called === 'count' ? null : sheet(1, 2, 1), where, 1);
          const indexed = problemsAndValues(false, workbook, [expr]);
          expect(indexed).toEqual(problemsAndValues(true, workbook, [expr]));
        },
      ),
      { numRuns: 1500 },
    );
  });
});

describe('an aggregate that no row around it changes', () => {
  it('is a problem of every row that uses it', () => {
    const workbook = book({
      T: [
        ['id', 'x'],
        ['a', 1],
        ['b', 'no'],
        ['c', 3],
      ],
    });
    const total = agg('sum', 0, sheet(0, 1, 1), null, 1);
    const p = program(workbook, { columns: [column(0, 'part', rule(bin(lit(1), '/', total)))] });
    const { problems } = evaluate(p, workbook);
    expect(problems.map((x) => [x.code, x.at && placeText(x.at), x.rule, x.key])).toEqual(
      ['a', 'b', 'c'].map((key) => ['type-mismatch', 'T!B3', 'part', key]),
    );
  });

  it('keeps the first cause where that lies in another rule', () => {
    const workbook = book({
      T: [
        ['id', 'x'],
        ['a', 1],
        ['b', 'no'],
        ['c', 3],
      ],
    });
    const total = agg('sum', 0, { op: 'column', column: 0, level: 1, at: lit(1).at }, null, 1);
    const p = program(workbook, {
      columns: [column(0, 'part', rule(bin(sheet(0, 1), '*', lit(2)))), column(0, 'all', rule(total))],
    });
    const { problems } = evaluate(p, workbook);
    expect(problems.map((x) => [x.code, x.rule, x.key])).toEqual([['type-mismatch', 'part', 'b']]);
  });
});

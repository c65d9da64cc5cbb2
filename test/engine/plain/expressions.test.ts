import { describe, expect, it } from 'vitest';
import { createEvaluator } from '../../../src/engine/plain/index.ts';
import { placeText } from '../../../src/problems/problem.ts';
import type { Expr, FunctionName } from '../../../src/rules/program.ts';
import { book } from '../../support/book.ts';
import {
  asOf,
  bin,
  column,
  fn,
  iff,
  lit,
  name,
  neg,
  not,
  program,
  rule,
  scalar,
  scalarRule,
  sheet,
  within,
} from '../../support/program.ts';
import { shown } from '../../support/shown.ts';

/** A row with one cell of each kind, as columns of table 0. */
const CELLS = {
  id: 'k',
  n: 7,
  t: 'abc',
  d: { date: '2026-01-31 12:00' },
  l: true,
  b: null,
  e: { error: '#N/A' },
};
const workbook = book(
  { T: [Object.keys(CELLS), Object.values(CELLS)] },
  { names: { seven: 7, none: null, bad: { error: '#REF!' } } },
);
const [N, T, D, L, B, E] = [1, 2, 3, 4, 5, 6].map((c) => () => sheet(0, c));
if (!N || !T || !D || !L || !B || !E) throw new Error('columns');

/** The value as a column rule of the one row; a fault as its code and place: of a cell, or `at` of the operand named. */
function run(expr: Expr, at?: Expr): string {
  const p = program(workbook, {
    scalars: [scalarRule('from_none', name(1)), scalarRule('plain_blank', lit(null))],
    columns: [column(0, 'x', rule(expr))],
  });
  const outcome = createEvaluator(p, workbook).cell(0, 0);
  if (outcome.kind !== 'fault') return shown(outcome);
  const { problem } = outcome;
  expect(problem).toMatchObject({ rule: 'x', key: 'k', severity: 'error' });
  const place = problem.at;
  if (place?.kind === 'cell') return `${problem.code} ${placeText(place)}`;
  expect(place).toEqual((at ?? expr).at);
  return problem.code;
}

const n = (x: number | string): Expr => lit(typeof x === 'number' ? x : { number: x });
const d = (text: string): Expr => lit({ date: text });
const op = (a: Expr, o: string, b: Expr): string => run(bin(a, o, b));

describe('arithmetic', () => {
  it('is exact', () => {
    expect(op(bin(n(1), '/', n(3)), '*', n(3))).toBe('1');
    expect(op(n('0.1'), '+', n('0.2'))).toBe('0.3');
    expect(op(n(2), '-', n('2.5'))).toBe('-0.5');
    expect(op(n(1), '/', n(3))).toBe('1/3');
    expect(op(N(), '*', n('0.5'))).toBe('3.5');
    expect(run(neg(n(2)))).toBe('-2');
  });

  it('raises to integer powers', () => {
    expect(op(neg(n(2)), '^', n(2))).toBe('4');
    expect(op(n(2), '^', n(-2))).toBe('0.25');
    expect(op(n(0), '^', n(0))).toBe('1');
    const half = n('0.5');
    expect(run(bin(n(4), '^', half), half)).toBe('not-an-integer');
    const zero = n(0);
    expect(run(bin(zero, '^', n(-1)), zero)).toBe('division-by-zero');
  });

  it('counts dates in days', () => {
    expect(op(D(), '-', d('2026-01-30'))).toBe('1.5');
    expect(op(D(), '+', n(1))).toBe('2026-02-01T12:00:00');
    expect(op(n(1), '+', d('2026-02-28'))).toBe('2026-03-01');
    expect(op(d('2026-03-01'), '-', n('0.5'))).toBe('2026-02-28T12:00:00');
    expect(op(d('9999-12-31'), '+', n(1))).toBe('too-large');
    expect(op(d('0001-01-01'), '-', n('0.001'))).toBe('too-large');
    expect(op(d('9999-12-31'), '+', n('0.999'))).toMatch(/^9999-12-31T23:58/);
  });

  it('refuses what it cannot do, at the operand', () => {
    const date = d('2026-01-01');
    expect(run(bin(n(1), '-', date), date)).toBe('type-mismatch');
    expect(run(bin(d('2026-01-02'), '+', date), date)).toBe('type-mismatch');
    const text = lit('a');
    for (const o of ['+', '-', '*', '/', '^']) {
      expect(run(bin(text, o, n(1)), text)).toBe('type-mismatch');
      expect(run(bin(n(1), o, text), text)).toBe('type-mismatch');
    }
    for (const o of ['*', '/', '^']) expect(run(bin(date, o, n(1)), date)).toBe('type-mismatch');
    expect(op(L(), '+', n(1))).toBe('type-mismatch T!E2');
    expect(run(neg(T()))).toBe('type-mismatch T!C2');
    expect(run(neg(D()))).toBe('type-mismatch T!D2');
  });

  it('ends at the leftmost operand at fault', () => {
    expect(op(T(), '+', B())).toBe('type-mismatch T!C2');
    expect(op(B(), '+', T())).toBe('blank-value T!F2');
    expect(op(B(), '*', E())).toBe('blank-value T!F2');
    expect(op(E(), '*', B())).toBe('cell-error T!G2');
    expect(op(D(), '*', B())).toBe('type-mismatch T!D2');
    expect(op(n(1), '-', B())).toBe('blank-value T!F2');
  });

  it('names the divisor', () => {
    const zero = bin(n(1), '-', n(1));
    expect(run(bin(n(1), '/', zero), zero)).toBe('division-by-zero');
    const blank = book({
      T: [
        ['id', 'z'],
        ['k', 0],
      ],
    });
    const p = program(blank, { columns: [column(0, 'x', rule(bin(n(1), '/', sheet(0, 1))))] });
    expect(createEvaluator(p, blank).cell(0, 0)).toMatchObject({
      problem: { code: 'division-by-zero', at: { kind: 'cell', row: 2, column: 2 } },
    });
  });

  it('is too large above 2,000 digits', () => {
    expect(op(n(10), '^', n(1999))).toBe(`1${'0'.repeat(1999)}`);
    expect(op(n(10), '^', n(2000))).toBe('too-large');
    const big = bin(n(10), '^', n(1500));
    expect(op(big, '*', bin(n(10), '^', n(1500)))).toBe('too-large');
  });

  it('is not deep for a long sum', () => {
    let sum = n(0);
    for (let i = 0; i < 20_000; i++) sum = bin(sum, '+', n(1));
    expect(run(sum)).toBe('20000');
    let all: Expr = lit(true);
    for (let i = 0; i < 20_000; i++) all = bin(all, 'and', lit(true));
    expect(run(all)).toBe('TRUE');
  });
});

describe('comparison', () => {
  it('orders each kind', () => {
    expect(op(n(1), '<', n('1.5'))).toBe('TRUE');
    expect(op(n('0.1'), '>=', n('0.1'))).toBe('TRUE');
    expect(op(lit('B'), '>', lit('a'))).toBe('TRUE');
    expect(op(lit('A'), '<=', lit('a'))).toBe('TRUE');
    expect(op(D(), '>', d('2026-01-31'))).toBe('TRUE');
    expect(op(lit(false), '<', lit(true))).toBe('TRUE');
    // U+FF5E is below U+1F600, though its UTF-16 unit is above.
    expect(op(lit('～'), '<', lit('😀'))).toBe('TRUE');
  });

  it('needs two values of one kind', () => {
    expect(op(B(), '<', T())).toBe('blank-value T!F2');
    expect(op(n(1), '<', B())).toBe('blank-value T!F2');
    const text = lit('1');
    expect(run(bin(n(1), '<', text), text)).toBe('type-mismatch');
    expect(op(n(1), '>', T())).toBe('type-mismatch T!C2');
    expect(op(n(7), '=', T())).toBe('type-mismatch T!C2');
    expect(op(n(7), '<>', L())).toBe('type-mismatch T!E2');
  });

  it('lets a blank equal only a blank', () => {
    expect(op(B(), '=', lit(null))).toBe('TRUE');
    expect(op(B(), '=', n(0))).toBe('FALSE');
    expect(op(B(), '<>', lit(''))).toBe('TRUE');
    expect(op(lit(null), '<>', lit(null))).toBe('FALSE');
    expect(op(B(), '=', E())).toBe('cell-error T!G2');
  });

  it('folds text', () => {
    expect(op(T(), '=', lit('ABC'))).toBe('TRUE');
    expect(op(T(), '<>', lit('abd'))).toBe('TRUE');
  });

  it('tests membership up to the first equal', () => {
    expect(run(within(T(), lit('x'), lit('ABC'), n(1)))).toBe('TRUE');
    // The text of a cell is not compared with a number: the cell is what is pointed at.
    expect(run(within(T(), lit('x'), n(1), lit('abc')))).toBe('type-mismatch T!C2');
    const one = n(1);
    expect(run(within(lit('abc'), lit('x'), one), one)).toBe('type-mismatch');
    expect(run(within(B(), n(1), lit(null)))).toBe('TRUE');
    expect(run(within(n(7), lit(null), n(8)))).toBe('FALSE');
    expect(run(within(E(), lit(null)))).toBe('cell-error T!G2');
  });
});

describe('connectives', () => {
  it('stop at the side that decides', () => {
    expect(op(lit(false), 'and', B())).toBe('FALSE');
    expect(op(lit(true), 'or', E())).toBe('TRUE');
    expect(op(bin(lit(false), 'and', B()), 'or', lit(true))).toBe('TRUE');
    expect(op(lit(true), 'and', lit(false))).toBe('FALSE');
    expect(run(not(L()))).toBe('FALSE');
  });

  it('take no blank and nothing but logicals', () => {
    expect(op(B(), 'and', lit(false))).toBe('blank-value T!F2');
    expect(op(lit(true), 'and', B())).toBe('blank-value T!F2');
    expect(op(lit(false), 'or', N())).toBe('type-mismatch T!B2');
    expect(run(not(B()))).toBe('blank-value T!F2');
    expect(run(not(N()))).toBe('type-mismatch T!B2');
  });
});

describe('functions', () => {
  const call = (called: FunctionName, ...args: (number | string | null | Expr)[]): string =>
    run(fn(called, ...args.map((a) => (a === null || typeof a !== 'object' ? lit(a) : a))));

  it.each<[FunctionName, (number | string)[], string]>([
    ['abs', [-2], '2'],
    ['round', ['2.5', 0], '3'],
    ['round', ['-2.5', 0], '-3'],
    ['round', ['1234.567', -2], '1200'],
    ['round', ['0.125', 2], '0.13'],
    ['round', ['0.005'], '0.01'],
    ['round', ['-0.005'], '-0.01'],
    ['round_even', ['2.5', 0], '2'],
    ['round_even', ['3.5', 0], '4'],
    ['round_even', ['0.125', 2], '0.12'],
    ['round_even', ['250', -2], '200'],
    ['mround', [7, 2], '8'],
    ['mround', [-7, 2], '-8'],
    ['mround', ['7.4', -5], '5'],
    ['floor', ['-2.5', 1], '-3'],
    ['floor', [7, -2], '6'],
    ['ceiling', ['-2.5', 1], '-2'],
    ['ceiling', ['2.01', '0.5'], '2.5'],
    ['min', [3, 1, 2], '1'],
    ['max', [3, 1, 5], '5'],
    ['clamp', [5, 1, 3], '3'],
    ['clamp', [0, 1, 3], '1'],
    ['clamp', [2, 4, 3], '4'],
    ['steps', [25, 10], '2'],
    ['steps', [30, -10], '3'],
    ['steps', [-25, 10], '0'],
    ['steps', ['0.3', '0.1'], '3'],
  ])('%s(%j) is %s', (called, args, expected) => {
    expect(call(called, ...args.map((a) => n(a)))).toBe(expected);
  });

  it('know the calendar', () => {
    expect(call('year', D())).toBe('2026');
    expect(call('month', D())).toBe('1');
    expect(call('day', D())).toBe('31');
    expect(call('date', D())).toBe('2026-01-31');
    expect(call('eomonth', D(), 1)).toBe('2026-02-28');
    expect(call('eomonth', d('2024-03-05'), -1)).toBe('2024-02-29');
    expect(call('edate', D(), 1)).toBe('2026-02-28');
    expect(call('edate', d('2026-02-28'), 12)).toBe('2027-02-28');
    expect(call('eomonth', asOf(), 0)).toBe('2026-03-31');
    expect(call('hours', d('2026-01-31 10:00'), d('2026-01-31 10:20'))).toBe('1/3');
    expect(call('hours', d('2026-01-31 10:00'), d('2026-01-31 09:00'))).toBe('-1');
    expect(call('months', d('2026-01-31'), d('2026-02-28'))).toBe('1');
    expect(call('months', d('2026-01-31 23:00'), d('2026-02-28 01:00'))).toBe('1');
    expect(call('months', d('2026-03-31'), d('2026-01-31'))).toBe('-2');
    expect(call('edate', d('9999-12-31'), 1)).toBe('too-large');
    expect(call('eomonth', d('0001-01-01'), -1)).toBe('too-large');
  });

  it('default, blank and if read only what they need', () => {
    expect(call('default', B(), 0)).toBe('0');
    expect(call('default', N(), E())).toBe('7');
    expect(call('default', E(), 0)).toBe('cell-error T!G2');
    expect(call('blank', B())).toBe('TRUE');
    expect(call('blank', N())).toBe('FALSE');
    expect(call('blank', E())).toBe('cell-error T!G2');
    expect(run(iff(L(), n(1), E()))).toBe('1');
    expect(run(iff(lit(false), E(), B()))).toBe('blank');
    expect(run(iff(B(), n(1), n(2)))).toBe('blank-value T!F2');
    expect(run(iff(N(), n(1), n(2)))).toBe('type-mismatch T!B2');
    expect(call('starts_with', T(), 'AB')).toBe('TRUE');
    expect(call('starts_with', T(), 'b')).toBe('FALSE');
  });

  it('check their arguments from left to right', () => {
    expect(call('round', T(), B())).toBe('type-mismatch T!C2');
    expect(call('round', 1, B())).toBe('blank-value T!F2');
    const digits = n('0.5');
    expect(run(fn('round', n(1), digits), digits)).toBe('not-an-integer');
    expect(run(fn('edate', D(), digits), digits)).toBe('not-an-integer');
    expect(call('round', 1, 2001)).toBe('too-large');
    expect(call('round_even', 1, -2001)).toBe('too-large');
    expect(call('round', 1, 2000)).toBe('1');
    expect(call('min', B(), 1)).toBe('blank-value T!F2');
    expect(call('max', 1, D())).toBe('type-mismatch T!D2');
    expect(call('min', T(), 1)).toBe('type-mismatch T!C2');
    expect(call('clamp', 1, D(), B())).toBe('type-mismatch T!D2');
    expect(call('min', D(), d('2026-01-01'))).toBe('2026-01-01');
    expect(call('year', N())).toBe('type-mismatch T!B2');
    expect(call('hours', D(), B())).toBe('blank-value T!F2');
    const zero = n(0);
    for (const called of ['mround', 'floor', 'ceiling', 'steps'] as const)
      expect(run(fn(called, n(1), zero), zero)).toBe('division-by-zero');
  });
});

describe('blanks and their cells', () => {
  it('are followed through rules, if, default and names', () => {
    expect(op(name(1), '+', n(1))).toBe('blank-value names!B3');
    expect(op(scalar(0), '+', n(1))).toBe('blank-value names!B3');
    expect(op(iff(lit(true), B(), n(1)), '+', n(1))).toBe('blank-value T!F2');
    expect(op(fn('default', lit(null), B()), '+', n(1))).toBe('blank-value T!F2');
    const none = scalar(1);
    expect(run(bin(none, '+', n(1)), none)).toBe('blank-value');
    expect(op(name(2), '+', n(1))).toBe('cell-error names!B4');
  });
});

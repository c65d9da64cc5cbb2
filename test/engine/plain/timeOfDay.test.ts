import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../src/engine/plain/index.ts';
import type { Expr } from '../../../src/rules/program.ts';
import { book } from '../../support/book.ts';
import {
  agg,
  asOf,
  bin,
  col,
  column,
  fn,
  iff,
  lit,
  name,
  neg,
  program,
  rule,
  scalar,
  scalarRule,
  sheet,
} from '../../support/program.ts';

const date = (text: string) => ({ date: text });
const workbook = book(
  {
    T: [
      ['id', 'opened', 'due', 'never', 'ok', 'late'],
      ['a', date('2026-03-01 09:30'), date('2026-03-02'), null, true, date('2026-03-01')],
      ['b', date('2026-03-05'), date('2026-03-03'), null, false, date('2026-03-09 08:00')],
    ],
  },
  { names: { day: date('2026-03-01'), moment: date('2026-03-01 10:00'), n: 2, half: 0.5 } },
);
const opened = () => sheet(0, 1);
const due = () => sheet(0, 2);
const never = () => sheet(0, 3);
const day = () => lit(date('2026-03-01'));

/** How many warnings a column rule with this expression gives, all at the operand named. */
function warnings(expr: Expr, operand?: Expr, where: Record<string, Expr> = {}): number {
  const p = program(workbook, {
    where,
    scalars: [
      scalarRule('day', day()),
      scalarRule('moment', lit(date('2026-03-01 01:00'))),
      scalarRule('n', lit(3)),
    ],
    columns: [column(0, 'started', rule(opened())), column(0, 'test', rule(expr))],
  });
  const { problems } = evaluate(p, workbook);
  for (const problem of problems) {
    expect(problem).toMatchObject({ code: 'time-of-day', severity: 'warning' });
    if (operand !== undefined) expect(problem.at).toEqual(operand.at);
  }
  return problems.length;
}

describe('the warning of a time of day', () => {
  it('is about <= and > with the column on the left, and their mirror images', () => {
    for (const [operator, expected] of [
      ['<=', 1],
      ['>', 1],
      ['<', 0],
      ['>=', 0],
    ] as const) {
      const column = opened();
      expect(warnings(bin(column, operator, day()), column)).toBe(expected);
      const right = opened();
      expect(warnings(bin(day(), operator, right), right)).toBe(1 - expected);
    }
    expect(warnings(bin(opened(), '=', day()))).toBe(0);
  });

  it('needs a date that has no time for sure', () => {
    const yes: Expr[] = [
      asOf(),
      fn('date', opened()),
      fn('eomonth', asOf(), lit(0)),
      fn('edate', opened(), lit(1)),
      scalar(0),
      name(0),
      due(),
      bin(day(), '+', lit(1)),
      bin(lit(1), '+', asOf()),
      bin(asOf(), '-', scalar(2)),
      bin(asOf(), '+', neg(lit(2))),
      bin(fn('date', opened()), '+', name(2)),
      iff(lit(true), day(), asOf()),
      fn('default', due(), asOf()),
      fn('min', day(), due()),
      fn('clamp', due(), day(), asOf()),
    ];
    for (const d of yes) expect(warnings(bin(opened(), '<=', d))).toBe(1);
    const no: Expr[] = [
      lit(date('2026-03-01 12:00')),
      scalar(1),
      name(1),
      opened(),
      bin(day(), '+', lit(0.5)),
      bin(opened(), '+', lit(1)),
      bin(day(), '-', name(3)),
      iff(lit(true), day(), opened()),
      fn('max', day(), name(1)),
    ];
    for (const d of no) expect(warnings(bin(opened(), '>', d))).toBe(0);
  });

  it('is about columns that have a time, computed ones too', () => {
    expect(warnings(bin(due(), '<=', day()))).toBe(0);
    const started = col(0);
    expect(warnings(bin(started, '<=', day()), started)).toBe(1);
    expect(warnings(bin(fn('date', opened()), '<=', day()))).toBe(0);
    // Nothing is known of a column without a date.
    const both = bin(fn('default', opened(), never()), '=', never());
    expect(warnings(both)).toBe(0);
  });

  it('looks at rows that count; at all of them in the condition of the table itself', () => {
    const late = sheet(0, 5);
    expect(warnings(bin(late, '>', day()), late)).toBe(1);
    // Only row b has a time in `late`, and it does not count.
    expect(warnings(bin(sheet(0, 5), '>', day()), undefined, { T: sheet(0, 4) })).toBe(0);
    const own = sheet(0, 5);
    expect(warnings(lit(1), own, { T: bin(own, '<=', date31()) })).toBe(1);
  });

  it('comes once a comparison, inside aggregates too', () => {
    const inner = sheet(0, 1, 1);
    expect(warnings(agg('count', 0, null, bin(inner, '<=', asOf()), 1), inner)).toBe(1);
    const twice = bin(bin(opened(), '<=', asOf()), 'and', bin(opened(), '>', day()));
    expect(warnings(twice)).toBe(2);
    // The condition of an `each` is that of all its rules.
    const where = bin(opened(), '<=', asOf());
    const columns = ['p', 'q'].map((called) => column(0, called, rule(lit(1), where)));
    expect(evaluate(program(workbook, { columns }), workbook).problems).toHaveLength(1);
  });
});

function date31(): Expr {
  return lit(date('2026-03-31'));
}

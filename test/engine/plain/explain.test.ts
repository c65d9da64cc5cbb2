import { describe, expect, it } from 'vitest';
import {
  createEvaluator,
  type ExplainOptions,
  explain,
  type Reason,
} from '../../../src/engine/plain/index.ts';
import { integer, rational } from '../../../src/exact/rational.ts';
import { placeText } from '../../../src/problems/problem.ts';
import type { Expr } from '../../../src/rules/program.ts';
import { book } from '../../support/book.ts';
import {
  agg,
  at,
  band,
  bin,
  col,
  column,
  fn,
  iff,
  lit,
  name,
  program,
  rule,
  scalar,
  scalarRule,
  share,
  sheet,
} from '../../support/program.ts';
import { shown } from '../../support/shown.ts';

/** The tree as indented lines: kind, name or role, table and key, outcome. */
function lines(reason: Reason, depth = 0): string[] {
  const parts: (string | undefined)[] = [
    reason.kind,
    'name' in reason ? reason.name : 'role' in reason ? reason.role : 'fn' in reason ? reason.fn : undefined,
    'key' in reason ? reason.key : undefined,
    shown(reason.outcome),
    'cell' in reason ? placeText(reason.cell) : undefined,
    reason.seen ? 'seen' : undefined,
    reason.cut ? 'cut' : undefined,
  ];
  const line = `${'  '.repeat(depth)}${parts.filter((x) => x !== undefined).join(' ')}`;
  return [line, ...reason.children.flatMap((child) => lines(child, depth + 1))];
}

/** Tickets are scored by hours, engineers by their tickets, and a pool of 10% of sales is shared by score. */
const workbook = book(
  {
    Staff: [
      ['id', 'other'],
      ['E1', 50],
      ['E2', 90],
      ['E3', null],
    ],
    Tickets: [
      ['no', 'engineer', 'hours'],
      [1, 'E1', 0.5],
      [2, 'E1', 1.5],
      [3, 'E2', 3],
      [4, 'E1', 9],
      [5, 'E1', 9],
    ],
    Sales: [
      ['no', 'amount'],
      [1, 600],
      [2, 400.5],
    ],
  },
  { names: { rate: 0.1 } },
);
const p = program(workbook, {
  bands: [
    {
      name: 'response',
      at: at(2),
      marginal: false,
      of: 'number',
      lines: [
        { test: { kind: 'upTo', bound: integer(1) }, value: lit(100), at: at(3) },
        { test: { kind: 'upTo', bound: integer(2) }, value: lit(80), at: at(4) },
        { test: { kind: 'otherwise' }, value: scalar(1), at: at(5) },
      ],
    },
  ],
  scalars: [
    scalarRule('pool', bin(agg('sum', 2, sheet(2, 1), null, 0), '*', name(0))),
    scalarRule('slow', lit(60)),
    { name: 'left', at: at(9), source: { kind: 'rest', share: 0 } },
  ],
  columns: [
    column(1, 'points', rule(band(0, sheet(1, 2)))),
    column(0, 'answer', rule(agg('average', 1, col(0, 1), bin(sheet(1, 1, 1), '=', sheet(0, 0, 0)), 1))),
    column(0, 'score', {
      kind: 'score',
      where: null,
      scale: integer(100),
      skipBlank: true,
      lines: [
        { weight: rational(3n, 4n), value: col(1) },
        { weight: rational(1n, 4n), value: sheet(0, 1) },
      ],
      at: at(7),
    }),
    column(0, 'reward', { kind: 'share', share: 0, at: at(8) }),
  ],
  shares: [
    share({
      name: 'reward',
      table: 0,
      pool: scalar(0),
      weight: fn('default', col(2), lit(0)),
      cap: lit(55),
    }),
  ],
});
const COLUMN = { points: 0, answer: 1, score: 2, reward: 3 };
const why = (called: keyof typeof COLUMN, row: number, options: ExplainOptions = {}): Reason =>
  explain(p, workbook, { kind: 'column', column: COLUMN[called], row }, options);

describe('reasons', () => {
  it('lead from a reward to the cells', () => {
    // Points 100, 80, 60, 60, 60; answers 75 and 60; scores 68.75 and 67.5.
    expect(lines(why('reward', 0))).toEqual([
      'column reward E1 50.48',
      '  share reward 50.48',
      '    part weight 68.75',
      '      column score E1 68.75',
      '        input 75',
      '          column answer E1 75',
      '            aggregate average 75',
      '              row 1 100 Tickets!A2',
      '                column points 1 100',
      '                  band response 100',
      '                    sheet hours 1 0.5 Tickets!C2',
      '              row 2 80 Tickets!A3',
      '                column points 2 80',
      '                  band response 80',
      '                    sheet hours 2 1.5 Tickets!C3',
      '              row 4 60 Tickets!A5',
      '                column points 4 60',
      '                  band response 60',
      '                    sheet hours 4 9 Tickets!C5',
      '                    scalar slow 60',
      '              row 5 60 Tickets!A6',
      '                column points 5 60',
      '                  band response 60',
      '                    sheet hours 5 9 Tickets!C6',
      '                    scalar slow 60 seen',
      '        input 50',
      '          sheet other E1 50 Staff!B2',
      '    part cap 55',
      '    part pool 100.05',
      '      scalar pool 100.05',
      '        aggregate sum 1000.5',
      '          row 1 600 Sales!A2',
      '            sheet amount 1 600 Sales!B2',
      '          row 2 400.5 Sales!A3',
      '            sheet amount 2 400.5 Sales!B3',
      '        name rate 0.1 names!B2',
    ]);
  });

  it('say how the pool settled', () => {
    const [reason] = why('reward', 1).children;
    // 10005 cents by 275 : 270, quotas 5048.39… and 4956.60…: the unit left goes to E2.
    expect(reason).toMatchObject({
      kind: 'share',
      of: null,
      settlement: {
        pool: rational(10005n, 100n),
        settled: rational(10005n, 100n),
        members: 3,
        weights: rational(545n, 4n),
        level: rational(40020n, 545n),
        open: { members: 2, weights: rational(545n, 4n), units: 10005n },
      },
      member: { by: 'remainder', units: 4957n, cap: 5500n, quota: rational(10005n * 270n, 545n) },
    });
    expect(why('reward', 2).children[0]).toMatchObject({ member: { by: 'none', units: 0n } });
  });

  it('say which line of a band matched', () => {
    expect(why('points', 1).children[0]).toMatchObject({
      kind: 'band',
      argument: { value: rational(3n, 2n) },
      line: { at: at(4), test: { kind: 'upTo', bound: { kind: 'number', value: integer(2) } } },
    });
    expect(why('points', 2).children[0]).toMatchObject({ line: { test: { kind: 'otherwise' } } });
  });

  it('say what each input of a score counted', () => {
    expect(why('score', 1)).toMatchObject({
      by: 'score',
      children: [
        { kind: 'input', weight: rational(3n, 4n), counted: rational(3n, 4n), points: integer(45) },
        { kind: 'input', weight: rational(1n, 4n), counted: rational(1n, 4n), points: rational(45n, 2n) },
      ],
    });
    const blank = why('score', 2);
    expect(blank.outcome).toEqual({ kind: 'blank' });
    expect(blank.children[1]).toMatchObject({ counted: null, points: null, origin: { row: 4, column: 2 } });
  });

  it('show a few rows of an aggregate, or all', () => {
    const few = why('answer', 0, { rows: 2 }).children[0];
    expect(few).toMatchObject({ kind: 'aggregate', rows: 4, blank: 0, more: 2 });
    expect(few?.children).toHaveLength(2);
    const all = why('answer', 0, { rows: Number.POSITIVE_INFINITY }).children[0];
    expect(all).toMatchObject({ more: 0 });
    expect(all?.children).toHaveLength(4);
  });

  it('explain what a share left over', () => {
    const reason = explain(p, workbook, { kind: 'scalar', scalar: 2 });
    expect(lines(reason).slice(0, 4)).toEqual([
      'scalar left 0',
      '  share reward 0',
      '    part pool 100.05',
      '      scalar pool 100.05',
    ]);
  });

  it('stop at the depth and the number asked for', () => {
    expect(lines(why('reward', 0, { depth: 2 }))).toEqual([
      'column reward E1 50.48',
      '  share reward 50.48',
      '    part weight 68.75 cut',
      '    part cap 55 cut',
      '    part pool 100.05 cut',
    ]);
    expect(lines(why('reward', 0, { reasons: 5 })).length).toBeLessThan(15);
  });

  it('use values that are known', () => {
    const e = createEvaluator(p, workbook);
    const known = {
      scalar: (id: number) => e.scalar(id),
      cell: (id: number, row: number) => e.cell(id, row),
    };
    expect(why('reward', 0, { known })).toEqual(why('reward', 0));
  });

  it('give only the sides that were read', () => {
    const small = book({
      T: [
        ['id', 'a', 'b', 'c'],
        ['k', true, 1, null],
      ],
    });
    const chosen: Expr = iff(sheet(0, 1), sheet(0, 2), sheet(0, 3));
    const both: Expr = bin(bin(sheet(0, 2), '>', lit(0)), 'or', sheet(0, 3));
    const q = program(small, { columns: [column(0, 'x', rule(chosen)), column(0, 'y', rule(both))] });
    const leaves = (id: number): string[] =>
      explain(q, small, { kind: 'column', column: id, row: 0 }).children.map((c) =>
        'name' in c ? c.name : c.kind,
      );
    expect(leaves(0)).toEqual(['a', 'b']);
    expect(leaves(1)).toEqual(['b']);
  });

  it('show why a row is covered, or by nothing', () => {
    const small = book({
      T: [
        ['id', 'a'],
        ['k', 1],
        ['l', 2],
      ],
    });
    const q = program(small, { columns: [column(0, 'x', rule(lit(5), bin(sheet(0, 1), '=', lit(1))))] });
    const tree = (row: number): string[] => lines(explain(q, small, { kind: 'column', column: 0, row }));
    expect(tree(0)).toEqual(['column x k 5', '  part where TRUE', '    sheet a k 1 T!B2']);
    expect(tree(1)).toEqual(['column x l blank', '  part where FALSE', '    sheet a l 2 T!B3']);
  });

  it('lead to a fault: the row of an aggregate, the row of a lookup', () => {
    const small = book({
      T: [
        ['id', 'a'],
        ['k', 1],
        ['l', 'no'],
        ['m', 3],
      ],
      G: [
        ['g', 'v'],
        ['k', 7],
      ],
    });
    const q = program(small, {
      scalars: [scalarRule('s', agg('sum', 0, sheet(0, 1), null, 0))],
      columns: [
        column(
          0,
          'g',
          rule({
            op: 'aggregate',
            fn: 'lookup',
            table: 1,
            level: 1,
            where: null,
            at: at(1),
            value: sheet(1, 1, 1),
            key: sheet(0, 0),
          }),
        ),
      ],
    });
    expect(lines(explain(q, small, { kind: 'scalar', scalar: 0 }))).toEqual([
      'scalar s type-mismatch',
      '  aggregate sum type-mismatch',
      '    row l "no" T!A3',
      '      sheet a l "no" T!B3',
    ]);
    const found = (row: number): Reason => explain(q, small, { kind: 'column', column: 0, row });
    expect(lines(found(0))).toEqual([
      'column g k 7',
      '  lookup lookup 7',
      '    part key "k"',
      '      sheet id k "k" T!A2',
      '    row k 7 G!A2',
      '      sheet v k 7 G!B2',
    ]);
    expect(found(1).children[0]).toMatchObject({ kind: 'lookup', found: null });
  });
});

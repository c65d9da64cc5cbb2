import { describe, expect, it } from 'vitest';
import { linesOfText, parseRules } from '../../../grammar/index.ts';
import { evaluate, rowKey } from '../../../src/engine/plain/index.ts';
import { parseDate } from '../../../src/exact/date.ts';
import { placeText } from '../../../src/problems/problem.ts';
import { checkRules } from '../../../src/rules/check.ts';
import { book, type Cell, type Sheets } from '../../support/book.ts';
import { shown } from '../../support/shown.ts';

/** What a rule text makes of a book: values by name, columns by `Table.column` and key, problems in short. */
function run(rules: string, sheets: Sheets = {}, names: Record<string, Cell> = {}) {
  const workbook = book(sheets, { rules, names });
  const { program, problems } = checkRules(
    parseRules(linesOfText('Rules.allot', rules)),
    workbook,
    parseDate('2026-03-31') ?? 0,
  );
  if (program === null) throw new Error(JSON.stringify(problems));
  const results = evaluate(program, workbook);
  return {
    results,
    scalars: Object.fromEntries(program.scalars.map(({ name }, i) => [name, shown(results.scalars[i])])),
    columns: Object.fromEntries(
      program.columns.map(({ name, table }, i) => [
        name,
        Object.fromEntries(
          [...(results.tables[table]?.rows ?? [])].map((row) => [
            rowKey({ program, workbook }, table, row),
            shown(results.columns[i]?.at(row)),
          ]),
        ),
      ]),
    ),
    problems: results.problems.map(({ code, at, rule, key }) =>
      [code, at === undefined ? '-' : placeText(at), rule, key].filter((x) => x !== undefined).join(' '),
    ),
  };
}

describe('rules as text', () => {
  it('never round by themselves', () => {
    const { scalars, problems } = run(
      'one = 1/3*3 = 1\nfour = -2^2\nleft = 2^3^2\ncents = round(2.675)\nsmall = 0.1 + 0.2 = 0.3',
    );
    expect(scalars).toEqual({ one: 'TRUE', four: '4', left: '64', cents: '2.68', small: 'TRUE' });
    expect(problems).toEqual([]);
  });

  it('point at operands, parentheses included', () => {
    const rules =
      'a = 1 / (2 - 2)\nb = 4 ^ 0.5\nc = blank + 1\nd = "x" * 2\ne = 10 ^ 2000\nf = lookup(T[x], 9)';
    expect(
      run(rules, {
        T: [
          ['id', 'x'],
          [1, 2],
        ],
      }).problems,
    ).toEqual([
      'division-by-zero Rules.allot:1:9-15 a',
      'not-an-integer Rules.allot:2:9-11 b',
      'blank-value Rules.allot:3:5-9 c',
      'type-mismatch Rules.allot:4:5-7 d',
      'too-large Rules.allot:5:5-13 e',
      'not-found Rules.allot:6:18 f',
    ]);
  });

  it('give each failing row its key: of the row rule, of the member, of the row of an aggregate', () => {
    const rules = [
      'total = sum(T[x] * 2)',
      'each T',
      '  y = x + 1',
      'share 10 among T by w as paid',
      'check count(T where x > 1) = 2, "two"',
    ].join('\n');
    const sheets: Sheets = {
      T: [
        ['id', 'x', 'w'],
        ['a', 1, 1],
        ['b', null, -1],
        ['c', 'z', null],
      ],
    };
    expect(run(rules, sheets).problems).toEqual([
      'blank-value T!B3 total b',
      'blank-value T!B3 y b',
      'type-mismatch T!B4 y c',
      'negative-weight T!C3 paid b',
      'blank-value T!C4 paid c',
      'blank-value T!B3 check b',
    ]);
  });

  it('evaluate a share per row of an `each`, its rest, and a share of what was left', () => {
    const rules = [
      'each Regions',
      '  share pool among Staff where Staff[region] = [@id] by weight as reward',
      '    cap 30',
      '    rest as over',
      'more = sum(Regions[over])',
      'share more among Staff by 1 as extra',
    ].join('\n');
    const { columns, scalars, problems } = run(rules, {
      Regions: [
        ['id', 'pool'],
        ['N', 100],
        ['S', 50],
      ],
      Staff: [
        ['no', 'region', 'weight'],
        [10, 'N', 1],
        [9, 'N', 2],
        [8, 'S', 3],
        [7, null, 1],
      ],
    });
    expect(problems).toEqual([]);
    expect(columns.reward).toEqual({ 10: '30', 9: '30', 8: '30', 7: 'blank' });
    expect(columns.over).toEqual({ N: '40', S: '20' });
    expect(scalars.more).toBe('60');
    expect(columns.extra).toEqual({ 10: '15', 9: '15', 8: '15', 7: '15' });
  });

  it('break ties by number, not by the digits of keys', () => {
    const { columns } = run('share 0.01 among T by 1 as s', { T: [['id'], [10], [9]] });
    expect(columns.s).toEqual({ 10: '0', 9: '0.01' });
    const mixed = run('share 0.03 among T by 1 as s', {
      T: [['id'], [true], ['b'], ['B2'], [{ date: '2026-01-01' }], [3]],
    });
    // Numbers, then dates, then texts by code point (B before b), then logicals.
    expect(mixed.columns.s).toEqual({ TRUE: '0', b: '0', B2: '0.01', '2026-01-01': '0.01', 3: '0.01' });
  });

  it('see own and counted rows in a rank', () => {
    const { columns } = run('each T\n  place = rank(x where team = [@team])\n  all = rank(x)', {
      T: [
        ['id', 'x', 'team'],
        ['a', 5, 'u'],
        ['b', 7, 'U'],
        ['c', 9, 'v'],
        ['d', null, 'v'],
      ],
    });
    expect(columns.place).toEqual({ a: '2', b: '1', c: '1', d: 'blank' });
    expect(columns.all).toEqual({ a: '3', b: '2', c: '1', d: 'blank' });
  });

  it('warn of a time of day in a condition on days', () => {
    const rules = 'table T where opened <= as_of\nn = count(T)\nm = count(T where date(opened) <= as_of)';
    const opened = { date: '2026-03-31 10:00' };
    const { scalars, problems } = run(rules, {
      T: [
        ['id', 'opened'],
        ['a', opened],
        ['b', { date: '2026-03-01' }],
      ],
    });
    expect(problems).toEqual(['time-of-day Rules.allot:1:15-20 T']);
    expect(scalars).toEqual({ n: '1', m: '1' });
  });

  it('carry a blank’s cell through rules, lookups and shares of names', () => {
    const rules = [
      'each T',
      '  base = lookup(G[base], grade)',
      '  pay = if(TRUE, base, 0) * 2',
      'top = last(T[x] by day)',
      'twice = top + top',
    ].join('\n');
    const { problems } = run(rules, {
      T: [
        ['id', 'grade', 'x', 'day'],
        ['a', 'g1', 1, 1],
        ['b', null, 2, 3],
        ['c', 'g2', null, 4],
      ],
      G: [
        ['g', 'base'],
        ['g1', 10],
        ['g2', null],
      ],
    });
    expect(problems).toEqual(['blank-value T!B3 pay b', 'blank-value G!B3 pay c', 'blank-value T!C4 twice']);
  });
});

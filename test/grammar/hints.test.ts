import { describe, expect, it } from 'vitest';
import { parse } from './marked.ts';

/** What to write instead; the same text in every language. */
const ROWS: readonly (readonly [source: string, hint: string])[] = [
  ['x == 3', '='],
  ['x = a == 3', '='],
  ['x = a != 3', '<>'],
  ['x = a ！= 3', '<>'],
  ['x = a =< 3', '<='],
  ['x = a => 3', '>='],
  ['x = a ≧ 3', '>='],
  ['x = a && b', 'and'],
  ['x = a || b', 'or'],
  ["x = 'a'", '"…"'],
  ['x = ‘a’', '"…"'],
  ['x = "a', '"a"'],
  ['x = “a', '“a”'],
  ['x = [a b', '[a b]'],
  ['x = .5', '0.5'],
  ['x = a not in (1, 2)', 'not … in (…)'],
  ['x := 3', '='],
  ['x = 1 from 2026-1-1', '2026-01-01'],
  ['x = 1 from 2026/1/31', '2026-01-31'],
  ['x = 1 自 2026年3月1日 起', '2026-03-01'],
  ['x = 2026-01-01 9:30', '2026-01-01 09:30'],
  ['x = 1 form 2026-01-01', 'from'],
  ['x = 1 自2026-01-01', '自 2026'],
  ['x = 1 untill 2026-01-01', 'until'],
  ['x = sum(T[a] wher b = 1)', 'where'],
  ['bnad b\n  otherwise -> 1', 'band'],
  ['tabel T key id', 'table'],
  ['每个员工\n  x = 1', '每个 员工'],
  ['分档响应得分\n  其余 -> 1', '分档 响应得分'],
  ['band b\n  upto 1 -> 2', 'up to'],
  ['band b\n  at_least 1 -> 2', 'at least'],
  ['band b\n  othrwise -> 2', 'otherwise'],
  ['分档 b\n  不超过1 -> 2', '不超过 1'],
  ['band b\n  up to 1 => 2', '->'],
  ['score s for T skip blanks\n  100% x', 'skip blank'],
  ['share p amongst T by w as r', 'among'],
  ['statement s for T\n  ad x', 'add'],
  ['band b\n  up to 1: 2', '->'],
  ['分档 b\n  不超过 1：2', '->'],
  ['band b\n  up to 1 = 2', '->'],
  ['x = 15 %', '15%'],
  ['x = 1.5 % + 1', '1.5%'],
  ['x = AND(a, b)', '… and …'],
  ['x = OR(a, b)', '… or …'],
  ['statement s for T\n  add base Base', '"Base"'],
  ['statement s for T\n  less tax * 2 Income tax', '"Income tax"'],
  ['check pool > 0 "neg"', ', "neg"'],
];

describe('hints', () => {
  it.each(ROWS)('%s → %s', (source, hint) => {
    const { problems } = parse(source);
    expect(problems.map((p) => (p.code === 'syntax' ? p.hint : p.code))).toEqual([hint]);
  });

  it.each(['x = a b', 'x = 1 2', 'x = )', 'pool bonus'])('none where nothing can be told: %s', (source) => {
    const [problem] = parse(source).problems;
    expect(problem?.code === 'syntax' && problem.hint).toBeUndefined();
  });

  it('say which label or comma is left out', () => {
    expect(parse('statement s for T\n  add base Base').problems[0]).toMatchObject({ expected: ['text'] });
    expect(parse('check pool > 0 "neg"').problems[0]).toMatchObject({ expected: [','] });
  });

  it.each([
    ['m = 5 * (3 + 2', 15],
    ['m = (3 + 2', 11],
    ['m = base * (1 + rate', 21],
    ['m = a in (1, 2', 15],
    ['m = max(1, 2', 13],
  ])('one past the end a closing parenthesis is missing: %s', (source, at) => {
    expect(parse(source).problems).toEqual([
      { code: 'syntax', reason: 'missing', expected: [')'], span: { line: 0, start: at, end: at } },
    ]);
  });

  it('an operator without its right side still misses a value', () => {
    expect(parse('m = (3 + ').problems[0]).toMatchObject({ reason: 'missing', expected: ['value'] });
  });

  it('name what could stand there, in the terms of the keyword table', () => {
    const [problem] = parse('share p amongst T by w as r').problems;
    expect(problem).toMatchObject({ found: 'amongst', expected: ['among'] });
    expect(parse('x =').problems[0]).toMatchObject({ reason: 'missing', expected: ['value'] });
    expect(parse('score s Staff\n  100% x').problems[0]).toMatchObject({ expected: ['for'] });
  });
});

import { describe, expect, it } from 'vitest';
import { formatText, linesOfSheet, parseRules, printRules } from '../../grammar/index.ts';
import { parse } from './marked.ts';

const nested = (open: string, n: number, close: string): string => `x = ${open.repeat(n)}1${close.repeat(n)}`;

describe('how deep a line may be', () => {
  it.each([
    ['parentheses', nested('(', 200, ')')],
    ['calls', nested('abs(', 200, ')')],
    ['lists', nested('1 in (', 200, ')')],
    ['signs', `x = ${'-'.repeat(200)}1`],
    ['nots', `x = ${'not '.repeat(200)}a`],
    ['operators', `x = 1${' + 1'.repeat(1000)}`],
    ['arguments', `x = f(${'1, '.repeat(20_000)}1)`],
  ])('%s within the limit are read and printed', (_, text) => {
    const file = parse(text);
    expect(file.problems).toEqual([]);
    expect(parse(formatText(printRules(file))).problems).toEqual([]);
  });

  it.each([
    ['parentheses', nested('(', 201, ')'), 205],
    ['many parentheses', `x = ${'('.repeat(100_000)}`, 205],
    ['calls', nested('f(', 100_000, ')'), 406],
    ['signs', `x = ${'-'.repeat(100_000)}1`, 205],
    ['nots', `x = ${'not '.repeat(201)}a`, 5 + 200 * 4],
    ['operators', `x = 1${' + 1'.repeat(1001)}`, 7 + 1000 * 4],
    ['a sum of 50,000', `x = 1${' + 1'.repeat(50_000)}`, 7 + 1000 * 4],
  ])('%s beyond it are a problem', (_, text, at) => {
    const { problems, items } = parse(text);
    expect(problems).toMatchObject([{ code: 'syntax', reason: 'too-deep', span: { line: 0, start: at } }]);
    expect(items).toEqual([]);
  });

  it.each([
    'a',
    '1',
    '"',
    '“',
    '[',
    '[@',
    '(',
    ')',
    ' ',
    '-',
    '#',
    '，',
    '、',
    '1,000,',
    '½',
    '𠀀',
    '2026-01-31 ',
    'f(',
    '\t',
    'up to ',
    '= ',
    '\ud800',
    '\u0000',
  ])('a megabyte of %j is no crash', (piece) => {
    const text = piece.repeat(Math.floor(1_000_000 / piece.length));
    for (const line of [`x = ${text}`, text.slice(0, 50_000), `band b\n  ${text.slice(0, 50_000)}`]) {
      const file = parse(line);
      for (const problem of file.problems.slice(0, 10))
        expect(JSON.stringify(problem).length).toBeLessThan(1000);
      if (file.problems.length > 1000) break;
    }
  });

  it('a file of a thousand rules is read whole', () => {
    const lines = Array.from(
      { length: 1000 },
      (_, i) => `r${i} = sum(Sales[amount] where seller = id and x > ${i}) * 2`,
    );
    expect(parse(lines.join('\n')).items.length).toBe(1000);
  });

  it('a line break within a cell is no way to hide a rule', () => {
    const file = parseRules(linesOfSheet('Rules', [{ depth: 0, text: 'x = 1\ny = 2' }]));
    expect(file.problems).toMatchObject([{ reason: 'bad-character', span: { line: 0, start: 6, end: 6 } }]);
  });
});

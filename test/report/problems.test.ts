import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/problems/problem.ts';
import { problemsText } from '../../src/report/problems.ts';
import { widthOf } from '../../src/report/width.ts';
import type { RuleLine } from '../../src/workbook/port.ts';
import { checked } from './ran.ts';

const textOf = (rules: string, language: 'en' | 'zh-CN' = 'en'): string => {
  const { workbook, problems } = checked(
    {
      Staff: [
        ['id', '工资'],
        ['1', 2],
      ],
    },
    rules,
  );
  return problemsText(problems, workbook.rules, language);
};

describe('problems for people', () => {
  it('show the line and what is pointed at in it', () => {
    expect(textOf('salary = 1\npay = salry * 2')).toBe(
      [
        'Rules.allot:2:7-11  error unknown-name: Nothing is called “salry”. Did you mean salary?',
        '    pay = salry * 2',
        '          ^^^^^',
        '',
        '1 error.',
        '',
      ].join('\n'),
    );
  });

  it('point under Chinese characters, which are two places wide', () => {
    const [head = '', line = '', carets = ''] = textOf('每个 Staff\n  合计 = 工资 + 奖金', 'zh-CN').split(
      '\n',
    );
    expect(head).toContain('Rules.allot:2:13-14  错误 unknown-name：');
    expect(line).toBe('    合计 = 工资 + 奖金');
    // 4 places of margin, `合计 = 工资 + ` is 4 + 3 + 4 + 3 places wide.
    expect(carets).toBe(`${' '.repeat(4 + 14)}^^^^`);
  });

  it('point one past the end where something is missing', () => {
    const [, line = '', carets = ''] = textOf('a = 1 +').split('\n');
    expect(carets.indexOf('^')).toBe(line.length);
  });

  it('cut long lines around what is pointed at', () => {
    const long = `a = ${'1 + '.repeat(100)}nope + ${'2 + '.repeat(100)}3`;
    const [, line = '', carets = ''] = textOf(long).split('\n');
    expect(widthOf(line)).toBeLessThan(120);
    const at = carets.indexOf('^');
    expect(line.slice(at, at + 4)).toBe('nope');
    expect(carets.trim()).toBe('^^^^');
    expect(line.trim()).toMatch(/^….*…$/);
  });

  it('cut what is pointed at where it is long itself', () => {
    const line: RuleLine = {
      place: { kind: 'text', file: 'R.allot', line: 1 },
      depth: 0,
      text: `a = (${'1 + '.repeat(500)}1)`,
    };
    const problem: Problem = {
      code: 'division-by-zero',
      severity: 'error',
      at: { kind: 'rule', line: line.place, start: 5, end: line.text.length },
    };
    const [, shown = '', carets = ''] = problemsText([problem], [line], 'en').split('\n');
    expect(widthOf(shown)).toBeLessThan(110);
    expect(widthOf(carets)).toBeLessThan(110);
    expect(carets.indexOf('^')).toBe(shown.indexOf('('));
    expect(shown).toMatch(/…$/);
  });

  it('quote no line that is empty', () => {
    const place = { kind: 'cell', sheet: 'Rules', row: 3, column: 1 } as const;
    const problem: Problem = {
      code: 'syntax',
      reason: 'formula',
      severity: 'error',
      at: { kind: 'rule', line: place, start: 1, end: 1 },
    };
    const text = problemsText([problem], [{ place, depth: 0, text: '' }], 'en');
    expect(text).toMatch(/^Rules!A3:1 {2}error syntax: .*\n\n1 error\.\n$/);
  });

  it('go from top to bottom of a sheet', () => {
    const at = (sheet: string, row: number): Problem => ({
      code: row === 6 ? 'blank-value' : 'too-large',
      severity: 'error',
      at: { kind: 'cell', sheet, row, column: 2 },
    });
    const text = problemsText([at('T', 8), at('S', 5), at('T', 6), at('S', 4)], [], 'en');
    expect(text.match(/^[ST]!B\d/gm)).toEqual(['T!B6', 'S!B4', 'S!B5', 'T!B8']);
  });

  it('put errors before warnings and count both', () => {
    const text = textOf('band b\n  up to 1 -> 1\nx = nope');
    expect(text.indexOf('unknown-name')).toBeLessThan(text.indexOf('band-open-ended'));
    expect(text).toMatch(/\n1 error, 1 warning\.\n$/);
  });

  it('show a few of many that are alike', () => {
    const many = Array.from(
      { length: 1000 },
      (_, i): Problem => ({
        code: 'blank-value',
        severity: 'error',
        at: { kind: 'cell', sheet: 'Staff', row: i + 2, column: 2 },
        rule: 'pay',
        key: String(i),
      }),
    );
    const other: Problem = { code: 'division-by-zero', severity: 'error', rule: 'other' };
    const text = problemsText([...many, other], [], 'en');
    expect(text.match(/blank-value/g)).toHaveLength(5);
    expect(text).toContain('… 995 more like this');
    expect(text).toContain('division-by-zero (rule other)');
    expect(text).toContain('1001 errors.');
  });

  it('send nothing of a file to the terminal but text', () => {
    const line: RuleLine = {
      place: { kind: 'text', file: 'R\u001b[2J.allot', line: 1 },
      depth: 0,
      text: 'a\t=\u001b[31m x',
    };
    const problem: Problem = {
      code: 'unknown-name',
      name: 'x',
      severity: 'error',
      rule: 'a\u0007',
      key: '\u001b]0;title\u0007',
      at: { kind: 'rule', line: line.place, start: 10, end: 10 },
    };
    expect(problemsText([problem], [line], 'en')).not.toMatch(/[^\P{Cc}\n]/u);
  });
});

import { describe, expect, it } from 'vitest';
import { broken, noDate } from '../../src/live/answers.ts';
import { book } from '../support/book.ts';
import { answererOf, band, explain, messageOf, rowsOf, rule, score, shown, statement } from './answering.ts';

describe('while there are errors', () => {
  const rules = ['each T', '  y = x * 2', '  z = w'].join('\n');
  const inRules = answererOf(
    book(
      {
        T: [
          ['id', 'x'],
          ['a', 1],
        ],
      },
      { rules },
    ),
    '2026-03-31',
  );
  const inData = answererOf(
    book(
      {
        T: [
          ['id', 'x'],
          ['a', 1],
          ['b', null],
          ['c', null],
        ],
      },
      { rules: 'each T\n  y = x * 2' },
    ),
    '2026-03-31',
  );

  it('every function but PROBLEMS shows the first and its place', () => {
    for (const query of [rule('y', 'a'), score('a'), band('b', 1), statement('a'), explain('y', 'a')]) {
      expect(shown(inRules(query))).toBe('#VALUE!');
      expect(messageOf(inRules(query))).toMatch(/^Rules\.allot:3:7: .*w/);
      expect(messageOf(inData(query))).toMatch(/^T!B3: .*1 more: =ALLOT\.PROBLEMS\(\)/);
    }
  });

  it('PROBLEMS lists them under headings, with rule and row', () => {
    const rows = rowsOf(inData({ kind: 'problems' }));
    expect(rows.map(([severity, place]) => [severity, place])).toEqual([
      ['Severity', 'Place'],
      ['error', 'T!B3'],
      ['error', 'T!B4'],
    ]);
    expect(rows[1]?.[2]).toMatch(/\(rule y, row b\)$/);
  });

  it('PROBLEMS lists errors before warnings, and warnings alone stop nothing', () => {
    const ask = answererOf(
      book(
        {
          T: [
            ['id', 'x'],
            ['a', 1],
          ],
        },
        { rules: 'band b\n  up to 1 -> 1\neach T\n  y = b(x)' },
      ),
      '2026-03-31',
    );
    expect(rowsOf(ask({ kind: 'problems' })).map(([severity]) => severity)).toEqual(['Severity', 'warning']);
    expect(shown(ask(rule('y', 'a')))).toBe(1);
  });

  it('PROBLEMS ends after a thousand with how many there are more', () => {
    const many = Array.from({ length: 1002 }, (_, i) => [`k${i}`, null]);
    const ask = answererOf(
      book({ T: [['id', 'x'], ...many] }, { rules: 'each T\n  y = x * 2' }),
      '2026-03-31',
    );
    const rows = rowsOf(ask({ kind: 'problems' }));
    expect(rows).toHaveLength(1002);
    expect(rows.at(-1)).toEqual([null, null, '… 2 more']);
  });
});

describe('without a date or a program', () => {
  it('cells show #N/A and #VALUE! with what to do', () => {
    expect(noDate('en')).toMatchObject({ error: '#N/A', message: expect.stringContaining('Run') });
    expect(noDate('zh-CN').message).toContain('计薪日');
    const at = { kind: 'cell', sheet: 'T', row: 2, column: 1 } as const;
    expect(broken([{ severity: 'error', code: 'blank-key', table: 'T', at }], 'en')).toMatchObject({
      error: '#VALUE!',
      message: expect.stringMatching(/^T!A2: /),
    });
  });
});

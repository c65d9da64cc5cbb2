import { describe, expect, it } from 'vitest';
import { parseRules } from '../../../grammar/index.ts';
import type { Problem } from '../../../src/problems/problem.ts';
import { checkRules } from '../../../src/rules/check.ts';
import { fixOf, marksOf, rulesOf, whyFixed } from '../../../src/taskpane/pages/rules/marks.ts';
import { book } from '../../support/book.ts';

const WORKBOOK = book({
  Staff: [
    ['id', 'Base pay'],
    ['A', 1],
  ],
});
const NONE = new Map();

/** What is marked in the sheets' texts, as the characters themselves, with what would be written instead. */
function marked(...texts: readonly string[]) {
  const sheets = texts.map((text, i) => ({ sheet: `Rules ${i + 1}`, lines: text.split('\n'), fixed: NONE }));
  const rules = rulesOf(sheets);
  const { problems } = checkRules(parseRules(rules), { ...WORKBOOK, rules, hasRules: true }, 0);
  return sheets.map((sheet) =>
    marksOf(problems, sheet, 'en').map(
      ({ line, from, to, fix }) =>
        `${line} ${sheet.lines[line - 1]?.slice(from, to)}${fix === null ? '' : ` → ${fix}`}`,
    ),
  );
}

describe('problems as marks in the text', () => {
  it('are at the characters, however deep the line', () => {
    expect(
      marked(`rate = 10%
each Staff
  a = bse_pay * rate
  share rat among Staff by a as b
    cap [@Base pya]`),
    ).toEqual([['3 bse_pay → Base_pay', '4 rat → rate', '5 [@Base pya] → [@Base pay]']]);
  });

  it('are at the characters in full-width text and after tabs', () => {
    expect(marked('each Staff\n\tx ＝ ｎｏｐｅ ＋ １')).toEqual([['2 ｎｏｐｅ']]);
  });

  it('are each in its own sheet; the sheets are one file', () => {
    expect(marked('a = 1\nb = c', 'c = 1\nd = e')).toEqual([[], ['2 e']]);
    expect(marked('a = q', 'band b\n  up to 1 -> 1\n  otherwise -> 2\nx = b(1, 2)')).toEqual([
      ['1 q'],
      ['4 b'],
    ]);
  });

  it('stand under the last character where something is missing', () => {
    expect(marked('a = sum(Staff[id]')).toEqual([['1 ]']]);
  });

  it('know what was meant', () => {
    expect(marked('a = 1,000')).toEqual([['1 1,000 → 1000']]);
    expect(marked('a = rond(1.5)')).toEqual([['1 rond → round']]);
    expect(marked('a = count(Stuff)')).toEqual([['1 Stuff → Staff']]);
    expect(marked('a = sum(Staff[base])')[0]?.[0]).toMatch(/^1 \[base\]/);
    const problem: Problem = { severity: 'error', code: 'unknown-name', name: 'x', suggestion: 'Net (CNY)' };
    expect(fixOf(problem, 'x')).toBe('[Net (CNY)]');
    expect(fixOf({ severity: 'error', code: 'blank-value' }, 'x')).toBeNull();
  });
});

describe('rows that are no text', () => {
  const row = { depth: 1, text: 'x = nope', fixed: true };
  const at = {
    kind: 'rule',
    line: { kind: 'cell', sheet: 'Rules', row: 2, column: 2 },
    start: 1,
    end: 1,
  } as const;

  it('make no problems by what they show', () => {
    const sheet = {
      sheet: 'Rules',
      lines: ['each Staff', '  x = nope', '  y = 1'],
      fixed: new Map([[1, row]]),
    };
    const rules = rulesOf([sheet]);
    expect(checkRules(parseRules(rules), { ...WORKBOOK, rules, hasRules: true }, 0).problems).toEqual([]);
  });

  it('say why, where that is known', () => {
    const problem: Problem = { severity: 'error', code: 'syntax', reason: 'formula', at };
    expect(whyFixed([problem], 'Rules', 2, 'en', 'Fixed.')).toMatch(/^Fixed\. .*formula/);
    expect(whyFixed([problem], 'Rules', 3, 'en', 'Fixed.')).toBe('Fixed.');
    expect(whyFixed([problem], 'Rules 2', 2, 'en', 'Fixed.')).toBe('Fixed.');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatText,
  linesOfSheet,
  linesOfText,
  parseRules,
  printRules,
  sheetCells,
} from '../../grammar/index.ts';
import { type KeywordId, keywordText, type Language } from '../../grammar/keywords.ts';
import { expressionText } from '../../grammar/print-expression.ts';
import { printWith } from '../../grammar/printer.ts';
import type { Expression } from '../../grammar/tree.ts';
import { expression, items, withoutSpans } from './arbitrary.ts';

const RUNS = Number(process.env.ALLOT_RUNS ?? 1000);

type Words = (id: KeywordId) => string;

/** Words of one language, or of both in a fixed pattern. */
function wordsOf(choice: Language | 'mixed'): Words {
  if (choice !== 'mixed') return (id) => keywordText(id, choice);
  let n = 0;
  return (id) => {
    n++;
    return keywordText(id, n % 3 === 0 || n % 7 === 2 ? 'zh' : 'en');
  };
}

const language = fc.constantFrom<(Language | 'mixed')[]>('en', 'zh', 'mixed');

describe('printer and parser', () => {
  it('parse what was printed to the same tree, as text and as sheet', () => {
    fc.assert(
      fc.property(items, language, (tree, choice) => {
        const printed = printWith(tree, wordsOf(choice));
        const text = formatText(printed);
        const fromText = parseRules(linesOfText('Rules.allot', text));
        expect(fromText.problems).toEqual([]);
        expect(withoutSpans(fromText.items)).toEqual(withoutSpans(tree));
        const fromSheet = parseRules(linesOfSheet('Rules', printed));
        expect(withoutSpans(fromSheet.items)).toEqual(withoutSpans(tree));
        expect(formatText(sheetCells(linesOfText('Rules.allot', text)))).toBe(text);
      }),
      { numRuns: RUNS },
    );
  });

  it('print what was printed to the same text, in the language that it has', () => {
    fc.assert(
      fc.property(items, fc.constantFrom<Language[]>('en', 'zh'), (tree, choice) => {
        const text = formatText(printWith(tree, wordsOf(choice)));
        const file = parseRules(linesOfText('Rules.allot', text));
        expect(formatText(printRules(file))).toBe(text);
      }),
      { numRuns: RUNS },
    );
  });

  it('begin no line with what a spreadsheet takes for a formula', () => {
    fc.assert(
      fc.property(items, language, (tree, choice) => {
        for (const { text } of printWith(tree, wordsOf(choice))) expect(text).not.toMatch(/^[=+\-@/']/);
      }),
      { numRuns: RUNS },
    );
  });

  it('put parentheses into trees that have none where they are needed', () => {
    const en = wordsOf('en');
    const bare = (e: Expression): Expression => (e.kind === 'group' ? bare(e.inner) : mapped(e, bare));
    fc.assert(
      fc.property(expression, (tree) => {
        const stripped = bare(tree);
        const file = parseRules(linesOfText('Rules.allot', `x = ${expressionText(stripped, en)}\n`));
        const [rule] = file.items;
        expect(file.problems).toEqual([]);
        expect(rule?.kind === 'rule' && withoutSpans(bare(rule.value))).toEqual(withoutSpans(stripped));
      }),
      { numRuns: RUNS },
    );
  });
});

/** An expression with its parts replaced. */
function mapped(e: Expression, f: (part: Expression) => Expression): Expression {
  switch (e.kind) {
    case 'unary':
      return { ...e, operand: f(e.operand) };
    case 'binary':
      return { ...e, left: f(e.left), right: f(e.right) };
    case 'in':
      return { ...e, operand: f(e.operand), list: e.list.map(f) };
    case 'call':
      return { ...e, args: e.args.map(f), by: e.by && f(e.by), where: e.where && f(e.where) };
    case 'group':
      return { ...e, inner: f(e.inner) };
    default:
      return e;
  }
}

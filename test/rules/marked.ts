import { parseRules } from '../../grammar/index.ts';
import { parseDate } from '../../src/exact/date.ts';
import { placeText } from '../../src/problems/problem.ts';
import { type Checked, checkRules } from '../../src/rules/check.ts';
import type { Workbook } from '../../src/workbook/port.ts';
import { type BookParts, book, type Sheets } from '../support/book.ts';

const MARK = /«([a-z0-9-]+):([^»]*)»/u;

/** Rule text whose problems are marked where they stand: `a = «unknown-name:b» + 1`, an empty mark one past the end. */
export function marked(source: string): { readonly text: string; readonly expected: readonly string[] } {
  const expected: string[] = [];
  const lines = source.split('\n').map((line, index) => {
    let text = line;
    for (let mark = MARK.exec(text); mark !== null; mark = MARK.exec(text)) {
      const [whole, code = '', inside = ''] = mark;
      const start = mark.index + 1;
      const end = mark.index + Math.max(1, inside.length);
      expected.push(`${code} Rules.allot:${index + 1}:${start}${end > start ? `-${end}` : ''}`);
      text = text.slice(0, mark.index) + inside + text.slice(mark.index + whole.length);
    }
    return text;
  });
  return { text: lines.join('\n'), expected };
}

export function checkText(
  text: string,
  sheets: Sheets,
  asOf = '2026-03-31',
  parts: BookParts = {},
): Checked & { readonly workbook: Workbook } {
  const workbook = book(sheets, { ...parts, rules: text });
  return { ...checkRules(parseRules(workbook.rules), workbook, parseDate(asOf) ?? 0), workbook };
}

/** `code place` of each problem, in order. */
export const shown = (checked: Checked): string[] =>
  checked.problems.map(
    (problem) => `${problem.code} ${problem.at === undefined ? '' : placeText(problem.at)}`,
  );

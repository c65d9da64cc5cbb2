import { type Language, message } from '../../../problems/messages/index.ts';
import type { Problem } from '../../../problems/problem.ts';
import { bracketText, writtenName } from '../../../rules/writtenName.ts';
import type { RuleRow } from '../../../workbook/live.ts';
import type { RuleLine } from '../../../workbook/port.ts';
import type { Mark } from './editor/contract.ts';
import { cellsOfText, charactersOf, isCellProblem, rowOf, ruleLines } from './text.ts';

/** A sheet's text as it is being edited. */
export interface EditedSheet {
  readonly sheet: string;
  readonly lines: readonly string[];
  readonly fixed: ReadonlyMap<number, RuleRow>;
}

/** The rules of all sheets as the calculator takes them. */
export function rulesOf(sheets: readonly EditedSheet[]): readonly RuleLine[] {
  return sheets.flatMap(({ sheet, lines, fixed }) => ruleLines(sheet, cellsOfText(lines, fixed), fixed));
}

/** Problems in a sheet's text as marks of its characters. */
export function marksOf(
  problems: readonly Problem[],
  { sheet, lines }: EditedSheet,
  language: Language,
): readonly Mark[] {
  return problems.flatMap((problem) => {
    const row = rowOf(problem, sheet);
    if (row === null || problem.at?.kind !== 'rule' || isCellProblem(problem)) return [];
    const line = lines[row - 1] ?? '';
    const { from, to } = charactersOf(line, problem.at);
    const fix = fixOf(problem, line.slice(from, to));
    return [{ line: row, from, to, severity: problem.severity, text: message(problem, language), fix }];
  });
}

/** What may be written in place of what a problem points at; null where nothing is known to be meant. */
export function fixOf(problem: Problem, written: string): string | null {
  switch (problem.code) {
    case 'thousands-separator':
      return problem.meant;
    case 'unknown-name':
    case 'unknown-table':
    case 'unknown-function': {
      const { suggestion } = problem;
      if (suggestion === undefined) return null;
      const bracket = /^\s*[[［]\s*[@＠]?/u.exec(written)?.[0];
      if (bracket === undefined) return writtenName(suggestion);
      const inside = bracketText(suggestion);
      return inside === null ? null : `[${/[@＠]/u.test(bracket) ? '@' : ''}${inside}]`;
    }
    default:
      return null;
  }
}

/** The message of why a row of a sheet can't be text, or `otherwise`. */
export function whyFixed(
  problems: readonly Problem[],
  sheet: string,
  row: number,
  language: Language,
  otherwise: string,
): string {
  const found = problems.find((problem) => isCellProblem(problem) && rowOf(problem, sheet) === row);
  return found === undefined ? otherwise : `${otherwise} ${message(found, language)}`;
}

import type { RuleFile } from '../../../grammar/tree.ts';
import type { Outcome, Results } from '../../engine/results.ts';
import { type Language, message } from '../../problems/messages/index.ts';
import { type Problem, type ProblemData, placeText } from '../../problems/problem.ts';
import type { Program } from '../../rules/program.ts';
import type { Workbook } from '../../workbook/port.ts';
import { type Answer, type CellValue, errorOf, type FunctionError } from '../queries.ts';
import { cellOfValue } from './cells.ts';

/** A run without errors, and the language that its readers speak. */
export interface AnswerBook {
  readonly program: Program;
  readonly workbook: Workbook;
  readonly results: Results;
  readonly file: RuleFile;
  readonly language: Language;
}

export const oneCell = (value: CellValue): Answer => ({ kind: 'cells', rows: [[value]] });

/** A problem as a cell shows it; `said` is its sentence where it has none of its own. */
export function refusal(data: ProblemData, language: Language, said?: string): FunctionError {
  const error = data.code === 'division-by-zero' ? '#DIV/0!' : errorOf(data);
  return { kind: 'error', error, message: said ?? message(data, language) };
}

/** A problem with its place. */
export function problemLine(problem: Problem, language: Language): string {
  const said = message(problem, language);
  return problem.at === undefined ? said : `${placeText(problem.at)}: ${said}`;
}

export function notAvailable(said: string): FunctionError {
  return { kind: 'error', error: '#N/A', message: said };
}

/** A value as one cell. */
export function outcomeAnswer(outcome: Outcome | undefined, language: Language): Answer {
  if (outcome === undefined) return oneCell(null);
  if (outcome.kind !== 'fault') {
    const cell = cellOfValue(outcome);
    return outcome.kind === 'number' && typeof cell !== 'number'
      ? { kind: 'error', error: '#NUM!', message: message({ code: 'too-large' }, language) }
      : oneCell(cell);
  }
  return { ...refusal(outcome.problem, language), message: problemLine(outcome.problem, language) };
}

/** A value inside a spilled column: an error value of a sheet is shown as its text. */
export function outcomeCell(outcome: Outcome | undefined): CellValue {
  return outcome === undefined || outcome.kind === 'fault' ? null : cellOfValue(outcome);
}

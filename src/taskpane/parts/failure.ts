import { PeriodLocked } from '../../live/periodLocked.ts';
import { type Language, message } from '../../problems/messages/index.ts';
import { type Place, type Problem, placeText } from '../../problems/problem.ts';
import type { CellAddress } from '../../workbook/live.ts';
import { paneWords } from '../words.ts';

/** What a person is told of something that was thrown: the problem of a book, that it was cancelled, or that we erred. */
export function failureText(error: unknown, language: Language): string {
  const w = paneWords(language);
  const problem = problemOf(error);
  if (problem !== null) return problemSentence(problem, language);
  if (error instanceof PeriodLocked) return w.periodLocked(error.asOf, error.run);
  if (error instanceof Error && error.name === 'AbortError') return w.cancelled;
  return w.crash(error instanceof Error ? error.message : String(error));
}

/** The problem that a refusal carries. What comes from a worker has lost its class, not its data. */
function problemOf(error: unknown): Problem | null {
  if (typeof error !== 'object' || error === null || !('problem' in error)) return null;
  const { problem } = error;
  return typeof problem === 'object' && problem !== null && 'code' in problem ? (problem as Problem) : null;
}

/** A problem with its place before it. */
export function problemSentence(problem: Problem, language: Language): string {
  const said = message(problem, language);
  const colon = language === 'en' ? ': ' : '：';
  return problem.at === undefined ? said : placeText(problem.at) + colon + said;
}

/** The cell of a place; null for a file's line or a file, which no workbook can show. */
export function cellOf(place: Place): CellAddress | null {
  switch (place.kind) {
    case 'cell':
      return { sheet: place.sheet, row: place.row, column: place.column };
    case 'rule': {
      const { line } = place;
      return line.kind === 'cell' ? { sheet: line.sheet, row: line.row, column: line.column } : null;
    }
    case 'file':
      return null;
    default: {
      const never: never = place;
      return never;
    }
  }
}

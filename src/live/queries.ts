import type { ProblemData } from '../problems/problem.ts';

/** What a cell holds when a function is called, and what it gets back. Dates are serial numbers; null is an empty cell. */
export type CellValue = number | string | boolean | null;

/** What a function of the workbook's rules asks. `asOf`: a date as a function got it, in milliseconds; null for the run's. */
export type Query =
  | {
      readonly kind: 'rule';
      readonly name: string;
      readonly key: CellValue;
      /** Without a key: a scalar's value, or the whole column. */
      readonly asOf: number | null;
    }
  | {
      readonly kind: 'score';
      readonly member: CellValue;
      readonly column: string | null;
      readonly asOf: number | null;
    }
  | { readonly kind: 'band'; readonly band: string; readonly value: CellValue; readonly asOf: number | null }
  | { readonly kind: 'statement'; readonly key: CellValue; readonly asOf: number | null }
  | { readonly kind: 'explain'; readonly name: string; readonly key: CellValue; readonly asOf: number | null }
  | { readonly kind: 'problems' };

/** Rows of cells, at least one by one; or an error value of Excel with a message in the reader's language. */
export type Answer =
  | { readonly kind: 'cells'; readonly rows: readonly (readonly CellValue[])[] }
  | FunctionError;

export interface FunctionError {
  readonly kind: 'error';
  /** Excel shows messages with the first two only. */
  readonly error: '#VALUE!' | '#N/A' | '#NUM!' | '#DIV/0!';
  readonly message: string;
}

/** What a problem of the rules or data shows as in a cell. */
export function errorOf(problem: ProblemData): FunctionError['error'] {
  return problem.code === 'not-found' || problem.code === 'unknown-name' ? '#N/A' : '#VALUE!';
}

import type { Outcome, ShareResult } from '../results.ts';

/**
 * Values that were computed already. Undefined where they were not: the evaluator then computes them. A table whose
 * `counts` says so of every row has no row at fault.
 */
export interface Known {
  scalar?(id: number): Outcome | undefined;
  /** Of a row that counts. */
  cell?(column: number, row: number): Outcome | undefined;
  counts?(table: number, row: number): boolean | undefined;
  share?(id: number, of: number | null): ShareResult | undefined;
}

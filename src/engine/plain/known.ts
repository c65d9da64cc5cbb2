import type { Value } from '../../exact/value.ts';
import type { Aggregate, Expr } from '../../rules/program.ts';
import type { Outcome, ShareResult } from '../results.ts';
import type { Env, Reading } from './reading.ts';

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
  /** What an expression comes to where that is given rather than computed: the rows behind it are not there. */
  figure?(expr: Expr, env: Env): Figure | undefined;
  /** Rows of a table that count, rising. */
  rows?(table: number): readonly number[] | undefined;
  /** By identity of its key: the first row of a table that has it, whether it counts or not. */
  keys?(table: number): ReadonlyMap<string, number> | undefined;
  /** Rows that count, rising, without such as a condition of an aggregate is FALSE at for certain. */
  visit?(where: Expr, env: Env): readonly number[] | undefined;
  /** What an aggregate comes to, without a walk over its rows. */
  total?(expr: Aggregate, env: Env): Reading | undefined;
}

/** A given value, and how many rows an aggregate ran over: those that matched, and those passed over for a blank. */
export interface Figure {
  readonly value: Value;
  readonly rows: number;
  readonly blank: number;
}

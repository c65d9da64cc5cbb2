import type { Rational } from '../exact/rational.ts';
import type { Value } from '../exact/value.ts';
import type { Place, Problem } from '../problems/problem.ts';

/** A value, or the first cause of why there is none. */
export type Outcome = Value | Fault;

export interface Fault {
  readonly kind: 'fault';
  readonly problem: Problem;
}

/**
 * What a run of a program gives. Both evaluators give the same.
 * With any error among `problems` nothing may be paid: callers print the problems only.
 */
export interface Results {
  readonly asOf: number;
  /** By table of the workbook: which of its rows count. */
  readonly tables: readonly TableResult[];
  /** By scalar of the program. */
  readonly scalars: readonly Outcome[];
  /** By computed column of the program. */
  readonly columns: readonly ResultColumn[];
  /** One a pool, in the program's order of shares, then in row order of the `each`. */
  readonly shares: readonly ShareResult[];
  /** Errors and warnings, each first cause once, in the order of places in the rules and rows. */
  readonly problems: readonly Problem[];
}

export interface TableResult {
  /** Rows of the sheet table that count, rising. */
  readonly rows: Uint32Array;
  readonly excluded: number;
}

export interface ResultColumn {
  /** The outcome of a sheet row that counts; blank where no definition covers it. */
  at(row: number): Outcome;
}

export interface ShareResult {
  /** Index into the program's shares. */
  readonly share: number;
  /** Row of the `each`'s table whose pool this is; null at depth 0. */
  readonly of: number | null;
  readonly pool: Rational;
  readonly unit: Rational;
  /** In money: whole units times the unit. settled = shared + unallocated. */
  readonly settled: Rational;
  readonly shared: Rational;
  readonly unallocated: Rational;
  readonly members: readonly ShareMember[];
  /** The level at which clamped weights add to the pool; null where caps left some, or there was nothing to find. */
  readonly level: Rational | null;
}

export interface ShareMember {
  readonly row: number;
  readonly weight: Rational;
  /** In whole units of the unit; null where there is none. */
  readonly floor: bigint | null;
  readonly cap: bigint | null;
  /** Exact quota in units before the remainders were given out; null for members at their floor or cap. */
  readonly quota: Rational | null;
  /** Whole units received. */
  readonly units: bigint;
  /** What decided it. */
  readonly by: 'floor' | 'cap' | 'quota' | 'remainder' | 'none';
}

/** A cell that a blank came from, or that an operand is. */
export type CellPlace = Extract<Place, { kind: 'cell' }>;

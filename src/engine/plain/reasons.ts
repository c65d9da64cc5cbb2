import type { Rational } from '../../exact/rational.ts';
import type { Value } from '../../exact/value.ts';
import type { Place } from '../../problems/problem.ts';
import type { Aggregate } from '../../rules/program.ts';
import type { CellPlace, Outcome, ShareMember } from '../results.ts';

/** What is to be explained: a scalar rule, or a computed column at a row that counts. */
export type Target =
  | { readonly kind: 'scalar'; readonly scalar: number }
  | { readonly kind: 'column'; readonly column: number; readonly row: number };

/**
 * Why a value is what it is: a tree from the value down to cells, as data. The children of a rule are the named
 * things that its expression read, in that order; what was not read (the other side of an `if`) is not there.
 */
export type Reason = Common & Kinds;

interface Common {
  /** The value, or the problem that stands in its place. */
  readonly outcome: Outcome;
  /** The cell that a blank came from. */
  readonly origin?: CellPlace;
  readonly children: readonly Reason[];
  /** Shown in full elsewhere in the same tree, further up: not repeated here. */
  readonly seen?: true;
  /** There is more below, beyond the depth or the number of reasons asked for. */
  readonly cut?: true;
}

type Kinds =
  | ScalarReason
  | ColumnReason
  | CellReason
  | NameReason
  | AsOfReason
  | BandReason
  | AggregateReason
  | LookupReason
  | RankReason
  | RowReason
  | InputReason
  | ComponentReason
  | ShareReason
  | PartReason;

/** A scalar rule; `at` is where it is defined. */
export interface ScalarReason {
  readonly kind: 'scalar';
  readonly name: string;
  readonly at: Place;
}

/** A computed column at a row: its definition's kind, or `none` where no definition covers the row. */
export interface ColumnReason extends RowName {
  readonly kind: 'column';
  readonly name: string;
  readonly by: 'rule' | 'score' | 'statement' | 'share' | 'rest' | 'none';
  readonly at: Place;
}

interface RowName {
  readonly table: string;
  /** Index of the row in its table. */
  readonly row: number;
  readonly key: string;
}

/** A sheet cell. */
export interface CellReason extends RowName {
  readonly kind: 'sheet';
  readonly name: string;
  readonly cell: CellPlace;
}

/** A defined name's cell. */
export interface NameReason {
  readonly kind: 'name';
  readonly name: string;
  readonly cell: CellPlace;
}

export interface AsOfReason {
  readonly kind: 'asOf';
}

/** A band: its argument, and the line that matched or, in a marginal one, the slices. Children explain the argument and the line's value. */
export interface BandReason {
  readonly kind: 'band';
  readonly name: string;
  readonly at: Place;
  readonly argument: Outcome;
  readonly marginal: boolean;
  /** Null where none matched. */
  readonly line: MatchedLine | null;
  readonly slices: readonly SliceReason[];
}

export interface MatchedLine {
  readonly at: Place;
  readonly test:
    | { readonly kind: 'upTo' | 'below' | 'atLeast' | 'above'; readonly bound: Value }
    | { readonly kind: 'texts'; readonly texts: readonly string[] }
    | { readonly kind: 'otherwise' };
}

/** The part of the argument that lies in one tier: amount × rate. */
export interface SliceReason {
  readonly line: MatchedLine;
  readonly amount: Rational;
  readonly rate: Outcome;
}

/** An aggregate; children are its first rows. With a row at fault, that row alone. */
export interface AggregateReason {
  readonly kind: 'aggregate';
  readonly fn: Exclude<Aggregate['fn'], 'lookup' | 'find' | 'last'>;
  readonly table: string;
  readonly at: Place;
  /** Rows that matched its `where`. */
  readonly rows: number;
  /** Those among them that were passed over because of a blank. */
  readonly blank: number;
  /** Rows beyond the children. */
  readonly more: number;
}

/** A lookup by key or condition, or `last`; the row found is in `found`. Children: the key, then the row. */
export interface LookupReason {
  readonly kind: 'lookup';
  readonly fn: 'lookup' | 'find' | 'last';
  readonly table: string;
  readonly at: Place;
  readonly found: RowName | null;
}

/** A rank among `rows` rows that have one. */
export interface RankReason {
  readonly kind: 'rank';
  readonly table: string;
  readonly at: Place;
  readonly rows: number;
}

/** One row of an aggregate: its value, its weight in a weighted average. */
export interface RowReason extends RowName {
  readonly kind: 'row';
  readonly cell: CellPlace;
  readonly weight?: Outcome;
}

/** One line of a score. `weight` is as written, `counted` what it counts after blanks are passed over; null if it is one. */
export interface InputReason {
  readonly kind: 'input';
  readonly at: Place;
  readonly weight: Rational;
  readonly counted: Rational | null;
  /** counted × value. */
  readonly points: Rational | null;
}

/** One line of a statement. */
export interface ComponentReason {
  readonly kind: 'component';
  readonly at: Place;
  readonly sign: 'add' | 'less';
  readonly label: string | null;
}

/** What one pool gave a member (`member` set), or what it left over. The outcome is that amount, in money. */
export interface ShareReason {
  readonly kind: 'share';
  readonly name: string;
  readonly at: Place;
  /** Row of the `each` whose pool it is. */
  readonly of: RowName | null;
  /** Null where the pool is at fault. */
  readonly settlement: Settlement | null;
  readonly member: ShareMember | null;
}

export interface Settlement {
  readonly pool: Rational;
  readonly unit: Rational;
  readonly settled: Rational;
  readonly shared: Rational;
  readonly unallocated: Rational;
  readonly level: Rational | null;
  readonly members: number;
  /** Sum of all members' weights. */
  readonly weights: Rational;
  /** Members at neither floor nor cap: how many, the sum of their weights, the whole units that they divide. */
  readonly open: { readonly members: number; readonly weights: Rational; readonly units: bigint };
}

/** A part of a rule that is no value of its own: its children are what it read. */
export interface PartReason {
  readonly kind: 'part';
  readonly role: 'where' | 'pool' | 'unit' | 'weight' | 'floor' | 'cap' | 'argument' | 'value' | 'key';
  readonly at: Place;
}

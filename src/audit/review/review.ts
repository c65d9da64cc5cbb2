import type { Rational } from '../../exact/rational.ts';
import type { Value } from '../../exact/value.ts';
import type { Place } from '../../problems/problem.ts';
import type { HiddenPlace } from '../../workbook/port.ts';

/** What an auditor wants to know of a rule file over a book on a day. Plain data. */
export interface Review {
  /** Whole milliseconds. */
  readonly asOf: number;
  /** Errors of the run: with any, nothing is paid, and amounts are not told. */
  readonly errors: number;
  readonly rules: readonly ReviewedRule[];
  readonly checks: number;
  readonly leftOut: readonly LeftOut[];
  /** Null where the host of the book can't tell. */
  readonly hidden: readonly HiddenPlace[] | null;
  readonly results: ResultCheck;
}

export type RuleKind = 'scalar' | 'column' | 'band' | 'score' | 'share' | 'statement';

/** A rule in all its versions: definitions of the same scalar or band, or of a column under the same condition. */
export interface ReviewedRule {
  readonly name: string;
  readonly kind: RuleKind;
  /** Its table; null for scalars and bands. */
  readonly table: string | null;
  /** Its condition as written; null where it has none. */
  readonly where: string | null;
  readonly versions: readonly RuleVersion[];
  /** Rows that the version in force covers: members of a share; null where rows don't apply, or none is in force. */
  readonly rows: number | null;
  /** What reads it, by name: rules, shares, statements, `check`. */
  readonly usedBy: readonly string[];
  readonly money: RuleMoney | null;
  /** Of a band in force: how often each line decided, in order. */
  readonly lines: readonly LineCount[];
}

export interface RuleVersion {
  readonly at: Place;
  /** Its lines as written. */
  readonly text: readonly string[];
  readonly from: string | null;
  readonly until: string | null;
  readonly inForce: boolean;
  /** Numbers, texts and dates that are written into it. */
  readonly constants: readonly { readonly text: string; readonly at: Place }[];
}

/**
 * By how much money a rule matters: the amounts of all statement components, without their signs, that depend on it
 * however indirectly, and what all shares that depend on it gave. A share's own amounts count among `shares`. What a
 * share gave and a statement pays out is in both: they don't add up.
 */
export interface RuleMoney {
  readonly statements: Rational;
  readonly shares: Rational;
}

export interface LineCount {
  readonly at: Place;
  readonly text: string;
  readonly hits: number;
}

/** Rows of a table that don't count, by the first part of its condition that they fail. */
export interface LeftOut {
  readonly table: string;
  readonly at: Place | null;
  readonly condition: string;
  /** All rows of the table. */
  readonly of: number;
  readonly rows: number;
  /** The first of their keys. */
  readonly keys: readonly string[];
}

/** How the results in the book stand to what a run gives. */
export type ResultCheck =
  /** The book has no results, or the run has errors. */
  | { readonly kind: 'none' }
  /** They are those of another day. */
  | { readonly kind: 'other-day'; readonly asOf: Value }
  | { readonly kind: 'compared'; readonly sheets: number; readonly changed: readonly ChangedCell[] };

export interface ChangedCell {
  readonly at: Place;
  readonly kind: 'cell' | 'formula' | 'row-missing' | 'row-added';
  readonly key: string;
  readonly heading: string;
  /** Null where there is no such row. */
  readonly result: Value | null;
  readonly found: Value | null;
}

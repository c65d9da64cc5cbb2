import type { CellPlace } from '../engine/results.ts';
import type { Place, Problem } from '../problems/problem.ts';
import type { Evaluation, ShareSummary } from './protocol.ts';

export type { ReasonView };

import type { ReasonView } from '../report/reasonView.ts';

/** One pool: a summary and its members, column by column, all of the same length; in row order. */
export interface ShareView extends ShareSummary {
  readonly unit: string;
  readonly level: string | null;
  readonly members: number;
  readonly keys: readonly string[];
  /** Texts of the table's first text columns beside the key (a name, a department), to search and to group by. */
  readonly labels: readonly { readonly heading: string; readonly texts: readonly string[] }[];
  /** As shown; for sorting and charts there is the closest double. */
  readonly weights: readonly string[];
  readonly weightNumbers: Float64Array;
  /** Exact quota in money before the remainders; empty text for those at floor or cap. */
  readonly quotas: readonly string[];
  readonly floors: readonly string[];
  readonly caps: readonly string[];
  readonly by: readonly ('floor' | 'cap' | 'quota' | 'remainder' | 'none')[];
  readonly amounts: readonly string[];
  readonly amountNumbers: Float64Array;
  /** Where each member's row is. */
  readonly cells: readonly CellPlace[];
}

/** A literal in a rule's line: a rate, a weight of a score, a floor or cap, a band's bound or value. */
export interface Parameter {
  /** `pool_rate`, `support · 45% response`, `reward · cap`. */
  readonly label: string;
  readonly role: 'scalar' | 'weight' | 'floor' | 'cap' | 'band' | 'other';
  /** As written in the rules: `12%`. */
  readonly text: string;
  /** Characters of the literal. */
  readonly at: Extract<Place, { kind: 'rule' }>;
}

export interface WhatIfChange {
  readonly at: Extract<Place, { kind: 'rule' }>;
  readonly text: string;
}

export interface WhatIf {
  readonly evaluation: Evaluation;
  /** Null where the changed rules have errors, which are among the evaluation's problems. */
  readonly share: ShareView | null;
  /** Changed amounts, by key, in row order; amounts as plain decimals. */
  readonly changes: readonly {
    readonly key: string;
    readonly before: string;
    readonly after: string;
    readonly difference: string;
    readonly differenceNumber: number;
  }[];
  readonly winners: number;
  readonly losers: number;
  /** Sum of the differences, a plain decimal. */
  readonly total: string;
  /** Lines of the rules with the changes in them, for writing. */
  readonly lines: readonly { readonly at: Extract<Place, { kind: 'rule' }>['line']; readonly text: string }[];
  readonly problems: readonly Problem[];
}

/** A row's pay with its sources. */
export interface StatementView {
  readonly name: string;
  readonly key: string;
  readonly labels: readonly { readonly heading: string; readonly text: string }[];
  readonly asOf: number;
  readonly lines: readonly StatementLineView[];
  readonly total: string;
}

export interface StatementLineView {
  readonly sign: 'add' | 'less';
  readonly item: string;
  readonly amount: string;
  /** The rule in words of the rules, and where it is. */
  readonly source: string;
  readonly place: Place;
  /** First steps of how it came about. */
  readonly reasons: readonly ReasonView[];
}

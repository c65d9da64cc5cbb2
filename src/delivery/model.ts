import type { Refusal } from '../audit/index.ts';
import type { Rational } from '../exact/rational.ts';
import type { Value } from '../exact/value.ts';
import type { Problem } from '../problems/problem.ts';
import type { ListPlace } from '../sources/listSheet.ts';
import type { FaultReason, Options } from '../sources/model.ts';

export type { Options };

/** Where paid amounts go to. */
export const KINDS = ['csv', 'postgresql', 'mysql', 'rest', 'voucher'] as const;
export type DeliveryKind = (typeof KINDS)[number];

/** A row of the sheet `Deliveries`. */
export interface Destination {
  readonly name: string;
  readonly kind: DeliveryKind;
  /** A path from the workbook's folder, an address, or `host:port/database`; `{run}`, `{number}` and `{as-of}` may stand in it. */
  readonly location: string;
  /** Statements and shares, `net` or `Staff[net]`. */
  readonly what: readonly string[];
  readonly mapping: readonly Field[];
  readonly accounts: Options;
  readonly options: Options;
  readonly at: DeliveryPlace;
}

/** A row of the sheet `Deliveries`. */
export type DeliveryPlace = ListPlace;

/** What we know of every amount, by the words of the mapping. */
export const OWN = ['run', 'statement', 'member', 'amount', 'as_of', 'kind', 'number'] as const;
export type Own = (typeof OWN)[number];

/** A field of theirs and what fills it: something of ours, or a column of the table whose rows are paid. */
export interface Field {
  readonly field: string;
  readonly from:
    | { readonly kind: 'own'; readonly own: Own }
    | { readonly kind: 'column'; readonly heading: string };
}

/** A paid run, or an adjustment of one, whose record is intact. */
export interface Paying {
  readonly kind: 'payment' | 'adjustment';
  /** Of its row in the ledger. */
  readonly number: string;
  /** The digest of this row: what tells it from every other run, of this workbook and others. */
  readonly run: string;
  /** `2026-03-31`. */
  readonly asOf: string;
  /** The number of the run that an adjustment adjusts; null for a payment. */
  readonly adjusts: string | null;
}

/** An amount that was paid. */
export interface Payment {
  readonly table: string;
  /** The statement or share. */
  readonly statement: string;
  /** The key of the row, as people read it. */
  readonly member: string;
  readonly amount: Rational;
}

/** What is sent: a table of values under the names of fields. */
export interface Content {
  readonly fields: readonly ContentField[];
  readonly rows: readonly (readonly Value[])[];
  /** Decimals that amounts are written with; null: as many as they need. */
  readonly decimals: number | null;
  /** What it all comes to, exactly, by statement. */
  readonly totals: readonly (readonly [statement: string, total: Rational])[];
  /** Amounts that it stands for. */
  readonly amounts: number;
  /** Of the canonical form of fields and rows. */
  readonly digest: string;
}

export interface ContentField {
  readonly name: string;
  /** What of ours it is; `other` for a column of a table, or of a voucher. */
  readonly own: Own | 'other';
}

type Kind<K extends string, D = unknown> = { readonly kind: K } & Readonly<D>;

/** Why nothing at all is delivered. */
export type Stop =
  | Kind<'no-sheet', { sheets: readonly string[] }>
  | Kind<'no-column', { at: DeliveryPlace; heading: string }>
  | Kind<'bad-cell', { at: DeliveryPlace; heading: string; text: string; known: readonly string[] }>
  /** An option or an account that nothing comes of. */
  | Kind<'unknown-word', { at: DeliveryPlace; heading: string; text: string; known: readonly string[] }>
  | Kind<'twice', { name: string; at: DeliveryPlace }>
  | Kind<'nothing-listed'>
  | Kind<'not-asked', { name: string; names: readonly string[] }>
  | Kind<'no-run', { run: string | null; runs: readonly string[] }>
  | Kind<'run-replaced', { run: string; by: string }>;

/** Why something is not delivered to one destination. Nothing was sent, or nothing that it keeps. */
export type Refused =
  | Kind<'unknown-amount', { name: string; known: readonly string[] }>
  | Kind<'same-amount', { name: string; known: readonly string[] }>
  | Kind<'unknown-heading', { table: string; heading: string; known: readonly string[] }>
  | Kind<'no-table', { table: string }>
  | Kind<'no-field', { field: string }>
  | Kind<'same-field', { field: string }>
  | Kind<'no-row', { table: string; count: number; members: readonly string[] }>
  /** Whose columns can't be told: the table has their key more than once by now. */
  | Kind<'several-rows', { table: string; count: number; members: readonly string[] }>
  | Kind<'error-value', { table: string; heading: string; member: string; error: string }>
  /** Different keys that are written alike: the number 1 and the text 1. */
  | Kind<'same-member', { table: string; count: number; members: readonly string[] }>
  | Kind<'no-department', { table: string; heading: string; count: number; members: readonly string[] }>
  | Kind<'no-account', { name: string }>
  | Kind<'decimals', { decimals: number | null; count: number; members: readonly string[] }>
  | Kind<'digits', { count: number; members: readonly string[] }>
  | Kind<'bad-option', { name: string; text: string }>
  | Kind<'file-type', { location: string; types: readonly string[] }>
  /** The book was written to since it was read: the ledger could not say that anything was sent. */
  | Kind<'changed-before'>
  | Kind<'period-delivered', { run: string; asOf: string }>
  // What the destination said.
  | Kind<'fault', { reason: FaultReason; detail: string }>
  | Kind<'file', { problem: Problem }>
  /** A file of that name holds something else. */
  | Kind<'other-file', { file: string }>
  /** Something else is there under this run: its digest, or the table that has it. */
  | Kind<'differs', { found: string }>
  /** A file of the same amounts is there, and nothing says of which run. */
  | Kind<'which-run', { file: string }>
  /** It may have been taken or not, and the destination doesn't say. */
  | Kind<'unconfirmed', { why: string }>
  /** The table there is not made for what is sent. */
  | Kind<'bad-table', { table: string; what: string }>
  /** Somebody was paid there for this period in another run. */
  | Kind<'paid-before', { run: string; count: number; members: readonly string[] }>
  /** The database kept something else than was sent. */
  | Kind<'kept-otherwise', { table: string }>;

/** Thrown by what sends. */
export class DeliveryRefused extends Error {
  readonly refused: Refused;

  constructor(refused: Refused) {
    super(refused.kind);
    this.name = 'DeliveryRefused';
    this.refused = refused;
  }
}

/** What a destination answered. `there`: it had exactly this already. */
export type Confirmed = 'delivered' | 'there';

/** Rows of a table that are otherwise now than when the run was paid. */
export interface Changed {
  readonly table: string;
  readonly count: number;
  readonly members: readonly string[];
}

/** Why the ledger does not say what a destination confirmed. Sending again is safe, and writes it. */
export type Unrecorded =
  | Kind<'changed-meanwhile'>
  | Kind<'file', { problem: Problem }>
  | Kind<'refusal', { refusal: Refusal }>;

/** What became of a destination. */
export type Outcome =
  /** `unrecorded`: why the ledger doesn't say so; null where it does. */
  | Kind<'delivered' | 'there', { content: Content; unrecorded: Unrecorded | null }>
  /** The ledger says that it was delivered. `same`: what would be sent now is what was sent then. */
  | Kind<'before', { row: string; time: string; same: boolean }>
  | Kind<'would', { content: Content }>
  | Kind<'refused', { refused: Refused }>;

export interface Report {
  readonly paying: Paying;
  readonly destinations: readonly Delivered[];
}

export interface Delivered {
  readonly name: string;
  readonly kind: DeliveryKind;
  /** Without what should not have been written there. */
  readonly location: string;
  readonly outcome: Outcome;
  readonly changed: readonly Changed[];
  /** Earlier runs that the destination does not have, though it has older ones, or this adjusts them. */
  readonly owing: readonly Owing[];
}

/** A run, or an adjustment of one, that a destination lacks. */
export interface Owing {
  readonly kind: Paying['kind'];
  readonly run: string;
  readonly asOf: string;
}

/** How many examples are told. */
export const EXAMPLES = 3;

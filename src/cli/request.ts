import type { Anchor, Step } from '../audit/index.ts';
import type { Period } from '../insight/index.ts';
import type { Language } from '../problems/messages/index.ts';

/** What the command line was asked to do. */
export type Request =
  | CheckRequest
  | RunRequest
  | ExplainRequest
  | RulesRequest
  | FreezeRequest
  | PayRequest
  | LockRequest
  | StepRequest
  | VerifyRequest
  | KeysRequest
  | WhatWouldRequest
  | ReviewRequest
  | InsightRequest
  | CompareRequest
  | DeliverRequest
  | AdjustRequest
  | StatementsRequest
  | RefreshRequest
  | ServeRequest
  | VerifyStatementRequest;

interface Common {
  readonly book: string;
  readonly language: Language;
}

export interface CheckRequest extends Common {
  readonly kind: 'check';
  /** Whole milliseconds, without a time of day. */
  readonly asOf: number;
  readonly json: boolean;
}

export interface RunRequest extends Common {
  readonly kind: 'run';
  readonly asOf: number;
  /** Numbers of the rules to try others for, `NAME=VALUE`. */
  readonly set: readonly string[];
  readonly json: boolean;
  readonly out: string | null;
  /** Whether to say how it was computed. */
  readonly stats: boolean;
}

export interface ExplainRequest extends Common {
  readonly kind: 'explain';
  readonly asOf: number;
  readonly json: boolean;
  readonly name: string;
  readonly key: string | null;
}

export interface RulesRequest extends Common {
  readonly kind: 'rules';
  readonly format: boolean;
  /** A text file of rules and the workbook to write. */
  readonly put: { readonly from: string; readonly out: string } | null;
}

export interface FreezeRequest extends Common {
  readonly kind: 'freeze';
  readonly out: string;
}

/** What all that adds to the ledger has in common. */
interface Added extends Common {
  readonly by: string;
  readonly out: string;
  /** A file with a private key. */
  readonly sign: string | null;
  readonly json: boolean;
}

export interface PayRequest extends Added {
  readonly kind: 'pay';
  readonly asOf: number;
  /** Why rules are paid with that nobody approved. */
  readonly override: string | null;
}

export interface LockRequest extends Added {
  readonly kind: 'lock';
  /** The number of a paid run. */
  readonly run: string;
}

export interface StepRequest extends Added {
  readonly kind: 'step';
  readonly step: Step;
}

export interface VerifyRequest extends Common {
  readonly kind: 'verify';
  readonly anchor: Anchor | null;
  /** Public keys, or files that hold one. */
  readonly keys: readonly string[];
  readonly json: boolean;
}

export interface KeysRequest {
  readonly kind: 'keys';
  readonly language: Language;
  readonly out: string;
  readonly json: boolean;
}

export interface WhatWouldRequest extends Common {
  readonly kind: 'what-would';
  readonly asOf: number;
  readonly json: boolean;
  readonly name: string;
  readonly key: string;
  /** Whether every answer is told, and those that lower the value too. */
  readonly all: boolean;
  readonly lower: boolean;
}

export interface ReviewRequest extends Common {
  readonly kind: 'review';
  readonly asOf: number;
  readonly json: boolean;
  /** The page to write. */
  readonly out: string | null;
}

export interface InsightRequest extends Common {
  readonly kind: 'insight';
  readonly asOf: number;
  /** Periods to compare; the first and last whole month of the data where null. */
  readonly before: Period | null;
  readonly after: Period | null;
  readonly json: boolean;
  readonly out: string | null;
}

/** The book as of a date against itself on another one, with other rules, another book, or amounts of an old payroll. */
export interface CompareRequest extends Common {
  readonly kind: 'compare';
  readonly asOf: number;
  readonly withAsOf: number | null;
  readonly withRules: string | null;
  readonly withBook: string | null;
  readonly withAmounts: string | null;
  readonly columns: readonly string[];
  readonly group: string | null;
  readonly set: readonly string[];
  readonly json: boolean;
  readonly out: string | null;
}

export interface AdjustRequest extends Common {
  readonly kind: 'adjust';
  /** Numbers of paid runs; one where it is written. */
  readonly runs: readonly string[];
  readonly columns: readonly string[];
  readonly json: boolean;
  /** What is written into the ledger; null where it is only told. */
  readonly write: AdjustWrite | null;
}

export interface AdjustWrite extends Omit<Added, keyof Common | 'json'> {
  readonly override: string | null;
}

export interface RefreshRequest extends Common {
  readonly kind: 'refresh';
  /** Null: the book itself. */
  readonly out: string | null;
  /** Tables; all that have a source where empty. */
  readonly only: readonly string[];
  readonly dryRun: boolean;
  /** Whether doubts don't stop it. */
  readonly accept: boolean;
  readonly by: string;
  readonly sign: string | null;
  /** `NAME[@HOST]=env:VARIABLE` or `…=file:PATH`. */
  readonly secrets: readonly string[];
  /** Milliseconds. */
  readonly timeout: number;
  readonly json: boolean;
}

export interface ServeRequest {
  readonly kind: 'serve';
  readonly language: Language;
  /** Books, and folders of books. */
  readonly books: readonly string[];
  readonly host: string;
  readonly port: number;
  readonly tokenFile: string | null;
  /** Milliseconds. */
  readonly timeout: number;
  /** Of a request, in MiB. */
  readonly maxBody: number;
}

export interface DeliverRequest extends Common {
  readonly kind: 'deliver';
  /** The number of a paid run or an adjustment; the newest where null. */
  readonly run: string | null;
  /** Names of destinations; all where empty. */
  readonly only: readonly string[];
  readonly by: string;
  /** Null: the book itself. */
  readonly out: string | null;
  readonly dryRun: boolean;
  /** Whether to send again what the ledger says was delivered. */
  readonly again: boolean;
  readonly sign: string | null;
  /** As of `refresh`. */
  readonly secrets: readonly string[];
  /** Milliseconds. */
  readonly timeout: number;
  readonly json: boolean;
}

export interface StatementsRequest extends Common {
  readonly kind: 'statements';
  readonly asOf: number;
  /** The folder to write. */
  readonly out: string;
  /** Whose; all where empty. */
  readonly keys: readonly string[];
  readonly json: boolean;
}

export interface VerifyStatementRequest {
  readonly kind: 'verify-statement';
  readonly language: Language;
  readonly file: string;
  readonly anchor: Anchor | null;
  readonly json: boolean;
}

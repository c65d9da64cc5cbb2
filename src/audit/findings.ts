import type { Heading } from './ledger.ts';

/** Where something stands in the workbook; row and column from 1. */
export interface AuditPlace {
  readonly sheet: string;
  readonly row: number;
  readonly column?: number;
}

/** A member for each of the kinds K, so that a kind names one type. */
type Kind<K extends string, D = unknown> = K extends string ? { readonly kind: K } & Readonly<D> : never;

/**
 * One thing that is not as it was. `run` is the number of the paid run since which it changed, `row` a number of the
 * ledger. Errors are what nobody may do without a trace; notes are what is to be expected and worth knowing.
 */
export type Finding = FindingData & {
  readonly severity: 'error' | 'note';
  /** Numbers that the finding names as runs, and that are rows of adjustments. */
  readonly adjustments?: readonly string[];
};

export type FindingData =
  // The ledger itself.
  /** The workbook keeps records of runs, and there is no ledger. */
  | Kind<'ledger-gone'>
  | Kind<'ledger-columns', { lacking: readonly Heading[] }>
  /** `heading`: the cell that was changed, and what it said, where that can be told. */
  | Kind<'ledger-changed', { row: string; at: AuditPlace; heading?: Heading; was?: string }>
  | Kind<'ledger-missing', { row: string }>
  | Kind<'ledger-order' | 'ledger-twice', { row: string; at: AuditPlace }>
  /** The row after it names another digest: it was written anew, digest and all. */
  | Kind<'ledger-rewritten', { row: string; at: AuditPlace }>
  /** A record is there whose row is not. */
  | Kind<'ledger-dropped', { row: string }>
  | Kind<'anchor-missing', { row: string }>
  | Kind<'anchor-differs', { row: string; at: AuditPlace }>
  | Kind<'unsigned' | 'signature-wrong' | 'after-signature', { row: string; at: AuditPlace }>
  // What is kept of runs.
  | Kind<'record-missing' | 'record-changed', { run: string }>
  | Kind<'unapproved', { run: string; by: string; reason: string }>
  // Rules.
  | Kind<'rule-text' | 'rule-comment', { run: string; at: AuditPlace; was: string; now: string }>
  | Kind<'rule-added' | 'rule-moved', { run: string; at: AuditPlace; now: string }>
  /** `at`: where it stood. */
  | Kind<'rule-removed', { run: string; at: AuditPlace; was: string }>
  | Kind<'rules-differ', { run: string }>
  // Data.
  | Kind<'table-missing' | 'table-differs', { run: string; table: string }>
  | Kind<'headings', { run: string; table: string; was: readonly string[]; now: readonly string[] }>
  | Kind<'row-changed' | 'row-added', { run: string; table: string; key: string; at: AuditPlace }>
  | Kind<'row-removed', { run: string; table: string; key: string }>
  /** Rows that count for no paid run. */
  | Kind<'rows-added' | 'rows-removed', { run: string; table: string; count: number }>
  | Kind<'name', { run: string; name: string; at?: AuditPlace; was: string; now: string | null }>
  // What was paid.
  | Kind<'sheet-missing', { run: string; sheet: string }>
  /** Adjustments that no row of the ledger gives. */
  | Kind<'sheet-unknown', { sheet: string }>
  /** The result sheets are those of another as-of date. */
  | Kind<'other-run', { run: string; at: AuditPlace; was: string; now: string }>
  /** The same, and they are what that date comes to now. */
  | Kind<'other-results', { run: string; at: AuditPlace; was: string; now: string }>
  | Kind<'paid-heading', { run: string; sheet: string; was: readonly string[]; now: readonly string[] }>
  | Kind<
      'paid-changed',
      { run: string; at: AuditPlace; key: string; heading: string; was: string; now: string }
    >
  | Kind<'paid-removed', { run: string; sheet: string; key: string }>
  | Kind<'paid-added', { run: string; at: AuditPlace; key: string }>
  /** A destination has a run that was replaced since. */
  | Kind<'delivered-replaced', { run: string; asOf: string; by: string; name: string; row: string }>
  // Between runs, and periods that are closed.
  | Kind<'between', { from: string; run: string; table: string; changed: number; removed: number }>
  | Kind<
      'locked-differs',
      { run: string; asOf: string; table: string; changed: number; removed: number; added: number }
    >;

export const isError = ({ severity }: Finding): boolean => severity === 'error';

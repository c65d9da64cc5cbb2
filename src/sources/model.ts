import type { Value } from '../exact/value.ts';
import type { ListPlace } from './listSheet.ts';

/** Where a table comes from. */
export const KINDS = ['csv', 'workbook', 'rest', 'soap', 'postgresql', 'mysql', 'duckdb'] as const;
export type SourceKind = (typeof KINDS)[number];

/** `replace`: rows that the source no longer has go; `merge`: they stay. */
export type Mode = 'replace' | 'merge';

/** What a column is to hold, where it is said or seen. */
export type CellType = 'number' | 'text' | 'date' | 'logical';

/** A row of the sheet `Sources`. */
export interface Source {
  readonly table: string;
  readonly kind: SourceKind;
  /** A path from the workbook's folder, an address, or `host:port/database`. */
  readonly location: string;
  /** SQL or a table's name; an operation and its arguments; empty where nothing is said. */
  readonly query: string;
  readonly mapping: readonly Mapped[];
  readonly options: Options;
  readonly mode: Mode;
  /** When it is refreshed, for people. */
  readonly note: string;
  readonly at: SourcePlace;
}

/** A row of the sheet `Sources`. */
export type SourcePlace = ListPlace;

/** A heading of the table and the field of the source that fills it; null: the source doesn't. */
export interface Mapped {
  readonly heading: string;
  readonly field: string | null;
  readonly type: CellType | null;
}

/** `name = value`, names lower-cased. */
export type Options = ReadonlyMap<string, string>;

/**
 * What a source gives for a cell. `written`: text of a source that has nothing but texts (CSV, XML), which is a number or a
 * date if it is written like one. `moment`: a date and time with its distance from UTC in minutes.
 */
export type SourceCell =
  | Value
  | { readonly kind: 'written'; readonly text: string }
  | { readonly kind: 'moment'; readonly ms: number }
  | { readonly kind: 'error'; readonly text: string };

/** Rows as a source gave them. */
export interface Fetched {
  readonly fields: readonly string[];
  readonly rows: readonly (readonly SourceCell[])[];
  /** Control totals that the source itself tells, by the words after `@` or the query that was asked. */
  readonly controls: ReadonlyMap<string, SourceCell>;
}

/** Why a source gave nothing. Never holds a secret. */
export type FaultReason =
  | 'missing-file'
  | 'not-readable'
  | 'bad-file'
  | 'no-table'
  | 'bad-address'
  | 'not-https'
  | 'user-in-address'
  | 'secret-in-address'
  | 'no-secret'
  | 'secret-elsewhere'
  | 'unreachable'
  | 'timeout'
  | 'status'
  | 'cut-off'
  | 'too-large'
  | 'redirect'
  | 'bad-json'
  | 'no-rows'
  | 'bad-row'
  | 'paging'
  | 'bad-wsdl'
  | 'no-operation'
  | 'soap-fault'
  | 'database'
  | 'not-a-query'
  | 'no-driver'
  | 'bad-option';

/** Thrown by everything that fetches. */
export class SourceFault extends Error {
  readonly reason: FaultReason;
  /** A status, a path, a database's code and words: data, not prose. */
  readonly detail: string;

  constructor(reason: FaultReason, detail = '') {
    super(detail === '' ? reason : `${reason}: ${detail}`);
    this.name = 'SourceFault';
    this.reason = reason;
    this.detail = detail;
  }
}

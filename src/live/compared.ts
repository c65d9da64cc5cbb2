import type { CellPlace } from '../engine/results.ts';
import type { Problem } from '../problems/problem.ts';

/** A workbook as of two dates, as plain data. Dates are whole milliseconds since 1970-01-01, money plain decimals. */

/** A column that people are paid by. */
export interface ComparableColumn {
  readonly table: string;
  readonly column: string;
  /** Headings that people may be added up by. */
  readonly groups: readonly string[];
}

export interface CompareAsked {
  readonly before: number;
  readonly after: number;
  /** As `Staff[reward]`. */
  readonly column: string;
  /** A heading or computed column to add up by. */
  readonly group: string | null;
}

export type ComparedAnswer =
  | { readonly kind: 'compared'; readonly view: ComparedView }
  /** The run of that date has errors. */
  | { readonly kind: 'errors'; readonly asOf: number; readonly problems: readonly Problem[] }
  /** Neither date's rules have the column. */
  | { readonly kind: 'gone' };

/** Why an amount differs: the rules, the person's own rows, the pool, all other rows; what can't be split. */
export type ComparedPart = 'rules' | 'own' | 'pool' | 'others' | 'together';

/** To the cent; of the parts that are shown. */
export type ComparedTexts = Readonly<Partial<Record<ComparedPart, string>>>;

export interface ComparedView {
  readonly before: number;
  readonly after: number;
  readonly table: string;
  readonly column: string;
  /** In this order; `together` only where it is needed. */
  readonly parts: readonly ComparedPart[];
  readonly total: ComparedTotals;
  /** The largest difference first; empty where no groups were asked for. */
  readonly groups: readonly (ComparedTotals & { readonly group: string })[];
  readonly lists: Readonly<Record<ComparedList, ComparedPeople>>;
  /** Every difference that is not 0, to draw. */
  readonly differences: Float64Array;
}

/** Everybody whose amount or reasons differ; those who get more; less. */
export type ComparedList = 'all' | 'more' | 'less';

/** The largest differences first, and how many there are of them. */
export interface ComparedPeople {
  readonly count: number;
  readonly people: readonly ComparedPerson[];
}

export interface ComparedTotals {
  readonly people: number;
  readonly winners: number;
  readonly losers: number;
  readonly before: string;
  readonly after: string;
  readonly difference: string;
  readonly differenceNumber: number;
  readonly parts: ComparedTexts;
}

export interface ComparedPerson {
  readonly key: string;
  /** A text that says who it is. */
  readonly label: string;
  /** The cell of the key. */
  readonly cell: CellPlace | null;
  /** Null where there is no amount on that date. */
  readonly before: string | null;
  readonly after: string | null;
  readonly difference: string;
  readonly parts: ComparedTexts;
}

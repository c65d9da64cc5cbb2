import type { Refusal } from '../audit/pay.ts';

/** What a locked run comes to now, less what was paid, as plain data; money as plain decimals. */

export type AdjustmentAnswer =
  | ({ readonly kind: 'adjustment' } & AdjustmentView)
  | Refusal
  /** The run's period has errors now. */
  | { readonly kind: 'no-results' };

export interface AdjustmentView {
  readonly run: string;
  /** `2026-03-31`. */
  readonly asOf: string;
  /** Digest of all amounts: other ones are not written. */
  readonly agreed: string;
  readonly columns: readonly AdjustedColumnView[];
}

export interface AdjustedColumnView {
  readonly table: string;
  readonly column: string;
  /** How many get more or less, and how much together. */
  readonly count: number;
  readonly total: string;
  /** What the share gave out; null for a statement. */
  readonly shared: {
    readonly paid: string;
    /** Null where nothing was adjusted before. */
    readonly earlier: string | null;
    readonly now: string;
    readonly difference: string;
    /** What was and is left over in its pools; null where nothing was and is. */
    readonly leftOver: { readonly paid: string; readonly now: string } | null;
  } | null;
  /** The largest amounts first; the first few of them. */
  readonly people: readonly AdjustedPerson[];
}

export interface AdjustedPerson {
  readonly key: string;
  /** A text that says who it is. */
  readonly label: string;
  /** Null where nothing was paid, or nothing is due. */
  readonly paid: string | null;
  readonly earlier: string | null;
  readonly now: string | null;
  readonly adjustment: string;
}

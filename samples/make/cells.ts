import { rational } from '../../src/exact/rational.ts';
import type { OutputCell } from '../../src/workbook/port.ts';

/** A table of the model: English throughout; the columns that hold words of ours are `translated`. */
export interface SampleTable {
  readonly name: string;
  readonly columns: readonly SampleColumn[];
  readonly rows: readonly (readonly OutputCell[])[];
}

export interface SampleColumn {
  readonly heading: string;
  /** In characters. */
  readonly width: number;
  /** An Excel number format; General where absent. */
  readonly format?: string;
  /** Texts of this column stand in the dictionary. */
  readonly translated?: true;
}

export const BLANK: OutputCell = { kind: 'blank' };
export const text = (value: string): OutputCell => ({ kind: 'text', value });
export const logical = (value: boolean): OutputCell => ({ kind: 'logical', value });
/** A whole number. */
export const whole = (value: number): OutputCell => ({ kind: 'number', value: rational(BigInt(value)) });
/** An amount, from its cents. */
export const cents = (value: number): OutputCell => ({
  kind: 'number',
  value: rational(BigInt(value), 100n),
});
/** A rate, from its thousandths: 850 is 85%. */
export const rate = (thousandths: number): OutputCell => ({
  kind: 'number',
  value: rational(BigInt(thousandths), 1000n),
});
/** A date with or without a time, from milliseconds since 1970. */
export const moment = (ms: number): OutputCell => ({ kind: 'date', ms: rational(BigInt(ms)) });
/** A date or a blank. */
export const momentOrBlank = (ms: number | null): OutputCell => (ms === null ? BLANK : moment(ms));

export const DAY_FORMAT = 'yyyy-mm-dd';
export const TIME_FORMAT = 'yyyy-mm-dd hh:mm';
export const MONEY_FORMAT = '#,##0.00';
export const RATE_FORMAT = '0.0%';

/** `T-000123`: a prefix and a number of fixed length. */
export function code(prefix: string, number: number, digits: number): string {
  return `${prefix}${String(number).padStart(digits, '0')}`;
}

export function column(heading: string, width: number, format?: string): SampleColumn {
  return format === undefined ? { heading, width } : { heading, width, format };
}

export function words(heading: string, width: number): SampleColumn {
  return { heading, width, translated: true };
}

import { integer, rational } from '../exact/rational.ts';
import { widthOf } from '../report/width.ts';
import type { OutputCell, OutputColumn } from '../workbook/port.ts';

/** Cells and columns of the report's sheets. */

export const BLANK: OutputCell = { kind: 'blank' };
export const text = (value: string): OutputCell => ({ kind: 'text', value });
export const date = (ms: number): OutputCell => ({ kind: 'date', ms: integer(ms) });

/** A statistic as a cell, rounded to so many decimals; blank where there is none. */
export function number(x: number | null, decimals = 2): OutputCell {
  if (x === null || !Number.isFinite(x)) return BLANK;
  const scale = 10 ** decimals;
  return { kind: 'number', value: rational(BigInt(Math.round(x * scale)), BigInt(scale)) };
}

export const column = (heading: string, width: number, format?: string): OutputColumn => ({
  heading,
  // room for the filter's button
  width: Math.max(width, widthOf(heading) + 4),
  ...(format === undefined ? {} : { format }),
});

export const WHOLE = '#,##0';
export const ONE = '#,##0.0';
export const TWO = '#,##0.00';
export const PERCENT = '0.0%';
export const DATE = 'yyyy-mm-dd';

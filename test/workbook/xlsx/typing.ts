import { parseDate } from '../../../src/exact/date.ts';
import { parseDecimal } from '../../../src/exact/decimal.ts';
import { integer, ONE } from '../../../src/exact/rational.ts';
import { readXlsx } from '../../../src/workbook/xlsx/book.ts';
import type { CellContent } from '../../../src/workbook/xlsx/cellContent.ts';
import { type RawBook, rawBook } from '../rawBook.ts';
import { partsOf } from './parts.ts';

/** What is typed: a number, a text, a formula with the number that it came to, a date, nothing. */
export const n = (text: string): CellContent => ({ kind: 'number', value: parseDecimal(text) ?? ONE });
export const t = (value: string): CellContent => ({ kind: 'text', value });
export const f = (formula: string, cached?: string): CellContent => ({
  kind: 'formula',
  formula,
  ...(cached === undefined ? {} : { cached: { kind: 'number', value: parseDecimal(cached) ?? ONE } }),
});
export const day = (text: string): CellContent => ({ kind: 'date', ms: integer(parseDate(text) ?? 0) });
export const BLANK: CellContent = { kind: 'blank' };

type Typed = Readonly<Record<string, CellContent>>;

/** Types into the sheet `T`; cells by their references. */
export function type(bytes: Uint8Array, typed: Typed, sheet = 'T'): Uint8Array {
  return readXlsx(bytes, 'b.xlsx').withCells(
    Object.entries(typed).map(([ref, value]) => {
      const m = /^([A-Z]+)(\d+)$/.exec(ref);
      const column = [...(m?.[1] ?? '')].reduce((sum, c) => sum * 26 + c.charCodeAt(0) - 64, 0);
      return { sheet, row: Number(m?.[2]), column, value };
    }),
  );
}

export const sheetOf = (bytes: Uint8Array): string => partsOf(bytes)['xl/worksheets/sheet1.xml'] ?? '';

/** The sheet once this is typed into a book of one sheet. */
export function typedInto(xml: string, typed: Typed, more: Partial<RawBook> = {}): string {
  return sheetOf(type(rawBook({ sheets: [{ name: 'T', xml }], ...more }), typed));
}

export const rowsIn = (xml: string): string => /<sheetData>(.*)<\/sheetData>/s.exec(xml)?.[1] ?? '';

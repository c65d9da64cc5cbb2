import { buildWorkbook } from '../../src/workbook/xlsx/build.ts';
import type { SampleBook } from './books.ts';

/** Widths of the columns of a page for people. */
const PAGE_WIDTHS: readonly number[] = [42, 14, 28];

/** The bytes of a sample workbook: rules first, then the pages, then the tables. Same book, same bytes. */
export function workbookBytes(book: SampleBook): Uint8Array {
  return buildWorkbook({
    sheets: [
      { kind: 'rules', name: book.rules.sheet, lines: book.rules.lines },
      ...book.pages.map(
        (p) =>
          ({
            kind: 'plain',
            name: p.sheet,
            widths: p.rows.some((r) => r.length > 1) ? PAGE_WIDTHS : [],
            rows: p.rows,
          }) as const,
      ),
      ...book.tables.map((t) => ({ kind: 'table', name: t.name, columns: t.columns, rows: t.rows }) as const),
    ],
    names: book.names,
  });
}

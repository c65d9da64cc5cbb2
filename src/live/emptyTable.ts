import { columnBuilder } from '../exact/columnBuilder.ts';
import type { SheetTable, TableHead } from '../workbook/port.ts';

/** A table of which only the headings have been read, as one without rows: enough to check rules over. */
export function emptyTable({ name, sheet, headings }: TableHead): SheetTable {
  return {
    name,
    sheet,
    columns: headings.map((heading, i) => ({ heading, column: i + 1, data: columnBuilder(0).finish() })),
    rows: 0,
    sheetRows: new Uint32Array(0),
    headingRow: 1,
  };
}

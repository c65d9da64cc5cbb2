import { columnValue } from '../exact/column.ts';
import { columnBuilder } from '../exact/columnBuilder.ts';
import { decimalsOf, exactText } from '../exact/decimal.ts';
import { toDouble } from '../exact/rational.ts';
import type { OutputCell, SheetTable, TableRow } from './port.ts';

/** A table as it reads once it has these rows, which stand under its headings without gaps. */
export function withRows(table: SheetTable, rows: readonly TableRow[]): SheetTable {
  const columns = table.columns.map(({ heading, column, data }, i) => {
    const builder = columnBuilder(Math.max(1, rows.length));
    const push = (cell: OutputCell): void => {
      switch (cell.kind) {
        case 'blank':
          return builder.blank();
        case 'number':
          if (decimalsOf(cell.value) === null || !builder.decimal(exactText(cell.value), false))
            builder.double(toDouble(cell.value));
          return;
        case 'text':
          return cell.value === '' ? builder.blank() : builder.text(cell.value);
        case 'date':
          return builder.date(Math.round(toDouble(cell.ms)));
        case 'logical':
          return builder.logical(cell.value);
        default: {
          const never: never = cell;
          return never;
        }
      }
    };
    for (const { was, cells } of rows) {
      const cell = cells[i] ?? null;
      if (cell !== null) push(cell);
      else if (was === null) builder.blank();
      else {
        const value = columnValue(data, was);
        if (value === null) builder.error(data.texts[data.payload[was] ?? 0] ?? '#VALUE!');
        else push(value);
      }
    }
    return { heading, column, data: builder.finish() };
  });
  const sheetRows = Uint32Array.from(rows, (_, i) => table.headingRow + 1 + i);
  return { ...table, columns, rows: rows.length, sheetRows };
}

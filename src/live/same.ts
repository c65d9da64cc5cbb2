import type { SheetColumn } from '../exact/column.ts';
import type { SheetTable } from '../workbook/port.ts';

/** Whether two readings of a table say the same, cell for cell and row for row. */
export function sameTable(a: SheetTable, b: SheetTable): boolean {
  return (
    a.name === b.name &&
    a.sheet === b.sheet &&
    a.rows === b.rows &&
    a.headingRow === b.headingRow &&
    sameNumbers(a.sheetRows, b.sheetRows) &&
    a.columns.length === b.columns.length &&
    a.columns.every((column, i) => {
      const other = b.columns[i];
      return (
        other !== undefined &&
        column.heading === other.heading &&
        column.column === other.column &&
        sameColumn(column.data, other.data)
      );
    })
  );
}

function sameColumn(a: SheetColumn, b: SheetColumn): boolean {
  return (
    a.length === b.length &&
    a.scale === b.scale &&
    a.texts.length === b.texts.length &&
    sameNumbers(a.kinds, b.kinds) &&
    sameNumbers(a.payload, b.payload) &&
    a.texts.every((text, i) => text === b.texts[i]) &&
    a.wide.size === b.wide.size &&
    [...a.wide].every(([row, { n, d }]) => {
      const other = b.wide.get(row);
      return other !== undefined && other.n === n && other.d === d;
    })
  );
}

function sameNumbers(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

import type { SheetColumn } from '../exact/column.ts';
import { columnValue } from '../exact/column.ts';
import { exactValueText } from '../exact/text.ts';
import type { Value } from '../exact/value.ts';
import type { Program } from '../rules/program.ts';
import type { Workbook } from '../workbook/port.ts';

/** The key column of a table of the workbook. */
export function keyColumn(program: Program, workbook: Workbook, table: number): SheetColumn | null {
  return workbook.tables[table]?.columns[program.tables[table]?.key ?? 0]?.data ?? null;
}

/** The key of a row as a value; blank where there is none. */
export function keyValue(program: Program, workbook: Workbook, table: number, row: number): Value {
  const column = keyColumn(program, workbook, table);
  return (column === null ? null : columnValue(column, row)) ?? { kind: 'blank' };
}

/** The key of a row as text. */
export function keyText(program: Program, workbook: Workbook, table: number, row: number): string {
  return exactValueText(keyValue(program, workbook, table, row));
}

/** The name of a table's key column, spelled as its heading. */
export function keyHeading(program: Program, workbook: Workbook, table: number): string {
  return workbook.tables[table]?.columns[program.tables[table]?.key ?? 0]?.heading ?? '';
}

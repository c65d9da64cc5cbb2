import type { SheetColumn } from '../exact/column.ts';
import { columnValue } from '../exact/column.ts';
import { isoText } from '../exact/date.ts';
import { displayText, exactText } from '../exact/decimal.ts';
import type { Value } from '../exact/value.ts';
import type { Program } from '../rules/program.ts';
import type { Workbook } from '../workbook/port.ts';

/** A value as text without loss: as keys are shown in JSON. Blank is empty. */
export function exactValueText(value: Value): string {
  return valueText(value, exactText);
}

/** A value as people read it: a number that does not end is rounded, after `≈`. Blank is empty. */
export function displayValueText(value: Value): string {
  return valueText(value, displayText);
}

function valueText(value: Value, number: typeof exactText): string {
  switch (value.kind) {
    case 'blank':
      return '';
    case 'number':
      return number(value.value);
    case 'text':
      return value.value;
    case 'date':
      return isoText(value.ms);
    case 'logical':
      return value.value ? 'TRUE' : 'FALSE';
    default: {
      const never: never = value;
      return never;
    }
  }
}

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

import { type ColumnBuilder, columnBuilder, columnValue, Kind } from '../../exact/column.ts';
import { msOfSerial } from '../../exact/date.ts';
import type { Value } from '../../exact/value.ts';
import { isDateFormat } from '../dateFormat.ts';

/** A cell as Office.js gives it. Row and column from 1. */
export interface ExcelCell {
  row: number;
  column: number;
  value: unknown;
  type: string;
  format: unknown;
}

/** Says what cells mean. */
export interface CellMeaning {
  push(builder: ColumnBuilder, cell: Readonly<ExcelCell>): void;
  /** One cell's value; null and the error's text for an Excel error value. */
  value(cell: Readonly<ExcelCell>): { readonly value: Value | null; readonly error?: string };
}

/** Whether a cell shows nothing: an empty text, as of `=""`, too. */
export function isBlank(cell: { readonly value: unknown }): boolean {
  return cell.value === '' || cell.value === null || cell.value === undefined;
}

/**
 * Office.js gives numbers and dates as doubles, told apart by their number format; error values as texts of type
 * `Error`.
 */
export function cellMeaning(date1904: boolean): CellMeaning {
  const formats = new Map<string, boolean>();

  function isDate(format: unknown): boolean {
    if (typeof format !== 'string' || format === 'General') return false;
    let date = formats.get(format);
    if (date === undefined) {
      date = isDateFormat(format);
      formats.set(format, date);
    }
    return date;
  }

  function push(builder: ColumnBuilder, cell: Readonly<ExcelCell>): void {
    const { value, type, format } = cell;
    if (isBlank(cell)) builder.blank();
    else if (typeof value === 'number') {
      // Excel shows ##### for a day outside its calendar: it stays the number that it is.
      const ms = value >= 0 && isDate(format) ? msOfSerial(value, date1904) : null;
      if (ms === null) builder.double(value);
      else builder.date(ms);
    } else if (typeof value === 'boolean') builder.logical(value);
    else if (type === 'Error') builder.error(String(value));
    else builder.text(String(value));
  }

  return {
    push,
    value(cell) {
      const builder = columnBuilder(1);
      push(builder, cell);
      const column = builder.finish();
      const value = columnValue(column, 0);
      if (column.kinds[0] !== Kind.ERROR) return { value };
      return { value: null, error: column.texts[0] ?? '#VALUE!' };
    },
  };
}

/**
 * Whether a cell has a formula. Office.js gives the cell's value where it has none; a text that only looks like a formula is
 * given as that text by both.
 */
export function isFormula(formula: unknown, value: unknown): formula is string {
  return typeof formula === 'string' && formula.startsWith('=') && formula !== value;
}

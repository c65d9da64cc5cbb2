import { isBlankValue } from '../../exact/cellLoops.ts';
import { columnValue, Kind } from '../../exact/column.ts';
import { type ColumnBuilder, columnBuilder } from '../../exact/columnBuilder.ts';
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

/** Rows of cells as Office.js gives them. */
export interface CellBlock {
  readonly values: readonly (readonly unknown[])[];
  readonly types: readonly (readonly string[])[];
  readonly formats: readonly (readonly unknown[])[];
}

/** Says what cells mean. */
export interface CellMeaning {
  /** Adds a cell that is not blank, as Office.js gives its value, type and number format. */
  push(builder: ColumnBuilder, value: unknown, type: string, format: unknown): void;
  /** Adds a column's cells from one row of a block to before another, or only to before a blank one; where it stopped. */
  pushColumn(
    builder: ColumnBuilder,
    block: CellBlock,
    column: number,
    from: number,
    to: number,
    blanks: boolean,
  ): number;
  /** One cell's value; null and the error's text for an Excel error value. */
  value(cell: Readonly<ExcelCell>): { readonly value: Value | null; readonly error?: string };
}

/** Whether a cell shows nothing: an empty text, as of `=""`, too. */
export function isBlank(cell: { readonly value: unknown }): boolean {
  return isBlankValue(cell.value);
}

/**
 * Office.js gives numbers and dates as doubles, told apart by their number format; error values as texts of type
 * `Error`.
 */
export function cellMeaning(date1904: boolean): CellMeaning {
  const formats = new Map<string, boolean>();
  /** Cells below one another mostly have one format. */
  let last = '';
  let lastIsDate = false;

  function isDate(format: unknown): boolean {
    if (format === 'General' || typeof format !== 'string') return false;
    if (format === last) return lastIsDate;
    let date = formats.get(format);
    if (date === undefined) {
      date = isDateFormat(format);
      formats.set(format, date);
    }
    last = format;
    lastIsDate = date;
    return date;
  }

  function push(builder: ColumnBuilder, value: unknown, type: string, format: unknown): void {
    if (typeof value === 'number') pushNumber(builder, value, format);
    else if (typeof value === 'boolean') builder.logical(value);
    else if (type === 'Error') builder.error(String(value));
    else builder.text(String(value));
  }

  function pushNumber(builder: ColumnBuilder, value: number, format: unknown): void {
    // Excel shows ##### for a day outside its calendar: it stays the number that it is.
    const ms = isDate(format) && value >= 0 ? msOfSerial(value, date1904) : null;
    if (ms === null) builder.double(value);
    else builder.date(ms);
  }

  /** Rows of formats last looked at, all columns at once: those from `start` to before `end` have none. */
  let general: { readonly of: CellBlock['formats'] | null; readonly start: number; readonly end: number } = {
    of: null,
    start: 0,
    end: 0,
  };

  /** The first row from one to before another whose number would be a date. */
  function nextDate({ formats }: CellBlock, column: number, from: number, to: number): number {
    if (general.of !== formats || from < general.start || from >= general.end)
      general = { of: formats, start: from, end: generalUntil(formats, from, to) };
    let row = Math.max(from, Math.min(general.end, to));
    for (; row < to; row++) {
      const format = formats[row]?.[column];
      if (format !== 'General' && isDate(format)) break;
    }
    return row;
  }

  function pushColumn(
    builder: ColumnBuilder,
    block: CellBlock,
    column: number,
    from: number,
    to: number,
    blanks: boolean,
  ): number {
    const { values, types, formats } = block;
    for (let row = from; row < to; ) {
      const value = values[row]?.[column];
      const numbers = typeof value === 'number';
      const end = numbers ? nextDate(block, column, row, to) : to;
      const next = builder.cells(values, column, row, end, { numbers, blanks });
      if (next === row) {
        if (isBlankValue(value)) return row;
        // A date, an error, or a text that looks like one.
        push(builder, value, types[row]?.[column] ?? '', formats[row]?.[column]);
      }
      row = Math.max(next, row + 1);
    }
    return to;
  }

  return {
    push,
    pushColumn,
    value(cell) {
      const builder = columnBuilder(1);
      if (isBlank(cell)) builder.blank();
      else push(builder, cell.value, cell.type, cell.format);
      const column = builder.finish();
      const value = columnValue(column, 0);
      if (column.kinds[0] !== Kind.ERROR) return { value };
      return { value: null, error: column.texts[0] ?? '#VALUE!' };
    },
  };
}

/** The first row from one to before another with a cell that has a format of its own. */
function generalUntil(formats: CellBlock['formats'], from: number, to: number): number {
  for (let row = from; row < to; row++) {
    const cells = formats[row] ?? [];
    for (let i = 0; i < cells.length; i++) if (cells[i] !== 'General') return row;
  }
  return to;
}

/**
 * Whether a cell has a formula. Office.js gives the cell's value where it has none; a text that only looks like a formula is
 * given as that text by both.
 */
export function isFormula(formula: unknown, value: unknown): formula is string {
  return typeof formula === 'string' && formula.startsWith('=') && formula !== value;
}

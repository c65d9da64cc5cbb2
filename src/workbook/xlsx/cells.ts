import { columnValue, Kind } from '../../exact/column.ts';
import { type ColumnBuilder, columnBuilder } from '../../exact/columnBuilder.ts';
import { msOfSerial, parseDate } from '../../exact/date.ts';
import type { Value } from '../../exact/value.ts';
import { placeText } from '../../problems/problem.ts';
import { fileError } from '../bookError.ts';
import type { RawCell } from './rawCell.ts';

/** What is needed to say what a stored cell means. */
export interface CellContext {
  readonly path: string;
  /** The sheet that is being read. */
  readonly sheet: string;
  readonly strings: readonly string[];
  readonly dates: readonly boolean[];
  readonly date1904: boolean;
}

/** The text of a text cell; null for cells of other kinds. */
export function cellText(cell: Readonly<RawCell>, context: CellContext): string | null {
  switch (cell.type) {
    case 's': {
      if (cell.text === '') return '';
      const text = context.strings[Number(cell.text)];
      if (text === undefined) throw brokenCell(cell, context);
      return text;
    }
    case 'str':
    case 'inlineStr':
      return cell.text;
    default:
      return null;
  }
}

/** Whether a cell shows nothing: an empty text, as of `=""`, too. */
export function isBlankCell(cell: Readonly<RawCell>, context: CellContext): boolean {
  return cell.text === '' || (cell.type === 's' && cellText(cell, context) === '');
}

/** Adds a cell to its column. */
export function pushCell(builder: ColumnBuilder, cell: Readonly<RawCell>, context: CellContext): void {
  const { text, type } = cell;
  if (text === '') builder.blank();
  else if (type === 'n') pushNumber(builder, cell, context);
  else if (type === 'b') builder.logical(text === '1' || text.toLowerCase() === 'true');
  else if (type === 'e') builder.error(text);
  else if (type === 'd') {
    const ms = isoDate(text);
    if (ms === null) throw brokenCell(cell, context);
    builder.date(ms);
  } else {
    const string = cellText(cell, context);
    if (string === null) throw brokenCell(cell, context);
    if (string === '') builder.blank();
    else builder.text(string);
  }
}

function pushNumber(builder: ColumnBuilder, cell: Readonly<RawCell>, context: CellContext): void {
  const x = Number(cell.text);
  if (!Number.isFinite(x) || cell.text.trim() === '') throw brokenCell(cell, context);
  // Excel shows ##### for a day outside its calendar: it stays the number that it is.
  const ms = context.dates[cell.style] === true && x >= 0 ? msOfSerial(x, context.date1904) : null;
  if (ms === null) builder.double(x);
  else builder.date(ms);
}

/** `2026-01-31`, `2026-01-31T09:30:00.250Z`: the file's own notation of dates, rounded to the millisecond. */
function isoDate(text: string): number | null {
  const m = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2})(\.\d+)?Z?)?$/.exec(text);
  if (m === null) return null;
  const ms = parseDate(m[2] === undefined ? (m[1] ?? '') : `${m[1]} ${m[2]}`);
  return ms === null ? null : ms + Math.round(Number(`0${m[3] ?? ''}`) * 1000);
}

/** One cell's value; null and the error's text for an Excel error value. */
export function cellValue(
  cell: Readonly<RawCell>,
  context: CellContext,
): { readonly value: Value | null; readonly error?: string } {
  const builder = columnBuilder(1);
  pushCell(builder, cell, context);
  const column = builder.finish();
  const value = columnValue(column, 0);
  if (column.kinds[0] !== Kind.ERROR) return { value };
  return { value: null, error: column.texts[0] ?? '#VALUE!' };
}

function brokenCell(cell: Readonly<RawCell>, context: CellContext): Error {
  const { sheet, path } = context;
  return fileError(
    path,
    'broken-part',
    placeText({ kind: 'cell', sheet, row: cell.row, column: cell.column }),
  );
}

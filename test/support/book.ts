import { columnBuilder } from '../../src/exact/columnBuilder.ts';
import { parseDate } from '../../src/exact/date.ts';
import { cellRational, parseDecimal } from '../../src/exact/decimal.ts';
import { integer } from '../../src/exact/rational.ts';
import { BLANK, dateValue, logicalValue, numberValue, textValue, type Value } from '../../src/exact/value.ts';
import type { DefinedName, RuleLine, SheetTable, TableColumn, Workbook } from '../../src/workbook/port.ts';

/**
 * A cell of a test book: a number as Excel keeps it (`{ number: '0.1' }` where the digits matter), a text, a logical,
 * null for a blank, `{ date: '2026-01-31 09:30' }`, or an Excel error value.
 */
export type Cell =
  | number
  | string
  | boolean
  | null
  | { readonly number: string }
  | { readonly date: string }
  | { readonly error: string };

/** By table: its headings, then its rows. Its sheet has the same name, headings in row 1. */
export type Sheets = Readonly<Record<string, readonly (readonly Cell[])[]>>;

export interface BookParts {
  /** Lines of one text file `Rules.allot`. */
  readonly rules?: string;
  /** Defined names: cells of column B of the sheet `names`, from row 2 on. */
  readonly names?: Readonly<Record<string, Cell>>;
}

/** `book({ Staff: [['id', 'x'], [1, 2]] }, { rules: 'each Staff\n  y = x * 2' })`. */
export function book(sheets: Sheets, parts: BookParts = {}): Workbook {
  const lines = parts.rules === undefined ? [] : parts.rules.split('\n');
  return {
    tables: Object.entries(sheets).map(([name, rows]) => sheetTable(name, rows)),
    names: Object.entries(parts.names ?? {}).map(([name, cell], i) => definedName(name, cell, i + 2)),
    rules: lines.map(
      (text, i): RuleLine => ({ place: { kind: 'text', file: 'Rules.allot', line: i + 1 }, depth: -1, text }),
    ),
    hasRules: parts.rules !== undefined,
    problems: [],
  };
}

function sheetTable(name: string, cells: readonly (readonly Cell[])[]): SheetTable {
  const [headings = [], ...below] = cells;
  const rows = below.flatMap((row, i) =>
    row.every((cell) => cell === null) ? [] : [{ row, sheetRow: i + 2 }],
  );
  const columns = headings.map((heading, c): TableColumn => {
    const builder = columnBuilder();
    for (const { row } of rows) {
      const cell = row[c] ?? null;
      if (cell === null) builder.blank();
      else if (typeof cell === 'number') builder.double(cell);
      else if (typeof cell === 'string') builder.text(cell);
      else if (typeof cell === 'boolean') builder.logical(cell);
      else if ('date' in cell) builder.date(ms(cell.date));
      else if ('error' in cell) builder.error(cell.error);
      else if (!builder.decimal(cell.number, false)) throw new Error(`no number: ${cell.number}`);
    }
    return { heading: String(heading), column: c + 1, data: builder.finish() };
  });
  return {
    name,
    sheet: name,
    columns,
    rows: rows.length,
    sheetRows: Uint32Array.from(rows, (r) => r.sheetRow),
    headingRow: 1,
  };
}

function definedName(name: string, cell: Cell, row: number): DefinedName {
  const place = { name, sheet: 'names', row, column: 2 };
  return typeof cell === 'object' && cell !== null && 'error' in cell
    ? { ...place, value: null, error: cell.error }
    : { ...place, value: cellValue(cell) };
}

/** The value of a cell that is no error. */
export function cellValue(cell: Exclude<Cell, { readonly error: string }>): Value {
  if (cell === null) return BLANK;
  if (typeof cell === 'number')
    return numberValue(Number.isSafeInteger(cell) ? integer(cell) : cellRational(cell));
  if (typeof cell === 'string') return textValue(cell);
  if (typeof cell === 'boolean') return logicalValue(cell);
  if ('date' in cell) return dateValue(integer(ms(cell.date)));
  const value = parseDecimal(cell.number);
  if (value === null) throw new Error(`no number: ${cell.number}`);
  return numberValue(value);
}

function ms(text: string): number {
  const value = parseDate(text);
  if (value === null) throw new Error(`no date: ${text}`);
  return value;
}

import { columnValue, Kind, type SheetColumn } from '../../exact/column.ts';
import type { Value } from '../../exact/value.ts';
import type { SheetTable, Workbook } from '../../workbook/port.ts';
import { withCells } from './sheetColumn.ts';

/** What a cell holds: a value, or an Excel error value. */
export type CellContent = Value | { readonly kind: 'error'; readonly code: string };

export interface CellChange {
  /** Indexes into the table's rows and columns. */
  readonly row: number;
  readonly column: number;
  /** What it holds now. */
  readonly value: CellContent;
}

/** Cells of a table that hold something else than before; its rows and columns are the same. */
export interface TableChange {
  /** Index into the workbook's tables. */
  readonly table: number;
  readonly cells: readonly CellChange[];
}

/** More than this share of a table's cells is no edit: whoever asks does better with everything anew. */
const MOST_CELLS = 1 / 16;

/**
 * The cells in which two readings of one table differ; null where it has other rows, columns or headings, or where so
 * many differ that nothing is gained by knowing them. `table` is its index in the workbook.
 */
export function changesBetween(before: SheetTable, after: SheetTable, table: number): TableChange | null {
  if (!sameShape(before, after)) return null;
  const cells: CellChange[] = [];
  for (const [column, { data }] of after.columns.entries()) {
    const old = before.columns[column]?.data;
    if (old === undefined) return null;
    if (old === data) continue;
    const rows = differingRows(old, data, Math.max(64, after.rows * MOST_CELLS));
    if (rows === null) return null;
    for (const row of rows) cells.push({ row, column, value: contentOf(data, row) });
  }
  return { table, cells };
}

function sameShape(a: SheetTable, b: SheetTable): boolean {
  if (a.rows !== b.rows || a.name !== b.name || a.sheet !== b.sheet || a.headingRow !== b.headingRow)
    return false;
  if (a.columns.length !== b.columns.length) return false;
  for (const [i, { heading, column, data }] of a.columns.entries()) {
    const other = b.columns[i];
    if (other?.heading !== heading || other.column !== column || other.data.length !== data.length)
      return false;
  }
  if (a.sheetRows === b.sheetRows) return true;
  for (let i = 0; i < a.rows; i++) if (a.sheetRows[i] !== b.sheetRows[i]) return false;
  return true;
}

export function contentOf(column: SheetColumn, row: number): CellContent {
  return columnValue(column, row) ?? { kind: 'error', code: column.texts[column.payload[row] ?? 0] ?? '' };
}

/** Rows in which two columns of one length differ, rising; null where there are more than `most`. */
function differingRows(a: SheetColumn, b: SheetColumn, most: number): readonly number[] | null {
  const { kinds, payload } = a;
  const rows: number[] = [];
  const otherScale = a.scale !== b.scale;
  const texts = sameTexts(a.texts, b.texts) ? null : textIds(a, b);
  for (let row = 0; row < kinds.length; row++) {
    const kind = kinds[row] ?? 0;
    const x = payload[row] ?? 0;
    const y = b.payload[row] ?? 0;
    if (kind === b.kinds[row]) {
      if (kind === Kind.TEXT || kind === Kind.ERROR) {
        if ((texts === null ? x : texts[x]) === y) continue;
      } else if (kind === Kind.WIDE || (kind === Kind.NUMBER && otherScale)) {
        if (sameContent(contentOf(a, row), contentOf(b, row))) continue;
      } else if (x === y) continue;
    } else if (isNumber(kind) && isNumber(b.kinds[row] ?? 0)) {
      if (sameContent(contentOf(a, row), contentOf(b, row))) continue;
    }
    rows.push(row);
    if (rows.length > most) return null;
  }
  return rows;
}

const isNumber = (kind: number): boolean => kind === Kind.NUMBER || kind === Kind.WIDE;

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** By index of a text in one column: its index in the other; −1 where that has none. */
function textIds(a: SheetColumn, b: SheetColumn): Int32Array {
  const ids = new Map<string, number>();
  b.texts.forEach((text, id) => {
    ids.set(text, id);
  });
  return Int32Array.from(a.texts, (text) => ids.get(text) ?? -1);
}

/** Whether two cells hold exactly the same, letter by letter. */
export function sameContent(a: CellContent, b: CellContent): boolean {
  switch (a.kind) {
    case 'blank':
      return b.kind === 'blank';
    case 'number':
      return b.kind === 'number' && a.value.n === b.value.n && a.value.d === b.value.d;
    case 'date':
      return b.kind === 'date' && a.ms.n === b.ms.n && a.ms.d === b.ms.d;
    case 'text':
      return b.kind === 'text' && a.value === b.value;
    case 'logical':
      return b.kind === 'logical' && a.value === b.value;
    case 'error':
      return b.kind === 'error' && a.code === b.code;
    default: {
      const never: never = a;
      return never;
    }
  }
}

/**
 * The workbook with these cells changed; columns without a change are those of `workbook` itself, which stays as it
 * is. Takes the copying of each changed column. A row that becomes blank throughout stays a row.
 */
export function editedWorkbook(workbook: Workbook, changes: readonly TableChange[]): Workbook {
  const tables = [...workbook.tables];
  for (const { table: id, cells } of changes) {
    const table = tables[id];
    if (table === undefined) throw new RangeError(`no table ${id}`);
    const byColumn = new Map<number, Map<number, CellContent>>();
    for (const { row, column, value } of cells) {
      if (row < 0 || row >= table.rows) throw new RangeError(`no row ${row} in ${table.name}`);
      const list = byColumn.get(column) ?? new Map<number, CellContent>();
      list.set(row, value);
      byColumn.set(column, list);
    }
    const columns = [...table.columns];
    for (const [column, list] of byColumn) {
      const found = columns[column];
      if (found === undefined) throw new RangeError(`no column ${column} in ${table.name}`);
      columns[column] = { ...found, data: withCells(found.data, list) };
    }
    tables[id] = { ...table, columns };
  }
  return { ...workbook, tables };
}

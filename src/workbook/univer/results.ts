import type { ICellData, IWorksheetData, Worksheet } from '@univerjs/presets';
import { isoOfMs, serialOfMs } from '../../exact/date.ts';
import { toDouble } from '../../exact/rational.ts';
import { columnLetters } from '../../problems/problem.ts';
import { isDateFormat } from '../dateFormat.ts';
import { isOurSheet } from '../names.ts';
import type { OutputCell, OutputColumn, OutputSheet, WrittenSheet } from '../port.ts';
import { freeSheetName, freeTableName, sheetName, tableHeadings } from '../sheetNames.ts';
import { looksTyped } from './cells.ts';
import { type Grid, MUTATION } from './grid.ts';
import type { GridTable } from './tables.ts';

export type Cells = Record<number, Record<number, ICellData | null>>;

function entries<T>(record: Readonly<Record<number, T>>): readonly (readonly [number, T])[] {
  return Object.entries(record).map(([key, value]) => [Number(key), value]);
}

/** Formats of dates in columns that name none of their own. */
const DAY_FORMAT = 'yyyy-mm-dd';
const TIME_FORMAT = 'yyyy-mm-dd hh:mm';
const DAY_MS = 86_400_000;
/** Excel's limit for the text of a cell. */
const MAX_TEXT = 32_767;
/** Pixels of a character, and of a column's padding. */
const CHARACTER = 7;
const PADDING = 19;

const HEADER = { bl: 1, cl: { rgb: '#FFFFFF' }, bg: { rgb: '#1F3864' }, vt: 2 } as const;

/** Where a sheet of ours goes: one that is there, or a new one. */
export interface Plan {
  readonly asked: OutputSheet;
  readonly name: string;
  readonly existing: Worksheet | null;
  readonly headings: readonly string[];
  /** The table at A1 of a sheet that is there. */
  readonly table: GridTable | null;
  readonly tableName: string;
}

/** Finds or names the sheets and tables of results. */
export function planSheets(
  grid: Grid,
  tables: readonly GridTable[],
  names: readonly string[],
  sheets: readonly OutputSheet[],
): readonly Plan[] {
  const takenSheets = new Set(grid.sheets().map((sheet) => sheet.getName().toLowerCase()));
  const takenTables = new Set(
    [...tables.map((table) => table.name), ...names].map((name) => name.toLowerCase()),
  );
  const used = new Set<Worksheet>();
  return sheets.map((asked) => {
    const wanted = sheetName(asked.name);
    const headings = tableHeadings(asked.columns.map((column) => column.heading));
    const found = grid.sheet(wanted);
    const existing = found !== undefined && isOurSheet(found.getName()) && !used.has(found) ? found : null;
    if (existing !== null) used.add(existing);
    const name = existing === null ? freeSheetName(asked.name, takenSheets) : existing.getName();
    takenSheets.add(name.toLowerCase());
    const id = existing?.getSheetId();
    const table =
      tables.find((one) => one.sheetId === id && one.area.top === 1 && one.area.left === 1) ?? null;
    const tableName = table?.name ?? freeTableName(name, takenTables);
    takenTables.add(tableName.toLowerCase());
    return { asked, name, existing, headings, table, tableName };
  });
}

/** The cells of a result sheet, headings first. `style` gives the id of a style. */
export function resultCells({ asked, headings }: Plan, style: (data: object) => string): Cells {
  const header = style(HEADER);
  const formats = new Map<string, string>();
  const formatted = (format: string | undefined): string | undefined => {
    if (format === undefined) return undefined;
    const known = formats.get(format) ?? style({ n: { pattern: format } });
    formats.set(format, known);
    return known;
  };
  const cells: Cells = {
    0: Object.fromEntries(headings.map((heading, i) => [i, { v: heading, t: 1, s: header }])),
  };
  asked.rows.forEach((row, r) => {
    const line: Record<number, ICellData> = {};
    headings.forEach((_, c) => {
      const made = gridCell(row[c] ?? { kind: 'blank' }, asked.columns[c], formatted);
      if (made !== null) line[c] = made;
    });
    cells[r + 1] = line;
  });
  return cells;
}

/** A cell of ours; `formatted` gives the id of a style for a number format. */
export function gridCell(
  cell: OutputCell,
  column: OutputColumn | undefined,
  formatted: (format: string | undefined) => string | undefined,
): ICellData | null {
  const own = formatted(column?.format);
  const styled = own === undefined ? {} : { s: own };
  switch (cell.kind) {
    case 'blank':
      return null;
    case 'number':
      return { v: toDouble(cell.value), t: 2, ...styled };
    case 'logical':
      return { v: cell.value ? 1 : 0, t: 3, ...styled };
    case 'text':
      return textCell(cell.value, styled);
    case 'date': {
      const ms = Math.round(toDouble(cell.ms));
      const serial = serialOfMs(ms, false);
      // Before Excel's calendar there is no number for a day.
      if (serial < 1) return textCell(isoOfMs(ms).replace('T', ' '), styled);
      const { format } = column ?? {};
      const dated = format !== undefined && isDateFormat(format);
      const shown = dated ? format : ms % DAY_MS === 0 ? DAY_FORMAT : TIME_FORMAT;
      return { v: serial, t: 2, s: formatted(shown) ?? null };
    }
    default: {
      const never: never = cell;
      return never;
    }
  }
}

function textCell(text: string, styled: object): ICellData | null {
  if (text === '') return null;
  const short = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text;
  return { v: short, t: looksTyped(short) ? 4 : 1, ...styled };
}

/** Rows of a result table with its headings: there is always one under them. */
export const rowsOf = ({ asked }: Plan): number => Math.max(2, asked.rows.length + 1);

export function writtenSheet(plan: Plan): WrittenSheet {
  const { asked, name, existing, headings, tableName } = plan;
  return {
    asked: asked.name,
    sheet: name,
    ref: `A1:${columnLetters(Math.max(1, headings.length))}${rowsOf(plan)}`,
    ...(headings.length === 0 ? {} : { table: tableName }),
    replaced: existing !== null,
  };
}

/** The region of a result's table after it was written. */
export function resultTable(plan: Plan, sheetId: string): GridTable {
  const { table, tableName, headings } = plan;
  return {
    name: tableName,
    sheetId,
    area: { top: 1, left: 1, bottom: rowsOf(plan), right: Math.max(1, headings.length) },
    headerRows: 1,
    totalsRows: 0,
    columns: headings,
    ...(table?.part === undefined ? {} : { part: table.part }),
  };
}

/** Cells as they are now where others are going to be, and where the old table was; for putting them back. */
export function oldCells(grid: Grid, sheet: Worksheet, rows: number, columns: number): Cells {
  const old: Cells = {};
  const cells = grid.cells(sheet);
  for (let r = 0; r < rows; r++) {
    const line: Record<number, ICellData | null> = {};
    for (let c = 0; c < columns; c++) {
      const cell = cells[r]?.[c];
      line[c] = cell ? structuredClone(cell) : null;
    }
    old[r] = line;
  }
  return old;
}

/** New cells over old ones: where nothing new comes, what was there goes. */
export function overwrite(old: Cells, cells: Cells): Cells {
  const all: Cells = {};
  for (const rows of [old, cells])
    for (const [r, columns] of entries(rows)) {
      const line = all[r] ?? {};
      all[r] = line;
      for (const [c] of entries(columns)) line[c] = cells[r]?.[c] ?? null;
    }
  return all;
}

/** Cells that take nothing over from what stood in their place. */
export function replacing(cells: Cells): Cells {
  const all: Cells = {};
  for (const [r, columns] of entries(cells)) {
    const line: Record<number, ICellData | null> = {};
    all[r] = line;
    for (const [c, cell] of entries(columns)) {
      line[c] = cell ? { f: null, si: null, p: null, custom: null, s: null, ...cell } : null;
    }
  }
  return all;
}

/** A new sheet with cells in it, as the grid's own snapshot. */
export function newSheet(
  id: string,
  name: string,
  cellData: Cells,
  size: { readonly rows: number; readonly columns: number },
  more: Partial<IWorksheetData> = {},
): IWorksheetData {
  return {
    id,
    name,
    tabColor: '',
    hidden: 0,
    freeze: { xSplit: 0, ySplit: 0, startRow: -1, startColumn: -1 },
    rowCount: Math.max(200, size.rows + 100),
    columnCount: Math.max(26, size.columns + 6),
    zoomRatio: 1,
    scrollTop: 0,
    scrollLeft: 0,
    defaultColumnWidth: 72,
    defaultRowHeight: 20,
    mergeData: [],
    cellData: cellData as IWorksheetData['cellData'],
    rowData: {},
    columnData: {},
    rowHeader: { width: 46, hidden: 0 },
    columnHeader: { height: 20, hidden: 0 },
    showGridlines: 1,
    rightToLeft: 0,
    ...more,
  };
}

/** Widths for the columns of a result sheet. */
export function columnWidths(columns: readonly OutputColumn[]): IWorksheetData['columnData'] {
  return Object.fromEntries(
    columns.map(({ width }, i) => [i, { w: Math.min(700, Math.max(6, width) * CHARACTER + PADDING) }]),
  );
}

/** Puts cells into a sheet, which grows where they need it. */
export function putCells(grid: Grid, sheet: Worksheet, cells: Cells, rows: number, columns: number): void {
  const where = { unitId: grid.unitId, subUnitId: sheet.getSheetId() };
  if (sheet.getRowCount() < rows) grid.mutate(MUTATION.rowCount, { ...where, rowCount: rows + 100 });
  if (sheet.getColumnCount() < columns)
    grid.mutate(MUTATION.columnCount, { ...where, columnCount: columns + 6 });
  grid.mutate(MUTATION.values, { ...where, cellValue: cells });
}

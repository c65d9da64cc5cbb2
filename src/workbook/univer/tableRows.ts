import type { ICellData, IStyleData, Nullable, Worksheet } from '@univerjs/presets';
import type { Area } from '../area.ts';
import { fileError } from '../bookError.ts';
import { isDateFormat } from '../dateFormat.ts';
import { foldName, isOurSheet, isRuleSheet } from '../names.ts';
import type { OutputCell, TableRow, TableRows, WrittenSheet } from '../port.ts';
import { rowRoom } from '../rowRoom.ts';
import { regionsOf, type TableRegion } from '../tableReading.ts';
import { contentOf, isFormula } from './cells.ts';
import type { Following } from './following.ts';
import type { CellRows, Grid } from './grid.ts';
import { firstRow, type OpenSheet, openSheet, type Reading } from './reading.ts';
import { type Cells, gridCell, putCells } from './results.ts';

/** What giving a table other rows puts into the grid. */
export interface RowsPlan {
  readonly region: TableRegion<OpenSheet>;
  readonly cells: Cells;
  /** What stands there now. */
  readonly old: Cells;
  /** Headings and totals included, as it will be. */
  readonly area: Area;
  readonly isTable: boolean;
  readonly written: WrittenSheet;
}

/** Finds the tables and makes their cells; nothing is changed. Refuses with `missing`, `formula-cell` and `no-room`. */
export function planRows(
  reading: Reading,
  tables: readonly TableRows[],
  style: (own: IStyleData) => string,
): readonly RowsPlan[] {
  if (tables.length === 0) return [];
  const { grid } = reading;
  const regions = grid.sheets().flatMap((sheet) => {
    const name = sheet.getName();
    return isRuleSheet(name) || isOurSheet(name)
      ? []
      : regionsOf(openSheet(reading, sheet), firstRow(grid, sheet));
  });
  return tables.map(({ table, rows }) => {
    const region = regions.find(({ head }) => foldName(head.name) === foldName(table));
    if (region === undefined) throw fileError(table, 'missing');
    return planOf(grid, region, rows, style);
  });
}

function planOf(
  grid: Grid,
  region: TableRegion<OpenSheet>,
  rows: readonly TableRow[],
  style: (own: IStyleData) => string,
): RowsPlan {
  const { sheet, columns, top, head } = region;
  const { worksheet } = sheet;
  const now = grid.cells(worksheet);
  const at = (row: number, column: number): Nullable<ICellData> => now[row - 1]?.[column - 1];
  const table = sheet.tables.find(({ name }) => name === head.name) ?? null;
  const inside = columns.map(({ column }) => column);
  const room = rowRoom(sheet.name, region, table, rows.length);
  const { left, right, newLast, area, written } = room;
  const isRow = (row: number): boolean =>
    inside.some((column) => contentOf(at(row, column)).kind !== 'blank');
  const oldLast = table === null ? lastRow(now, inside, top) : region.bottom;
  const sheetRows: number[] = [];
  for (let row = top; row <= oldLast; row++) {
    for (const column of inside) if (hasFormula(at(row, column))) room.refuse('formula-cell', row, column);
    if (isRow(row)) sheetRows.push(row);
  }
  room.growFrom(oldLast, othersOf(worksheet, region));
  if (table !== null)
    for (let row = oldLast + 1; row <= newLast; row++)
      for (let column = left; column <= right; column++) {
        const cell = at(row, column);
        if (contentOf(cell).kind !== 'blank' || hasFormula(cell)) room.refuse('no-room', row, column);
      }

  const styles = grid.workbook().getStyles();
  const isDate = grid.dates(worksheet);
  const lookOf = (row: number, column: number): IStyleData => {
    const cell = at(row, column);
    const own = styles.get(cell?.s ?? undefined) ?? {};
    return own.n == null && isDate(row - 1, column - 1, cell)
      ? { ...own, n: { pattern: 'yyyy-mm-dd' } }
      : own;
  };
  const columnLook = new Map(
    inside.map((column) => {
      const filled = sheetRows.find((row) => contentOf(at(row, column)).kind !== 'blank');
      return [column, lookOf(filled ?? top, column)] as const;
    }),
  );
  const cells: Cells = {};
  const old: Cells = {};
  for (let row = top; row <= Math.max(oldLast, newLast); row++) {
    const wanted = rows[row - top];
    const line: Record<number, ICellData | null> = {};
    const was: Record<number, ICellData | null> = {};
    columns.forEach(({ column }, i) => {
      const cell = cellOf(wanted, i, column, row);
      if (cell === undefined) return;
      const before = at(row, column);
      line[column - 1] = cell;
      was[column - 1] = before ? structuredClone(before) : null;
    });
    if (Object.keys(line).length === 0) continue;
    cells[row - 1] = line;
    old[row - 1] = was;
  }
  return { region, cells, old, area, isTable: table !== null, written };

  /** Undefined where the cell stays what it is. */
  function cellOf(
    wanted: TableRow | undefined,
    i: number,
    column: number,
    row: number,
  ): ICellData | null | undefined {
    if (wanted === undefined) return emptied(at(row, column));
    const from = wanted.was === null ? undefined : sheetRows[wanted.was];
    const cell = wanted.cells[i] ?? null;
    if (from === undefined) return styled(cell ?? { kind: 'blank' }, columnLook.get(column) ?? {}, style);
    if (cell !== null) return styled(cell, lookOf(from, column), style);
    if (from === row) return undefined;
    const kept = at(from, column);
    return kept ? structuredClone(kept) : null;
  }
}

/** The last row in which a column holds something, from `top` on; the one above it where there is none. */
function lastRow(rows: CellRows, columns: readonly number[], top: number): number {
  let last = top - 1;
  for (const key in rows) {
    const row = Number(key) + 1;
    const filled = columns.some((column) => {
      const cell = rows[Number(key)]?.[column - 1];
      return contentOf(cell).kind !== 'blank' || hasFormula(cell);
    });
    if (row > last && filled) last = row;
  }
  return last;
}

/** Also one that stands beside its value because the grid can't calculate it. */
function hasFormula(cell: Nullable<ICellData>): boolean {
  if (!cell) return false;
  const { custom } = cell;
  return isFormula(cell) || (typeof custom === 'object' && custom !== null && 'formula' in custom);
}

/** Other tables, and merged cells. */
function othersOf(worksheet: Worksheet, { sheet, head }: TableRegion<OpenSheet>): readonly Area[] {
  const merged = worksheet.getMergeData().map(
    ({ startRow, endRow, startColumn, endColumn }): Area => ({
      top: startRow + 1,
      bottom: endRow + 1,
      left: startColumn + 1,
      right: endColumn + 1,
    }),
  );
  return [...sheet.tables.filter(({ name }) => name !== head.name).map((one) => one.area), ...merged];
}

const emptied = (cell: Nullable<ICellData>): ICellData | null => (cell?.s ? { s: cell.s } : null);

/** A cell under a look that shows it as what it is. */
function styled(cell: OutputCell, look: IStyleData, style: (own: IStyleData) => string): ICellData | null {
  const pattern = look.n?.pattern;
  const isDate = isDateFormat(pattern ?? '');
  const fits = cell.kind === 'date' ? isDate : !isDate;
  const plain = cell.kind === 'text' || cell.kind === 'blank';
  // Named, since a column may have a date's format for all of its cells.
  const format = pattern === undefined || plain || fits ? pattern : 'General';
  const { n: _, ...rest } = look;
  const dressed = (shown: string | undefined): string | undefined => {
    const own: IStyleData = shown === undefined ? rest : { ...rest, n: { pattern: shown } };
    return Object.keys(own).length === 0 ? undefined : style(own);
  };
  const made = gridCell(
    cell,
    { heading: '', width: 0, ...(format === undefined ? {} : { format }) },
    dressed,
  );
  const bare = dressed(format);
  if (made === null) return bare === undefined ? null : { s: bare };
  return made.s === undefined && bare !== undefined ? { ...made, s: bare } : made;
}

/** Puts the rows in; gives what takes them out again. */
export function putRows(grid: Grid, following: Following, plan: RowsPlan): () => void {
  const { region, cells, old, area, isTable } = plan;
  const { worksheet } = region.sheet;
  const rows = Math.max(area.bottom, region.sheet.worksheet.getRowCount());
  const put = (these: Cells): void => {
    // Emptied first: a cell that only has a look would keep the value that was there.
    putCells(grid, worksheet, none(these), rows, area.right);
    putCells(grid, worksheet, these, rows, area.right);
  };
  put(cells);
  const id = worksheet.getSheetId();
  const before = following.tables();
  if (isTable)
    following.setTables(
      before.map((table) =>
        table.sheetId === id && table.name === region.head.name ? { ...table, area } : table,
      ),
    );
  return () => {
    put(old);
    following.setTables(before);
  };
}

/** Nothing where these cells are. */
function none(cells: Cells): Cells {
  const all: Cells = {};
  for (const [row, line] of Object.entries(cells))
    all[Number(row)] = Object.fromEntries(Object.keys(line).map((column) => [column, null]));
  return all;
}

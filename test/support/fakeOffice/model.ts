import type { Area } from '../../../src/workbook/area.ts';
import { fakeError } from './errors.ts';

/** The workbook behind the fake, as Excel would have it. Rows and columns from 1, areas inclusive. */
export interface Cell {
  value: string | number | boolean;
  /** Whether `value` is the text of an error value. */
  isError: boolean;
  formula: string | null;
  format: string;
}

export interface TableModel {
  readonly id: string;
  name: string;
  area: Area;
  showHeaders: boolean;
  showTotals: boolean;
  style: string;
  columns: { readonly id: number; name: string }[];
  deleted: boolean;
}

export interface ChartModel {
  readonly id: string;
  name: string;
  readonly type: string;
  /** The cell that it was put at; null where it was never put anywhere. */
  at: { readonly row: number; readonly column: number } | null;
  left: number;
  top: number;
  width: number;
  height: number;
  readonly series: SeriesModel[];
  /** What was said of its title, legend and axes. */
  readonly looks: Map<string, unknown>;
}

export interface SeriesModel {
  readonly sheet: SheetModel;
  name: string;
  values: Area | null;
  x: Area | null;
  readonly looks: Map<string, unknown>;
}

export interface NameModel {
  readonly name: string;
  formula: string;
  deleted: boolean;
}

export interface SheetModel {
  readonly id: string;
  name: string;
  readonly cells: Map<number, Map<number, Cell>>;
  tables: TableModel[];
  names: NameModel[];
  charts: ChartModel[];
  readonly widths: Map<number, number>;
  frozenRows: number;
  isProtected: boolean;
  deleted: boolean;
}

export interface CustomXmlModel {
  readonly id: string;
  xml: string;
}

export interface BookModel {
  sheets: SheetModel[];
  names: NameModel[];
  readonly settings: Map<string, unknown>;
  customXml: CustomXmlModel[];
  calculationMode: 'Automatic' | 'AutomaticExceptTables' | 'Manual';
  active: { sheet: SheetModel; row: number; column: number } | null;
  readonly date1904: boolean;
  nextId: number;
}

export function newBook(date1904: boolean): BookModel {
  return {
    sheets: [],
    names: [],
    settings: new Map(),
    customXml: [],
    calculationMode: 'Automatic',
    active: null,
    date1904,
    nextId: 1,
  };
}

export function newSheet(book: BookModel, name: string): SheetModel {
  if (findSheet(book, name) !== undefined) throw fakeError('ItemAlreadyExists', `sheet ${name}`);
  if (!/^[^\\/?*[\]:]{1,31}$/.test(name)) throw fakeError('InvalidArgument', `sheet name ${name}`);
  const sheet: SheetModel = {
    id: `{sheet-${book.nextId++}}`,
    name,
    cells: new Map(),
    tables: [],
    names: [],
    charts: [],
    widths: new Map(),
    frozenRows: 0,
    isProtected: false,
    deleted: false,
  };
  book.sheets.push(sheet);
  return sheet;
}

export function findSheet(book: BookModel, key: string): SheetModel | undefined {
  return book.sheets.find((one) => one.name.toLowerCase() === key.toLowerCase() || one.id === key);
}

const EMPTY: Cell = { value: '', isError: false, formula: null, format: 'General' };

export function cellAt(sheet: SheetModel, row: number, column: number): Readonly<Cell> {
  return sheet.cells.get(row)?.get(column) ?? EMPTY;
}

export function putCell(sheet: SheetModel, row: number, column: number, cell: Cell): void {
  let line = sheet.cells.get(row);
  if (line === undefined) {
    line = new Map();
    sheet.cells.set(row, line);
  }
  if (cell.value === '' && cell.formula === null && cell.format === 'General') line.delete(column);
  else line.set(column, cell);
  if (line.size === 0) sheet.cells.delete(row);
}

/** The cells that hold something. */
export function usedArea(sheet: SheetModel): Area | null {
  const rows: number[] = [];
  const columns: number[] = [];
  for (const [row, line] of sheet.cells)
    for (const [column, cell] of line) {
      if (cell.value === '' && cell.formula === null) continue;
      rows.push(row);
      columns.push(column);
    }
  if (rows.length === 0) return null;
  const least = (list: readonly number[]): number => list.reduce((a, b) => Math.min(a, b));
  const most = (list: readonly number[]): number => list.reduce((a, b) => Math.max(a, b));
  return { top: least(rows), left: least(columns), bottom: most(rows), right: most(columns) };
}

export function refuseProtected(sheet: SheetModel): void {
  if (sheet.deleted) throw fakeError('ItemNotFound', sheet.name);
  if (sheet.isProtected) throw fakeError('AccessDenied', sheet.name);
}

/** Moves all cells at or after a row (down or up). Tables below move along, those around grow or shrink. */
export function shiftRows(sheet: SheetModel, row: number, by: number): void {
  const lines = [...sheet.cells].sort(([a], [b]) => a - b);
  sheet.cells.clear();
  for (const [at, line] of lines) {
    if (by < 0 && at >= row && at < row - by) continue;
    sheet.cells.set(at >= row ? at + by : at, line);
  }
  for (const table of sheet.tables) {
    const { top, bottom } = table.area;
    if (top >= row) table.area = { ...table.area, top: top + by, bottom: bottom + by };
    else if (bottom >= row) table.area = { ...table.area, bottom: bottom + by };
  }
}

/** Moves the cells of some rows at or right of a column, as a table does that gets or loses a column; charts follow. */
export function shiftCells(sheet: SheetModel, area: Area, column: number, by: 1 | -1): void {
  const moved = (one: Area | null): Area | null =>
    one === null || one.left < column ? one : { ...one, left: one.left + by, right: one.right + by };
  for (const series of sheet.charts.flatMap((chart) => chart.series)) {
    series.values = moved(series.values);
    series.x = moved(series.x);
  }
  for (let row = area.top; row <= area.bottom; row++) {
    const line = sheet.cells.get(row);
    if (line === undefined) continue;
    const cells = [...line];
    line.clear();
    for (const [at, cell] of cells) {
      if (by < 0 && at === column) continue;
      line.set(at >= column ? at + by : at, cell);
    }
  }
}

export const overlaps = (a: Area, b: Area): boolean =>
  a.top <= b.bottom && b.top <= a.bottom && a.left <= b.right && b.left <= a.right;

/** Replaces text in every formula: what Excel does when a table's column or a sheet gets another name or goes. */
export function rewriteFormulas(book: BookModel, rewrite: (formula: string) => string): void {
  for (const sheet of book.sheets)
    for (const line of sheet.cells.values())
      for (const cell of line.values()) if (cell.formula !== null) cell.formula = rewrite(cell.formula);
}

import { type ColumnBuilder, columnBuilder, sharedKinds } from '../exact/columnBuilder.ts';
import { type Area, MAX_ROW } from './area.ts';
import type { SheetTable, TableHead } from './port.ts';
import { type SheetRows, sheetRows } from './sheetRows.ts';

/** What is known of a sheet's Excel table before its cells are read. */
export interface TableShape {
  readonly name: string;
  /** Headings and totals included. */
  readonly area: Area;
  readonly headerRows: number;
  readonly totalsRows: number;
  readonly columns: readonly string[];
}

export interface SheetShape {
  readonly name: string;
  readonly tables: readonly TableShape[];
}

/** A table's place in its sheet, known before its cells are read. */
export interface TableRegion<S extends SheetShape = SheetShape> {
  readonly head: TableHead;
  readonly sheet: S;
  /** Headed columns only, with their sheet columns. */
  readonly columns: readonly { readonly heading: string; readonly column: number }[];
  readonly headingRow: number;
  /** First and last row of data. */
  readonly top: number;
  readonly bottom: number;
}

/**
 * The regions of a sheet: its Excel tables from top left on, else the whole sheet under its heading row, if it has one
 * (`firstRow`: the cells of row 1 that are not blank, in sheet order; null where one of them is no text).
 */
export function regionsOf<S extends SheetShape>(
  sheet: S,
  firstRow: readonly { readonly column: number; readonly text: string }[] | null,
): readonly TableRegion<S>[] {
  if (sheet.tables.length > 0) {
    const ordered = [...sheet.tables].sort((a, b) => a.area.top - b.area.top || a.area.left - b.area.left);
    return ordered.map(({ name, area, headerRows, totalsRows, columns }) =>
      region(sheet, name, headings(columns, area), area.top, area.top + headerRows, area.bottom - totalsRows),
    );
  }
  if (firstRow === null || firstRow.length === 0) return [];
  const columns = firstRow.map(({ column, text }) => ({ column, heading: text.trim() }));
  return [region(sheet, sheet.name, columns, 1, 2, MAX_ROW)];
}

function headings(columns: readonly string[], area: Area): TableRegion['columns'] {
  return columns.map((name, i) => ({ heading: name.trim(), column: area.left + i }));
}

function region<S extends SheetShape>(
  sheet: S,
  name: string,
  columns: TableRegion['columns'],
  headingRow: number,
  top: number,
  bottom: number,
): TableRegion<S> {
  const headed = columns.filter((one) => one.heading !== '');
  const head = { name, sheet: sheet.name, headings: headed.map((one) => one.heading) };
  return { head, sheet, columns: headed, headingRow, top, bottom };
}

interface Reading {
  readonly region: TableRegion;
  readonly builders: readonly ColumnBuilder[];
  readonly rows: SheetRows;
}

/** A column of the sheet that belongs to a table. */
interface Target {
  readonly reading: Reading;
  readonly builder: ColumnBuilder;
}

/** How the cells of a host are read; `C` says at least where a cell is (row and column from 1). */
export interface CellReading<C> {
  /** Whether a cell shows nothing. */
  isBlank(cell: C): boolean;
  /** Adds a cell that is not blank to its column. */
  push(builder: ColumnBuilder, cell: C): void;
  /** What is thrown where a row comes after one that stands below it. */
  disorder(cell: C): Error;
}

/** Rows of cells that follow one another; cells are asked for by row and column within them, from 0. */
export interface CellRows {
  /** Sheet row and column (from 1) of the first. */
  readonly top: number;
  readonly left: number;
  readonly height: number;
  /** The first row from one to before another in which all of some columns are blank; `to` where there is none. */
  nextBlank(from: number, to: number, columns: readonly number[]): number;
  /** Adds a column's cells from one row to before another, or only to before a blank one; where it stopped. */
  push(builder: ColumnBuilder, column: number, from: number, to: number, blanks: boolean): number;
}

/** Collects the cells of regions, all of one sheet, which come row by row. It is used up by `finish`. */
export interface TableReader<C> {
  take(cell: C): void;
  /** Whole rows, quicker than cell by cell; they stand below all that came before. */
  takeRows(rows: CellRows): void;
  /** In the order of the regions. */
  finish(): readonly SheetTable[];
}

export function tableReader<C extends { readonly row: number; readonly column: number }>(
  regions: readonly TableRegion[],
  cells: CellReading<C>,
  expectedRows = 64,
): TableReader<C> {
  const kindsOf = sharedKinds();
  const readings = regions.map((one): Reading => {
    const builders = one.columns.map(() => columnBuilder(expectedRows, kindsOf));
    return { region: one, builders, rows: sheetRows() };
  });
  const targets = targetsOf(readings);

  function take(cell: C): void {
    const list = targets[cell.column];
    if (list === undefined) return;
    for (const { reading, builder } of list) {
      const { region: place } = reading;
      if (cell.row < place.top || cell.row > place.bottom || cells.isBlank(cell)) continue;
      const { rows } = reading;
      if (cell.row < rows.last) throw cells.disorder(cell);
      if (cell.row !== rows.last) rows.add(cell.row, 1);
      const index = rows.count - 1;
      // A cell that is there twice: the first one counts.
      if (builder.length > index) continue;
      while (builder.length < index) builder.blank();
      cells.push(builder, cell);
    }
  }

  return {
    take,
    takeRows: (rows) => {
      for (const reading of readings) readRows(reading, rows);
    },
    finish: () => readings.map(finish),
  };
}

/** So many rows at a time stay in the processor's nearest memory while their columns are read one after the other. */
const NEAR = 1024;

function readRows(reading: Reading, rows: CellRows): void {
  const { region, builders } = reading;
  const start = Math.max(0, region.top - rows.top);
  const last = Math.min(rows.height, region.bottom - rows.top + 1);
  const columns = region.columns.map(({ column }) => column - rows.left);
  for (const builder of builders) while (builder.length < reading.rows.count) builder.blank();
  const first = builders[0];
  for (let from = start; from < last; ) {
    const near = Math.min(last, from + NEAR);
    // Where the first column's cells are there, the rows are: the others needn't be asked.
    const sure = first === undefined ? from : rows.push(first, columns[0] ?? 0, from, near, false);
    const to = sure > from ? sure : rows.nextBlank(from, near, columns);
    reading.rows.add(rows.top + from, to - from);
    for (let i = sure > from ? 1 : 0; i < builders.length; i++) {
      const builder = builders[i];
      if (builder !== undefined && to > from) rows.push(builder, columns[i] ?? 0, from, to, true);
    }
    // A blank row is no row of the table.
    from = Math.max(to, from + 1);
  }
}

function targetsOf(readings: readonly Reading[]): readonly (readonly Target[] | undefined)[] {
  const targets: Target[][] = [];
  for (const reading of readings)
    reading.region.columns.forEach(({ column }, i) => {
      const builder = reading.builders[i];
      if (builder === undefined) return;
      const list = targets[column] ?? [];
      targets[column] = list;
      list.push({ reading, builder });
    });
  return targets;
}

function finish({ region: place, builders, rows }: Reading): SheetTable {
  const columns = place.columns.flatMap(({ heading, column }, i) => {
    const builder = builders[i];
    if (builder === undefined) return [];
    while (builder.length < rows.count) builder.blank();
    return [{ heading, column, data: builder.finish() }];
  });
  return Object.assign(rows.finish(), {
    name: place.head.name,
    sheet: place.head.sheet,
    columns,
    headingRow: place.headingRow,
  });
}

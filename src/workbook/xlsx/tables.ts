import { type ColumnBuilder, columnBuilder } from '../../exact/column.ts';
import { fileError } from '../bookError.ts';
import type { Progress, SheetTable, TableHead } from '../port.ts';
import { type CellContext, isBlankCell, pushCell } from './cells.ts';
import { type Area, MAX_ROW } from './rawCell.ts';
import { eachCell } from './sheet.ts';
import type { BookSheet } from './structure.ts';
import type { Zip } from './zip.ts';

/** A table's place in its sheet, known before its cells are read. */
export interface TableRegion {
  readonly head: TableHead;
  readonly sheet: BookSheet;
  /** Headed columns only, with their sheet columns. */
  readonly columns: readonly { readonly heading: string; readonly column: number }[];
  readonly headingRow: number;
  /** First and last row of data. */
  readonly top: number;
  readonly bottom: number;
}

/** The regions of a sheet: its Excel tables from top left on, else the whole sheet under its heading row, if it has one. */
export function regionsOf(
  sheet: BookSheet,
  firstRow: readonly { readonly column: number; readonly text: string }[] | null,
): readonly TableRegion[] {
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

function region(
  sheet: BookSheet,
  name: string,
  columns: TableRegion['columns'],
  headingRow: number,
  top: number,
  bottom: number,
): TableRegion {
  const headed = columns.filter((one) => one.heading !== '');
  const head = { name, sheet: sheet.name, headings: headed.map((one) => one.heading) };
  return { head, sheet, columns: headed, headingRow, top, bottom };
}

interface Reading {
  readonly region: TableRegion;
  readonly builders: readonly ColumnBuilder[];
  rows: number;
  row: number;
  sheetRows: Uint32Array;
}

/** A column of the sheet that belongs to a table. */
interface Target {
  readonly reading: Reading;
  readonly builder: ColumnBuilder;
}

/** Reads the cells of regions, all of one sheet, in one pass. */
export function readTables(
  zip: Zip,
  sheet: BookSheet,
  regions: readonly TableRegion[],
  context: CellContext,
  progress?: Progress,
): readonly SheetTable[] {
  const readings = regions.map((one): Reading => {
    const builders = one.columns.map(() => columnBuilder());
    return { region: one, builders, rows: 0, row: 0, sheetRows: new Uint32Array(64) };
  });
  const targets: Target[][] = [];
  for (const reading of readings)
    reading.region.columns.forEach(({ column }, i) => {
      const builder = reading.builders[i];
      if (builder === undefined) return;
      const list = targets[column] ?? [];
      targets[column] = list;
      list.push({ reading, builder });
    });

  let count = 0;
  eachCell(zip, sheet.entry, (cell) => {
    if ((++count & 0xffff) === 0) progress?.signal?.throwIfAborted();
    const list = targets[cell.column];
    if (list === undefined) return true;
    for (const { reading, builder } of list) {
      const { region: place } = reading;
      if (cell.row < place.top || cell.row > place.bottom || isBlankCell(cell, context)) continue;
      if (cell.row !== reading.row) nextRow(reading, cell.row, zip, sheet);
      const index = reading.rows - 1;
      // A cell that is there twice: the first one counts.
      if (builder.length > index) continue;
      while (builder.length < index) builder.blank();
      pushCell(builder, cell, context);
    }
    return true;
  });
  return readings.map(finish);
}

function nextRow(reading: Reading, row: number, zip: Zip, sheet: BookSheet): void {
  if (row < reading.row) throw fileError(zip.path, 'broken-part', `${sheet.entry.name} row ${row}`);
  if (reading.rows === reading.sheetRows.length) {
    const grown = new Uint32Array(reading.rows * 2);
    grown.set(reading.sheetRows);
    reading.sheetRows = grown;
  }
  reading.sheetRows[reading.rows++] = row;
  reading.row = row;
}

function finish({ region: place, builders, rows, sheetRows }: Reading): SheetTable {
  const columns = place.columns.flatMap(({ heading, column }, i) => {
    const builder = builders[i];
    if (builder === undefined) return [];
    while (builder.length < rows) builder.blank();
    return [{ heading, column, data: builder.finish() }];
  });
  return {
    name: place.head.name,
    sheet: place.head.sheet,
    columns,
    rows,
    sheetRows: sheetRows.subarray(0, rows),
    headingRow: place.headingRow,
  };
}

import { columnLetters } from '../problems/problem.ts';
import { type Area, MAX_ROW, overlaps } from './area.ts';
import { fileError } from './bookError.ts';
import type { WrittenSheet } from './port.ts';
import type { SheetShape, TableRegion, TableShape } from './tableReading.ts';

/** Where a table of data has its rows when it gets so many others; the same in every host. */
export interface RowRoom {
  /** Columns from one to the other. */
  readonly left: number;
  readonly right: number;
  /** The last row that it will have. */
  readonly newLast: number;
  /** The table as it will be, headings and totals included. */
  readonly area: Area;
  readonly written: WrittenSheet;
  /** Says that a cell is in the way. */
  refuse(reason: 'formula-cell' | 'no-room', row: number, column: number): never;
  /** Refuses with `no-room` where totals, or one of other areas of the sheet, stand where it would grow. */
  growFrom(oldLast: number, others: readonly Area[]): void;
}

/**
 * Room for `count` rows from the region's first one on. `table` is null where the table is a sheet under its headings; `path`
 * names the book in refusals. Refuses with `no-room` where the sheet ends before.
 */
export function rowRoom<S extends SheetShape>(
  path: string,
  region: TableRegion<S>,
  table: TableShape | null,
  count: number,
): RowRoom {
  const { sheet, columns, top, head } = region;
  const inside = columns.map(({ column }) => column);
  const left = table?.area.left ?? Math.min(...inside);
  const right = table?.area.right ?? Math.max(...inside);
  // An Excel table has at least one row under its headings.
  const newLast = top + Math.max(table === null ? 0 : 1, count) - 1;
  const refuse = (reason: 'formula-cell' | 'no-room', row: number, column: number): never => {
    throw fileError(path, reason, `${sheet.name}!${columnLetters(column)}${row}`);
  };
  if (newLast > MAX_ROW) refuse('no-room', MAX_ROW, left);
  const area: Area = {
    left,
    right,
    top: table?.area.top ?? region.headingRow,
    bottom: newLast + (table?.totalsRows ?? 0),
  };
  const ref = `${columnLetters(left)}${area.top}:${columnLetters(right)}${area.bottom}`;
  const named = table === null ? {} : { table: table.name };
  return {
    left,
    right,
    newLast,
    area,
    written: { asked: head.name, sheet: sheet.name, ref, ...named, replaced: true },
    refuse,
    growFrom(oldLast, others) {
      if (table !== null && table.totalsRows > 0 && newLast !== oldLast) refuse('no-room', oldLast + 1, left);
      if (newLast <= oldLast) return;
      const below = { top: oldLast + 1, bottom: newLast, left, right };
      for (const other of others) if (overlaps(other, below)) refuse('no-room', other.top, other.left);
    },
  };
}

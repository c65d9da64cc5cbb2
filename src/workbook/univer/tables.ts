import type { Area } from '../area.ts';
import { MAX_ROW } from '../area.ts';
import type { TableShape } from '../tableReading.ts';

/** An Excel table of the opened file, or of ours, whose region is kept beside the grid: the grid itself has none. */
export interface GridTable extends TableShape {
  readonly sheetId: string;
  /** Its part in the opened file; absent for tables that came since. */
  readonly part?: string;
}

/** Rows or columns that came or went; from 0 as the grid counts them, both inclusive. */
export interface Shift {
  readonly sheetId: string;
  readonly what: 'insert-rows' | 'remove-rows' | 'insert-columns' | 'remove-columns';
  readonly first: number;
  readonly last: number;
}

/** Where tables are after rows or columns came or went: those that lost all of their rows or columns are gone. */
export function shiftTables(tables: readonly GridTable[], shift: Shift): readonly GridTable[] {
  return tables.flatMap((table) => {
    if (table.sheetId !== shift.sheetId) return table;
    const area = shiftArea(table.area, shift);
    if (area === null) return [];
    return { ...table, area, columns: shiftColumns(table, shift) };
  });
}

function shiftArea(area: Area, { what, first, last }: Shift): Area | null {
  const count = last - first + 1;
  const rows = what.endsWith('rows');
  const [start, end] = rows ? [area.top, area.bottom] : [area.left, area.right];
  const at = first + 1;
  let moved: readonly [number, number];
  if (what.startsWith('insert')) moved = [start >= at ? start + count : start, end >= at ? end + count : end];
  else {
    // What stays of an end that is taken away is its neighbour inside.
    const before = (n: number): number => Math.max(0, Math.min(n, at + count) - at);
    moved = [start - before(start), end - before(end + 1)];
  }
  const [from, to] = moved;
  if (to < from) return null;
  return rows ? { ...area, top: from, bottom: Math.min(to, MAX_ROW) } : { ...area, left: from, right: to };
}

function shiftColumns(table: GridTable, { what, first, last }: Shift): readonly string[] {
  const { columns, area } = table;
  const at = first + 1 - area.left;
  const count = last - first + 1;
  if (what === 'insert-columns' && at > 0 && at < columns.length)
    return [...columns.slice(0, at), ...Array.from({ length: count }, () => ''), ...columns.slice(at)];
  if (what === 'remove-columns') return columns.filter((_, i) => i < at || i >= at + count);
  return columns;
}

/**
 * Tables that grow because somebody typed into the row right below them, as Excel does it. `written`: rows (from 1) with
 * something in them now, of one sheet, between two columns.
 */
export function grownTables(
  tables: readonly GridTable[],
  sheetId: string,
  isWritten: (row: number, left: number, right: number) => boolean,
): readonly GridTable[] {
  let changed = false;
  const grown = tables.map((table) => {
    if (table.sheetId !== sheetId || table.totalsRows > 0) return table;
    const { top, left, right } = table.area;
    let { bottom } = table.area;
    const free = (row: number): boolean =>
      !tables.some(
        ({ area, sheetId: other }) =>
          other === sheetId && area.top > top && area.top <= row && area.left <= right && area.right >= left,
      );
    while (isWritten(bottom + 1, left, right) && free(bottom + 1)) bottom++;
    if (bottom === table.area.bottom) return table;
    changed = true;
    return { ...table, area: { top, left, right, bottom } };
  });
  return changed ? grown : tables;
}

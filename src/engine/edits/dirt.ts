import type { Over, Ref, Shape } from './shape.ts';

/** Rows of a table that hold something else than before. */
export type Rows = ReadonlySet<number> | 'all';

/** What an edit has changed so far. */
export interface Dirt {
  /** By `cellColumn`. */
  readonly sheets: Map<number, Set<number>>;
  readonly columns: Map<number, Rows>;
  readonly scalars: Set<number>;
  /** By table: rows that came or went. */
  readonly counts: Map<number, ReadonlySet<number>>;
  /** By share: rows of its table that get something else; rows of its `each` (or all) that have another rest. */
  readonly members: Map<number, Rows>;
  readonly rests: Map<number, Rows>;
}

const NONE: ReadonlySet<number> = new Set();

export const freshDirt = (): Dirt => ({
  sheets: new Map(),
  columns: new Map(),
  scalars: new Set(),
  counts: new Map(),
  members: new Map(),
  rests: new Map(),
});

/** One number for a column of a table: no table has so many. */
const cellColumn = (table: number, column: number): number => table * 2 ** 24 + column;

export function soil(dirt: Dirt, table: number, column: number, row: number): void {
  const name = cellColumn(table, column);
  const rows = dirt.sheets.get(name);
  if (rows === undefined) dirt.sheets.set(name, new Set([row]));
  else rows.add(row);
}

export function rowsOfRef(dirt: Dirt, ref: Ref): Rows {
  return (
    (ref.kind === 'sheet'
      ? dirt.sheets.get(cellColumn(ref.table, ref.column))
      : dirt.columns.get(ref.column)) ?? NONE
  );
}

export function union(all: Iterable<Rows>): Rows {
  let only: ReadonlySet<number> = NONE;
  let merged: Set<number> | null = null;
  for (const rows of all) {
    if (rows === 'all') return 'all';
    if (rows.size === 0) continue;
    if (only.size === 0) {
      only = rows;
      continue;
    }
    merged ??= new Set(only);
    for (const row of rows) merged.add(row);
  }
  return merged ?? only;
}

export const isClean = (rows: Rows): boolean => rows !== 'all' && rows.size === 0;

/** Rows of an aggregate's table that it may see differently. */
export function rowsOfOver(dirt: Dirt, over: Over): Rows {
  const deep =
    over.scalars.some((id) => dirt.scalars.has(id)) ||
    over.deep.some((ref) => !isClean(rowsOfRef(dirt, ref))) ||
    over.deepTables.some((table) => dirt.counts.has(table));
  if (deep) return 'all';
  return union([dirt.counts.get(over.table) ?? NONE, ...over.refs.map((ref) => rowsOfRef(dirt, ref))]);
}

/** Whether anything that a node reads has changed. */
export function isTouched(dirt: Dirt, shape: Shape): boolean {
  return (
    shape.scalars.some((id) => dirt.scalars.has(id)) ||
    shape.refs.some((ref) => !isClean(rowsOfRef(dirt, ref))) ||
    shape.tables.some((table) => dirt.counts.has(table)) ||
    shape.overs.some((over) => !isClean(rowsOfOver(dirt, over))) ||
    shape.shares.some((id) => dirt.members.has(id) || dirt.rests.has(id))
  );
}

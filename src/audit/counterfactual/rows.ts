/** Rows of a table: some, or perhaps every one. */
export type Rows = 'all' | ReadonlySet<number>;

export const NO_ROWS: Rows = new Set();

export function isNone(rows: Rows): boolean {
  return rows !== 'all' && rows.size === 0;
}

export function hasRow(rows: Rows, row: number): boolean {
  return rows === 'all' || rows.has(row);
}

export function union(a: Rows, b: Rows): Rows {
  if (a === 'all' || b === 'all') return 'all';
  if (a.size === 0) return b;
  return b.size === 0 ? a : new Set([...a, ...b]);
}

export function meet(a: Rows, b: Rows): boolean {
  if (a === 'all') return !isNone(b);
  if (b === 'all') return !isNone(a);
  for (const row of a) if (b.has(row)) return true;
  return false;
}

import type { Expr } from '../../rules/program.ts';
import { attempt, type Env, isFault, type Machine, type Present, type Reading } from './reading.ts';
import { identity } from './values.ts';
import { readsLevel } from './walk.ts';

/**
 * The condition's first conjunct, where it is `cell = outer`: a cell of the row being visited and something that
 * does not depend on that row. Rows whose cell differs can't match, whatever the other conjuncts say.
 */
export interface Probe {
  readonly cell: Extract<Expr, { readonly op: 'sheet' | 'column' }>;
  readonly outer: Expr;
}

export function probeOf(where: Expr | null, level: number): Probe | null {
  let first = where;
  while (first !== null && first.op === 'and') first = first.left;
  if (first === null || first.op !== 'compare' || first.operator !== '=') return null;
  return side(first.left, first.right, level) ?? side(first.right, first.left, level);
}

function side(cell: Expr, outer: Expr, level: number): Probe | null {
  if ((cell.op !== 'sheet' && cell.op !== 'column') || cell.level !== level) return null;
  return readsLevel(outer, (l) => l === level) ? null : { cell, outer };
}

/** A column's counted rows by value, and the first row of each kind: comparing two kinds ends in a fault. */
export interface ColumnIndex {
  readonly rows: ReadonlyMap<string, readonly number[]>;
  readonly blanks: readonly number[];
  readonly first: ReadonlyMap<Present['kind'] | 'fault', number>;
}

export function indexColumn(rows: readonly number[], read: (row: number) => Reading): ColumnIndex {
  const byValue = new Map<string, number[]>();
  const blanks: number[] = [];
  const first = new Map<Present['kind'] | 'fault', number>();
  for (const row of rows) {
    const x = attempt(() => read(row));
    if (x.kind === 'blank') {
      blanks.push(row);
      continue;
    }
    if (!first.has(x.kind)) first.set(x.kind, row);
    if (isFault(x)) continue;
    const key = identity(x);
    const found = byValue.get(key);
    if (found === undefined) byValue.set(key, [row]);
    else found.push(row);
  }
  return { rows: byValue, blanks, first };
}

/**
 * The rows to look at for a condition that begins with a probe: those whose cell equals, up to and with the first
 * row at which the comparison itself fails. All others are FALSE at the probe, so a scan would pass over them.
 */
export function probeRows(
  m: Machine,
  probe: Probe,
  rows: readonly number[],
  index: () => ColumnIndex,
  env: Env,
): readonly number[] {
  if (rows.length === 0) return rows;
  const outer = attempt(() => m.read(probe.outer, env));
  // Then the first row already fails.
  if (isFault(outer)) return rows.slice(0, 1);
  const { rows: byValue, blanks, first } = index();
  let stop = first.get('fault') ?? Number.POSITIVE_INFINITY;
  if (outer.kind !== 'blank') {
    for (const [kind, row] of first) if (kind !== outer.kind && row < stop) stop = row;
  }
  const equal = outer.kind === 'blank' ? blanks : (byValue.get(identity(outer)) ?? []);
  if (stop === Number.POSITIVE_INFINITY) return equal;
  return [...equal.filter((row) => row < stop), stop];
}

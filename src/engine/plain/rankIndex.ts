import { attempt, type Env, inner, isFault, type Machine, type Present } from './reading.ts';
import { order } from './values.ts';

/** The values of `rank(x)` over the rows that count: where all are of one kind, a place among them is soon found. */
export interface RankIndex {
  /** The row at which reading x fails; Infinity where none does. */
  readonly fault: number;
  /** The first row of each kind, blanks left out. */
  readonly first: ReadonlyMap<Present['kind'], number>;
  /** By kind, rising. */
  readonly sorted: ReadonlyMap<Present['kind'], readonly Present[]>;
}

export function indexRank(
  m: Machine,
  expr: { readonly table: number; readonly level: number; readonly value: Parameters<Machine['read']>[0] },
  env: Env,
): RankIndex {
  const at = inner(env, expr.table, expr.level);
  const first = new Map<Present['kind'], number>();
  const sorted = new Map<Present['kind'], Present[]>();
  let fault = Number.POSITIVE_INFINITY;
  for (const row of m.rows(expr.table)) {
    at.rows[expr.level] = row;
    const x = attempt(() => m.read(expr.value, at));
    if (isFault(x)) {
      fault = row;
      break;
    }
    if (x.kind === 'blank') continue;
    if (!first.has(x.kind)) first.set(x.kind, row);
    const values = sorted.get(x.kind);
    if (values === undefined) sorted.set(x.kind, [x]);
    else values.push(x);
  }
  for (const values of sorted.values()) values.sort(order);
  return { fault, first, sorted };
}

/** The row that ends a walk: at which x fails or is of another kind than mine; Infinity where none does. */
export function endingRow(index: RankIndex, mine: Present): number {
  let end = index.fault;
  for (const [kind, row] of index.first) if (kind !== mine.kind) end = Math.min(end, row);
  return end;
}

/** How many values are greater, where no row ends the walk. */
export function countGreater(index: RankIndex, mine: Present): number {
  const values = index.sorted.get(mine.kind) ?? [];
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = values[middle];
    if (value !== undefined && order(value, mine) > 0) high = middle;
    else low = middle + 1;
  }
  return values.length - low;
}

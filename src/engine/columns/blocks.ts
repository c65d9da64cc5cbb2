import type { ComputedColumn, Definition, Expr } from '../../rules/program.ts';
import { some } from '../plain/walk.ts';
import { columnVec, type Shared } from './definitions.ts';
import { type Frame, rangeFrame, tableFrame } from './frames.ts';
import { truths } from './logic.ts';
import type { Counted, Machine } from './machine.ts';
import { joined } from './slices.ts';
import type { Vec } from './vec.ts';

/**
 * A column over the rows of its table that count. Where each row is computed from itself, some thousand rows at a time:
 * what is made on the way is small, stays in the processor's cache and is not asked of the system anew.
 */
export function wholeColumnVec(m: Machine, column: ComputedColumn, shared: (id: number) => Shared): Vec {
  const counted = m.count(column.table);
  const exprs = column.definitions.map(expressionsOf);
  if (exprs.every((list) => list !== null && isByRow(m, counted.n, list))) {
    const vec = joined(counted.n, m.rowsAtOnce, (from, to) =>
      columnVec(m, column, blockOf(counted, from, to), shared),
    );
    if (vec !== null) return vec;
  }
  return columnVec(m, column, m.inner(column.table, 0), shared);
}

/** Whether a condition holds, by row of a table's whole sheet. */
export function sheetTruths(m: Machine, where: Expr, total: number): Uint8Array {
  const states = new Uint8Array(total);
  let from = 0;
  for (const frame of framesOver(m, { n: total, rows: null }, [where])) {
    states.set(truths(m.read(where, frame), frame.n), from);
    from += frame.n;
  }
  return states;
}

/** The rows of a table that count as frames, one after another: one where some expressions are better read at once. */
export const framesOf = (m: Machine, table: number, exprs: readonly Expr[]): Iterable<Frame> =>
  framesOver(m, m.count(table), exprs);

function* framesOver(m: Machine, counted: Rows, exprs: readonly Expr[]): Generator<Frame> {
  const { n, rows } = counted;
  if (!isByRow(m, n, exprs)) yield tableFrame(0, n, rows);
  else
    for (let from = 0; from < n; from += m.rowsAtOnce)
      yield blockOf(counted, from, Math.min(n, from + m.rowsAtOnce));
}

type Rows = Pick<Counted, 'n' | 'rows'>;

function blockOf({ rows }: Rows, from: number, to: number): Frame {
  return rows === null ? rangeFrame(0, from, to - from) : tableFrame(0, to - from, rows.subarray(from, to));
}

/** What a definition reads; null where it is not better read in parts. */
function expressionsOf(definition: Definition): readonly Expr[] | null {
  switch (definition.kind) {
    case 'rule':
      return [definition.value, ...(definition.where === null ? [] : [definition.where])];
    case 'statement':
      return [
        ...definition.components.map(({ value }) => value),
        ...(definition.where === null ? [] : [definition.where]),
      ];
    case 'score':
    case 'share':
    case 'rest':
      // In one walk already, from what columns have in fewer bytes.
      return null;
    default: {
      const never: never = definition;
      return never;
    }
  }
}

/** Whether rows are many, and each is computed from itself, from what is the same for all, and from a row that it looks up. */
function isByRow(m: Machine, rows: number, exprs: readonly Expr[]): boolean {
  if (rows <= m.rowsAtOnce) return false;
  /** Different texts of all columns that are read: a step that looks at each of them is repeated for every block. */
  let texts = 0;
  /** Where the keys of a column are is found once. */
  const keys = new Set<Expr>();
  return !exprs.some((expr) =>
    some(expr, (x) => {
      if (x.op === 'rank') return true;
      if (x.op === 'aggregate' && x.fn === 'lookup') keys.add(x.key);
      else if (x.op === 'aggregate') return m.traits(x).levels !== 0;
      else if (!keys.has(x)) texts += textsOf(m, x);
      return texts > m.rowsAtOnce;
    }),
  );
}

function textsOf(m: Machine, x: Expr): number {
  if (x.op === 'sheet') return m.sheet(x.table, x.column).pool.texts.length;
  return x.op === 'column' ? (m.columns[x.column]?.pool.texts.length ?? 0) : 0;
}

import { readsLevel } from '../../engine/plain/walk.ts';
import type { Expr, Program } from '../../rules/program.ts';
import { childrenOf } from '../../rules/walk.ts';

/**
 * What an expression of a row reads, so that it can be told which rows come out differently where rows of other
 * tables do. Everything is an upper bound: what is not listed is surely not read.
 */
export interface Reads {
  /** Computed columns of the row itself. */
  readonly own: ReadonlySet<number>;
  /** Computed columns of a row around it (of the `each` that a share stands in). */
  readonly around: ReadonlySet<number>;
  readonly scalars: ReadonlySet<number>;
  readonly rows: readonly RowsRead[];
}

/** Rows of a table that an aggregate, a lookup or a rank runs over. */
export interface RowsRead {
  readonly table: number;
  readonly level: number;
  /** Computed columns read in them. */
  readonly columns: ReadonlySet<number>;
  /** Conditions that come first and are the same for all rows around. */
  readonly before: readonly Expr[];
  /** A cell of theirs that has to equal something of the row itself; null where any of them may matter to any row. */
  readonly join: Join | null;
}

export interface Join {
  /** `key`: the row with that key is asked for. */
  readonly kind: 'equal' | 'key';
  /** Null: the table's key. */
  readonly cell: Extract<Expr, { readonly op: 'sheet' | 'column' }> | null;
  /** Reads no row but the row itself. */
  readonly outer: Expr;
}

interface Draft {
  readonly own: Set<number>;
  readonly around: Set<number>;
  readonly scalars: Set<number>;
  readonly rows: RowsDraft[];
}

type RowsDraft = Omit<RowsRead, 'columns'> & { readonly columns: Set<number> };

/** What expressions read whose row stands at `level` (−1: they have none). */
export function readsOf(program: Program, exprs: readonly (Expr | null)[], level: number): Reads {
  const found: Draft = { own: new Set(), around: new Set(), scalars: new Set(), rows: [] };
  const open: { readonly expr: Expr; readonly within: readonly RowsDraft[] }[] = [];
  const push = (expr: Expr | null, within: readonly RowsDraft[]): void => {
    if (expr !== null) open.push({ expr, within });
  };
  for (const expr of exprs) push(expr, []);
  const bands = new Set<number>();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { expr, within } = next;
    switch (expr.op) {
      case 'column': {
        const around = within.find((rows) => rows.level === expr.level);
        if (around !== undefined) around.columns.add(expr.column);
        else if (expr.level === level) found.own.add(expr.column);
        else found.around.add(expr.column);
        break;
      }
      case 'scalar':
        found.scalars.add(expr.scalar);
        break;
      case 'band':
        if (!bands.has(expr.band)) {
          bands.add(expr.band);
          for (const line of program.bands[expr.band]?.lines ?? []) push(line.value, []);
        }
        break;
      case 'rank': {
        const rows = rowsOf(expr.table, expr.level, expr.where, level);
        found.rows.push(rows);
        push(expr.value, [...within, rows]);
        push(expr.where, [...within, rows]);
        // Its value is read in the row itself, too.
        for (const column of columnsIn(expr.value, expr.level)) found.own.add(column);
        continue;
      }
      case 'aggregate': {
        const rows: RowsDraft =
          expr.fn === 'lookup'
            ? {
                table: expr.table,
                level: expr.level,
                columns: new Set(),
                before: [],
                join: readsLevel(expr.key, (l) => l !== level)
                  ? null
                  : { kind: 'key', cell: null, outer: expr.key },
              }
            : rowsOf(expr.table, expr.level, expr.where, level);
        found.rows.push(rows);
        const key = expr.fn === 'lookup' ? expr.key : null;
        push(key, within);
        for (const child of childrenOf(expr)) if (child !== key) push(child, [...within, rows]);
        continue;
      }
      default:
    }
    for (const child of childrenOf(expr)) push(child, within);
  }
  return found;
}

function columnsIn(expr: Expr, level: number): readonly number[] {
  const found: number[] = [];
  const open = [expr];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.op === 'column' && next.level === level) found.push(next.column);
    open.push(...childrenOf(next));
  }
  return found;
}

/** Which rows of a table a condition at `level` lets through, seen from a row at `outer`. */
function rowsOf(table: number, level: number, where: Expr | null, outer: number): RowsDraft {
  const conjuncts = where === null ? [] : conjunctsOf(where);
  const steady = conjuncts.findIndex((conjunct) => readsLevel(conjunct, (l) => l !== level && l < level));
  const before = steady < 0 ? conjuncts : conjuncts.slice(0, steady);
  const next = steady < 0 ? undefined : conjuncts[steady];
  const join = next === undefined ? null : joinOf(next, level, outer);
  return { table, level, columns: new Set(), before, join };
}

export function conjunctsOf(where: Expr): readonly Expr[] {
  const found: Expr[] = [];
  let expr = where;
  while (expr.op === 'and') {
    found.push(expr.right);
    expr = expr.left;
  }
  return [...found, expr].reverse();
}

function joinOf(expr: Expr, level: number, outer: number): Join | null {
  if (expr.op !== 'compare' || expr.operator !== '=') return null;
  return side(expr.left, expr.right, level, outer) ?? side(expr.right, expr.left, level, outer);
}

function side(cell: Expr, other: Expr, level: number, outer: number): Join | null {
  if ((cell.op !== 'sheet' && cell.op !== 'column') || cell.level !== level) return null;
  return readsLevel(other, (l) => l !== outer) ? null : { kind: 'equal', cell, outer: other };
}

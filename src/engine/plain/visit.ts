import { Kind } from '../../exact/column.ts';
import type { Expr } from '../../rules/program.ts';
import { logicalOf, matches } from './operands.ts';
import {
  attempt,
  type Env,
  inner,
  isFault,
  type Machine,
  type Present,
  type Reading,
  tableOf,
} from './reading.ts';
import { identity } from './values.ts';
import { readsLevel } from './walk.ts';

/**
 * Which rows a condition needs to be tried at, so that one value can be told quickly. A condition is a chain of
 * conjuncts, read from left to right up to the first that is FALSE. Those at its beginning that read no row around
 * are the same for all rows around: where one is FALSE the row never matches, where one fails every walk ends. If the
 * next one is `cell = outer`, an index of the cell's column tells the rows where it is TRUE or fails. Nothing else is
 * decided here: at the rows that are left the whole condition is evaluated, by whoever walks them.
 */
export interface VisitPlan {
  /** Rows that pass the first conjuncts, up to where one fails. */
  readonly rows: readonly number[];
  /** The row at which one fails; Infinity where none does. */
  readonly stop: number;
  readonly probe: Probe | null;
  /** Of the probe's column over `rows`. */
  readonly index: ColumnIndex | null;
}

/** A conjunct `cell = outer`: a cell of the row being visited and something that does not depend on that row. */
interface Probe {
  readonly cell: Extract<Expr, { readonly op: 'sheet' | 'column' }>;
  readonly outer: Expr;
}

/** A column's rows by value, and the first row of each kind: comparing two kinds ends in a fault. */
interface ColumnIndex {
  readonly rows: ReadonlyMap<string, readonly number[]>;
  readonly blanks: readonly number[];
  readonly first: ReadonlyMap<Present['kind'] | 'fault', number>;
}

/** The plan of a condition at `level` over the counted rows of a table; the same in whatever environment. */
export function planVisit(
  m: Machine,
  where: Expr,
  table: number,
  level: number,
  all: readonly number[],
  env: Env,
): VisitPlan {
  const conjuncts = conjunctsOf(where);
  const steady = conjuncts.findIndex((conjunct) => readsLevel(conjunct, (l) => l < level));
  const first = steady < 0 ? conjuncts : conjuncts.slice(0, steady);
  const next = steady < 0 ? undefined : conjuncts[steady];
  const at = inner(env, table, level);
  const passed: number[] = [];
  let stop = Number.POSITIVE_INFINITY;
  for (const row of first.length === 0 ? [] : all) {
    at.rows[level] = row;
    const outcome = attempt((): { readonly kind: 'passes' | 'fails' } => {
      const passes =
        conjuncts.length === 1
          ? matches(m, where, at)
          : first.every((conjunct) => logicalOf(m, conjunct, at));
      return { kind: passes ? 'passes' : 'fails' };
    });
    if (isFault(outcome)) {
      stop = row;
      break;
    }
    if (outcome.kind === 'passes') passed.push(row);
  }
  const rows = first.length === 0 ? all : passed;
  const probe = next === undefined ? null : probeOf(next, level);
  return { rows, stop, probe, index: probe === null ? null : indexColumn(m, probe.cell, rows, at, level) };
}

function conjunctsOf(where: Expr): readonly Expr[] {
  const found: Expr[] = [];
  let expr = where;
  while (expr.op === 'and') {
    found.push(expr.right);
    expr = expr.left;
  }
  return [...found, expr].reverse();
}

function probeOf(expr: Expr, level: number): Probe | null {
  if (expr.op !== 'compare' || expr.operator !== '=') return null;
  return side(expr.left, expr.right, level) ?? side(expr.right, expr.left, level);
}

function side(cell: Expr, outer: Expr, level: number): Probe | null {
  if ((cell.op !== 'sheet' && cell.op !== 'column') || cell.level !== level) return null;
  return readsLevel(outer, (l) => l === level) ? null : { cell, outer };
}

function indexColumn(
  m: Machine,
  cell: Probe['cell'],
  rows: readonly number[],
  at: Env & { rows: number[] },
  level: number,
): ColumnIndex {
  const byValue = new Map<string, number[]>();
  const blanks: number[] = [];
  const first = new Map<Present['kind'] | 'fault', number>();
  const rowsOf = (key: string): number[] => {
    const found = byValue.get(key) ?? [];
    byValue.set(key, found);
    return found;
  };
  const texts = textsOf(m, cell);
  const byText: number[][] = [];
  for (const row of rows) {
    const id = texts === null ? -1 : texts.idOf(row);
    const known = byText[id];
    if (known !== undefined) {
      known.push(row);
      continue;
    }
    at.rows[level] = row;
    const x = attempt((): Reading => m.read(cell, at));
    if (x.kind === 'blank') {
      blanks.push(row);
      continue;
    }
    if (!first.has(x.kind)) first.set(x.kind, row);
    if (isFault(x)) continue;
    const found = rowsOf(identity(x));
    found.push(row);
    if (id >= 0) byText[id] = found;
  }
  return { rows: byValue, blanks, first };
}

/** A sheet's texts by number, so that each is looked up once: −1 where a cell has no text. */
function textsOf(m: Machine, cell: Probe['cell']): { idOf(row: number): number } | null {
  if (cell.op !== 'sheet') return null;
  const data = tableOf(m.workbook, cell.table).columns[cell.column]?.data;
  return data === undefined
    ? null
    : { idOf: (row) => (data.kinds[row] === Kind.TEXT ? (data.payload[row] ?? -1) : -1) };
}

/** The rows at which to try the condition in one environment, rising. */
export function plannedRows(
  m: Machine,
  { rows, stop, probe, index }: VisitPlan,
  env: Env,
): readonly number[] {
  if (probe === null || index === null) return until(rows, stop);
  const outer = attempt(() => m.read(probe.outer, env));
  // Then the first row that comes to the probe fails there.
  if (isFault(outer)) return rows.length > 0 ? rows.slice(0, 1) : until([], stop);
  let end = Math.min(stop, index.first.get('fault') ?? Number.POSITIVE_INFINITY);
  if (outer.kind === 'blank') return until(index.blanks, end);
  for (const [kind, row] of index.first) if (kind !== outer.kind) end = Math.min(end, row);
  return until(index.rows.get(identity(outer)) ?? [], end);
}

/** The rows before `end`, and `end` where it is a row. */
function until(rows: readonly number[], end: number): readonly number[] {
  if (end === Number.POSITIVE_INFINITY) return rows;
  return [...rows.filter((row) => row < end), end];
}

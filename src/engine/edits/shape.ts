import type { Aggregate, Definition, Expr, Node, Program } from '../../rules/program.ts';
import { partsOf } from '../../rules/walk.ts';
import { conjuncts } from '../columns/meaning.ts';
import { nodeExpressions, readsLevel } from '../plain/walk.ts';

export type Rank = Extract<Expr, { readonly op: 'rank' }>;

/** A column that is read: of the sheet, or computed. */
export type Ref =
  | { readonly kind: 'sheet'; readonly table: number; readonly column: number }
  | { readonly kind: 'column'; readonly column: number };

/** What rows an aggregate takes, as far as a key tells: those whose `cell` equals `outer`. */
export interface Probe {
  /** Conditions on the row alone that are tried before the key. */
  readonly steady: readonly Expr[];
  /** Of the aggregated row alone. */
  readonly cell: Expr;
  readonly outer: Expr;
  /** What `outer` reads; null where that is more than its own row and scalars. */
  readonly reads: Reads | null;
  /** Conditions after the key. */
  readonly rest: readonly Expr[];
}

export interface Reads {
  readonly refs: readonly Ref[];
  readonly scalars: readonly number[];
}

/** The conditions of the aggregated row alone; `alone` where one is the whole condition, so that a blank is no fault. */
export interface Conditions {
  readonly list: readonly Expr[];
  readonly alone: boolean;
}

/** An aggregate or rank that stands in no other one. */
export interface Over {
  readonly expr: Aggregate | Rank;
  readonly table: number;
  readonly level: number;
  /** Read of the rows that it runs over. */
  readonly refs: readonly Ref[];
  /** Read of other rows by aggregates within it: a change there may change anything. */
  readonly deep: readonly Ref[];
  readonly deepTables: readonly number[];
  readonly scalars: readonly number[];
  readonly probe: Probe | null;
  readonly conditions: Conditions;
  /** Aggregates that look for the same column without another condition before share one index, by this name. */
  readonly sharedIndex: string | null;
  /** Whether rows come in one by one: a number by key can be kept up to date (see totals.ts). */
  readonly separable: boolean;
}

/** What a node reads. */
export interface Shape {
  /** Of its own row. */
  readonly refs: readonly Ref[];
  /** Outside of aggregates. */
  readonly scalars: readonly number[];
  readonly overs: readonly Over[];
  /** Tables whose rows that count matter to it, other than through `overs`. */
  readonly tables: readonly number[];
  readonly shares: readonly number[];
}

interface Draft {
  readonly refs: Ref[];
  readonly scalars: Set<number>;
  readonly overs: Over[];
}

interface OverDraft {
  readonly level: number;
  readonly refs: Ref[];
  readonly deep: Ref[];
  readonly deepTables: number[];
  readonly scalars: Set<number>;
}

export function shapeOf(program: Program, node: Node): Shape {
  return {
    ...shapeOfAll(program, nodeExpressions(program, node), ownLevels(program, node)),
    tables: ownTables(program, node),
    shares: sharesOf(program, node),
  };
}

/** What some expressions read whose own rows are at levels below `own`. */
export function shapeOfAll(program: Program, exprs: readonly (Expr | null)[], own: number): Shape {
  const draft: Draft = { refs: [], scalars: new Set(), overs: [] };
  for (const expr of exprs) if (expr !== null) collect(program, expr, own, draft);
  return { refs: draft.refs, scalars: [...draft.scalars], overs: draft.overs, tables: [], shares: [] };
}

/** How many levels a node has rows at without any aggregate. */
function ownLevels(program: Program, node: Node): number {
  switch (node.kind) {
    case 'table':
    case 'column':
      return 1;
    case 'scalar':
      return 0;
    case 'share':
      return (program.shares[node.share]?.memberLevel ?? 0) + 1;
    case 'check':
      return (program.checks[node.check]?.each ?? null) === null ? 0 : 1;
    default: {
      const never: never = node;
      return never;
    }
  }
}

function ownTables(program: Program, node: Node): readonly number[] {
  switch (node.kind) {
    case 'column':
      return [program.columns[node.column]?.table ?? -1];
    case 'share': {
      const share = program.shares[node.share];
      return share === undefined ? [] : [share.table, ...(share.each === null ? [] : [share.each.table])];
    }
    case 'check': {
      const each = program.checks[node.check]?.each ?? null;
      return each === null ? [] : [each.table];
    }
    default:
      return [];
  }
}

function sharesOf(program: Program, node: Node): readonly number[] {
  if (node.kind === 'scalar') {
    const source = program.scalars[node.scalar]?.source;
    return source?.kind === 'rest' ? [source.share] : [];
  }
  if (node.kind !== 'column') return [];
  return (program.columns[node.column]?.definitions ?? []).flatMap((d: Definition) =>
    d.kind === 'share' || d.kind === 'rest' ? [d.share] : [],
  );
}

/** Walks an expression without recursion; `within` is the outermost aggregate around. */
function collect(program: Program, root: Expr, own: number, out: Draft): void {
  const open: { readonly expr: Expr; readonly within: OverDraft | null }[] = [{ expr: root, within: null }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { expr, within } = next;
    if (expr.op === 'sheet' || expr.op === 'column') {
      const ref: Ref =
        expr.op === 'sheet'
          ? { kind: 'sheet', table: expr.table, column: expr.column }
          : { kind: 'column', column: expr.column };
      if (expr.level < own) out.refs.push(ref);
      else if (within === null || expr.level === within.level) (within ?? out).refs.push(ref);
      else within.deep.push(ref);
    } else if (expr.op === 'scalar') (within ?? out).scalars.add(expr.scalar);
    else if (expr.op === 'band') {
      for (const id of bandScalars(program, expr.band)) (within ?? out).scalars.add(id);
    }
    if (expr.op !== 'aggregate' && expr.op !== 'rank') {
      for (const { expr: part } of partsOf(expr)) open.push({ expr: part, within });
      continue;
    }
    let inside = within;
    if (within === null) {
      const draft: OverDraft = {
        level: expr.level,
        refs: [],
        deep: [],
        deepTables: [],
        scalars: new Set(),
      };
      inside = draft;
      // Its parts are walked before anybody looks.
      out.overs.push(overOf(program, expr, draft));
    } else {
      within.deepTables.push(expr.table);
      // A rank's counted row is another one, whatever its level.
      if (expr.op === 'rank') inside = { ...within, level: Number.NaN };
    }
    for (const { expr: part, bound } of partsOf(expr))
      open.push({ expr: part, within: bound < 0 ? within : inside });
  }
}

function overOf(program: Program, expr: Aggregate | Rank, draft: OverDraft): Over {
  const { table, level } = expr;
  const probe = probeOf(program, expr);
  let scalars: readonly number[] | null = null;
  return {
    expr,
    table,
    level,
    refs: draft.refs,
    deep: draft.deep,
    deepTables: draft.deepTables,
    get scalars() {
      scalars ??= [...draft.scalars];
      return scalars;
    },
    probe,
    conditions: conditionsOf(expr, probe),
    sharedIndex: sharedIndex(table, probe),
    separable: isSeparable(expr, probe),
  };
}

function bandScalars(program: Program, band: number): readonly number[] {
  const found: number[] = [];
  const open: Expr[] = (program.bands[band]?.lines ?? []).map((line) => line.value);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.op === 'scalar') found.push(next.scalar);
    if (next.op === 'band') open.push(...(program.bands[next.band]?.lines ?? []).map((line) => line.value));
    open.push(...partsOf(next).map((part) => part.expr));
  }
  return found;
}

function probeOf(program: Program, expr: Aggregate | Rank): Probe | null {
  const { table, level } = expr;
  if (expr.op === 'rank') return null;
  if (expr.fn === 'lookup') {
    const column = program.tables[table]?.key ?? 0;
    return {
      steady: [],
      cell: { op: 'sheet', table, column, level, at: expr.at },
      outer: expr.key,
      reads: readBy(expr.key),
      rest: [],
    };
  }
  const list = conjuncts(expr.where);
  const first = list.findIndex((condition) => readsLevel(condition, (l) => l < level));
  const key = list[first];
  if (key === undefined || key.op !== 'compare' || key.operator !== '=') return null;
  const sides = side(key.left, key.right, level) ?? side(key.right, key.left, level);
  if (sides === null) return null;
  return { steady: list.slice(0, first), ...sides, reads: readBy(sides.outer), rest: list.slice(first + 1) };
}

function readBy(root: Expr): Reads | null {
  const refs: Ref[] = [];
  const scalars: number[] = [];
  const open = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.op === 'aggregate' || next.op === 'rank' || next.op === 'band') return null;
    if (next.op === 'sheet') refs.push({ kind: 'sheet', table: next.table, column: next.column });
    if (next.op === 'column') refs.push({ kind: 'column', column: next.column });
    if (next.op === 'scalar') scalars.push(next.scalar);
    open.push(...partsOf(next).map((part) => part.expr));
  }
  return { refs, scalars };
}

function sharedIndex(table: number, probe: Probe | null): string | null {
  const cell = probe?.cell;
  if (probe?.steady.length !== 0 || (cell?.op !== 'sheet' && cell?.op !== 'column')) return null;
  return `${table} ${cell.op} ${cell.column}`;
}

function conditionsOf(expr: Aggregate | Rank, probe: Probe | null): Conditions {
  if (probe !== null) return { list: [...probe.steady, ...probe.rest], alone: false };
  const list = conjuncts(expr.where);
  return { list, alone: list.length === 1 };
}

function side(cell: Expr, outer: Expr, level: number): { cell: Expr; outer: Expr } | null {
  if ((cell.op !== 'sheet' && cell.op !== 'column') || cell.level !== level) return null;
  return readsLevel(outer, (l) => l === level) ? null : { cell, outer };
}

function isSeparable(expr: Aggregate | Rank, probe: Probe | null): boolean {
  if (expr.op === 'rank') return false;
  const { level } = expr;
  const inner = (x: Expr): boolean => !readsLevel(x, (l) => l !== level) && !hasAggregate(x);
  switch (expr.fn) {
    case 'count':
    case 'sum':
    case 'average':
    case 'min':
    case 'max': {
      const { list } = conditionsOf(expr, probe);
      return (expr.value === null || inner(expr.value)) && list.every(inner);
    }
    default:
      return false;
  }
}

function hasAggregate(root: Expr): boolean {
  const open = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.op === 'aggregate' || next.op === 'rank') return true;
    open.push(...partsOf(next).map((part) => part.expr));
  }
  return false;
}

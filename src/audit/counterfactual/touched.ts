import { attempt, isFault } from '../../engine/plain/reading.ts';
import { expressionsOf, readsLevel, some } from '../../engine/plain/walk.ts';
import type { Aggregate, Definition, Expr, Node, Share } from '../../rules/program.ts';
import { childrenOf, partsOf } from '../../rules/walk.ts';
import { type Base, type CellExpr, envOf, identityOf, readCell } from './base.ts';
import type { Cell } from './cell.ts';
import { hasRow, isNone, meet, NO_ROWS, type Rows, union } from './rows.ts';

type Rank = Extract<Expr, { readonly op: 'rank' }>;

/** Where an expression's value may change: everywhere, or where the row of a level is one of these. */
export interface Reach {
  readonly everywhere: boolean;
  readonly levels: ReadonlyMap<number, Rows>;
}

/**
 * What may change with one cell, as long as its row counts before and after. Too much rather than too little: what is
 * not here is sure to stay as it is, whatever the cell holds.
 */
export interface Touched {
  readonly cell: Cell;
  /** Whether the condition of the cell's own table reads it. */
  readonly counting: boolean;
  /** Tables of which other rows may count. */
  readonly tables: ReadonlySet<number>;
  readonly scalars: ReadonlySet<number>;
  column(id: number): Rows;
  /** Pools by the row of the `each`; at depth 0 all or none. */
  share(id: number): Rows;
  /** Whether other rows may take part in a share. */
  members(id: number): boolean;
  /** Rows of its `each`; at the top all or none. */
  check(id: number): Rows;
  reach(expr: Expr): Reach;
}

const NOWHERE: Reach = { everywhere: false, levels: new Map() };

export function touchedBy(base: Base, cell: Cell): Touched {
  const { program } = base;
  const own: Rows = new Set([cell.row]);
  const tables = new Set<number>();
  const scalars = new Set<number>();
  const columns = program.columns.map((): Rows => NO_ROWS);
  const shares = program.shares.map((): Rows => NO_ROWS);
  const members = program.shares.map(() => false);
  const checks = program.checks.map((): Rows => NO_ROWS);
  const reaches = new Map<Expr, Reach>();
  let counting = false;

  for (const node of program.order) visit(node);
  return {
    cell,
    counting,
    tables,
    scalars,
    column: (id) => columns[id] ?? NO_ROWS,
    share: (id) => shares[id] ?? NO_ROWS,
    members: (id) => members[id] ?? false,
    check: (id) => checks[id] ?? NO_ROWS,
    reach,
  };

  function visit(node: Node): void {
    switch (node.kind) {
      case 'table': {
        const where = program.tables[node.table]?.where ?? null;
        const found = reachOrNone(where);
        if (found.everywhere) tables.add(node.table);
        else if (!isNone(rowsAt(found, 0))) counting = true;
        return;
      }
      case 'scalar': {
        const source = program.scalars[node.scalar]?.source;
        const changes =
          source?.kind === 'rest'
            ? !isNone(shares[source.share] ?? NO_ROWS)
            : source !== undefined && reaches0(source.value);
        if (changes) scalars.add(node.scalar);
        return;
      }
      case 'column': {
        const column = program.columns[node.column];
        if (column === undefined) return;
        let rows: Rows = NO_ROWS;
        for (const definition of column.definitions) rows = union(rows, rowsOf(definition));
        columns[node.column] = tables.has(column.table) ? 'all' : rows;
        return;
      }
      case 'share': {
        const share = program.shares[node.share];
        if (share === undefined) return;
        members[node.share] = membersChange(share);
        shares[node.share] = poolsOf(share, node.share);
        return;
      }
      case 'check': {
        const check = program.checks[node.check];
        if (check === undefined) return;
        const found = merge([reachOrNone(check.each?.where ?? null), reach(check.condition)]);
        const inEach = check.each !== null && !tables.has(check.each.table);
        checks[node.check] = inEach
          ? found.everywhere
            ? 'all'
            : rowsAt(found, 0)
          : isReach(found) || check.each !== null
            ? 'all'
            : NO_ROWS;
        return;
      }
      default: {
        node satisfies never;
      }
    }
  }

  function rowsOf(definition: Definition): Rows {
    if (definition.kind === 'share' || definition.kind === 'rest') {
      const pools = shares[definition.share] ?? NO_ROWS;
      if (definition.kind === 'rest') return pools;
      if (isNone(pools)) return NO_ROWS;
      if (members[definition.share] ?? true) return 'all';
      const rows = new Set<number>();
      for (const result of base.results.shares)
        if (result.share === definition.share && hasRow(pools, result.of ?? 0))
          for (const member of result.members) rows.add(member.row);
      return rows;
    }
    const found = merge(expressionsOf(program, definition).map(reach));
    return found.everywhere ? 'all' : rowsAt(found, 0);
  }

  function membersChange(share: Share): boolean {
    return (
      tables.has(share.table) ||
      (share.each !== null && tables.has(share.each.table)) ||
      isReach(merge([reachOrNone(share.where), reachOrNone(share.each?.where ?? null)]))
    );
  }

  function poolsOf(share: Share, id: number): Rows {
    const { each, pool, unit, where, weight, floor, cap, memberLevel } = share;
    const outer = merge([reachOrNone(each?.where ?? null), reach(pool), reachOrNone(unit)]);
    const inner = merge([where, weight, floor, cap].map(reachOrNone));
    if (each === null) return isReach(outer) || isReach(inner) || tables.has(share.table) ? 'all' : NO_ROWS;
    if (outer.everywhere || inner.everywhere || (members[id] ?? true)) return 'all';
    const rows = rowsAt(inner, memberLevel);
    if (rows === 'all') return 'all';
    const ofMembers = new Set<number>();
    for (const row of rows) for (const of of base.poolsOf(id, row)) ofMembers.add(of ?? 0);
    return union(union(rowsAt(outer, 0), rowsAt(inner, 0)), ofMembers);
  }

  function reachOrNone(expr: Expr | null): Reach {
    return expr === null ? NOWHERE : reach(expr);
  }

  function reaches0(expr: Expr): boolean {
    return isReach(reach(expr));
  }

  function reach(expr: Expr): Reach {
    const before = reaches.get(expr);
    if (before !== undefined) return before;
    let everywhere = false;
    const levels = new Map<number, Rows>();
    // Without recursion: long sums nest deeply.
    const open = [expr];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next.op === 'sheet') {
        if (next.table === cell.table && next.column === cell.column) addRows(levels, next.level, own);
      } else if (next.op === 'column') addRows(levels, next.level, columns[next.column] ?? NO_ROWS);
      else if (next.op === 'scalar') everywhere ||= scalars.has(next.scalar);
      else if (next.op === 'aggregate' || next.op === 'rank') {
        const found = overRows(next);
        everywhere ||= found.everywhere;
        for (const [level, rows] of found.levels) addRows(levels, level, rows);
      } else {
        if (next.op === 'band') everywhere ||= bandChanges(next.band);
        open.push(...childrenOf(next));
      }
    }
    const found = { everywhere, levels };
    reaches.set(expr, found);
    return found;
  }

  function bandChanges(id: number): boolean {
    return (program.bands[id]?.lines ?? []).some(({ value }) =>
      some(
        value,
        (e) => (e.op === 'scalar' && scalars.has(e.scalar)) || (e.op === 'band' && bandChanges(e.band)),
      ),
    );
  }

  function overRows(expr: Aggregate | Rank): Reach {
    const found = merge(partsOf(expr).map((part) => reach(part.expr)));
    const rows = tables.has(expr.table) ? 'all' : rowsAt(found, expr.level);
    const levels = new Map([...found.levels].filter(([level]) => level !== expr.level));
    if (found.everywhere || isNone(rows)) return { everywhere: found.everywhere, levels };
    // What a rank compares with the others is its own row's.
    if (expr.op === 'rank') addRows(levels, expr.level - 1, rows);
    const seen = seenFrom(expr, rows);
    if (seen === null) return { everywhere: true, levels };
    for (const [level, outer] of seen.levels) addRows(levels, level, outer);
    return { everywhere: seen.everywhere, levels };
  }

  /** From where an aggregate sees one of these rows; null where that can't be told. */
  function seenFrom(expr: Aggregate | Rank, rows: Rows): Reach | null {
    if (rows === 'all') return null;
    if (expr.op === 'aggregate' && expr.fn === 'lookup') {
      const key = program.tables[expr.table]?.key ?? 0;
      const keys: CellExpr = { op: 'sheet', table: expr.table, column: key, level: 0, at: expr.at };
      const found = equalTo(keys, expr.key, [...rows], expr.level);
      return found?.reach ?? (found?.rows.length === 0 ? NOWHERE : null);
    }
    let left: readonly number[] = [...rows];
    for (const conjunct of conjunctsOf(expr.where)) {
      const within = reach(conjunct);
      if (within.everywhere || meet(rowsAt(within, expr.level), rows)) return null;
      if (conjunct.op !== 'compare' || conjunct.operator !== '=') continue;
      const found =
        sideOf(conjunct.left, conjunct.right, left, expr.level) ??
        sideOf(conjunct.right, conjunct.left, left, expr.level);
      if (found === null) continue;
      if (found.reach !== null) return found.reach;
      left = found.rows;
      if (left.length === 0) return NOWHERE;
    }
    return null;
  }

  function sideOf(cellSide: Expr, other: Expr, rows: readonly number[], level: number) {
    if ((cellSide.op !== 'sheet' && cellSide.op !== 'column') || cellSide.level !== level) return null;
    return equalTo(cellSide, other, rows, level);
  }

  /** Where `cell = other` holds for one of the rows: outer rows, or (for what reads no row) which of the rows. */
  function equalTo(
    inner: CellExpr,
    other: Expr,
    rows: readonly number[],
    level: number,
  ):
    | { readonly reach: Reach; readonly rows: readonly number[] }
    | { readonly reach: null; readonly rows: readonly number[] }
    | null {
    const names = rows.map((row) => identityOf(readCell(base, inner, row)));
    if (names.includes(null)) return null;
    if ((other.op === 'sheet' || other.op === 'column') && other.level < level) {
      const index = base.index({ ...other, level: 0 });
      const found = new Set(names.flatMap((name) => index.get(name ?? '') ?? []));
      return { reach: { everywhere: false, levels: new Map([[other.level, found]]) }, rows };
    }
    if (readsLevel(other, () => true)) return null;
    const x = attempt(() => base.machine.read(other, envOf(0, 0, 0)));
    if (isFault(x)) return null;
    const wanted = identityOf(x);
    return { reach: null, rows: rows.filter((_, i) => names[i] === wanted) };
  }
}

export function isReach({ everywhere, levels }: Reach): boolean {
  return everywhere || [...levels.values()].some((rows) => !isNone(rows));
}

export function rowsAt({ levels }: Reach, level: number): Rows {
  return levels.get(level) ?? NO_ROWS;
}

function merge(reaches: readonly Reach[]): Reach {
  let everywhere = false;
  const levels = new Map<number, Rows>();
  for (const reach of reaches) {
    everywhere ||= reach.everywhere;
    for (const [level, rows] of reach.levels) addRows(levels, level, rows);
  }
  return { everywhere, levels };
}

function addRows(levels: Map<number, Rows>, level: number, rows: Rows): void {
  if (!isNone(rows)) levels.set(level, union(levels.get(level) ?? NO_ROWS, rows));
}

/** The conjuncts of a condition in the order in which they are tried. */
export function conjunctsOf(where: Expr | null): readonly Expr[] {
  if (where === null) return [];
  const found: Expr[] = [];
  let expr = where;
  while (expr.op === 'and') {
    found.push(expr.right);
    expr = expr.left;
  }
  return [...found, expr].reverse();
}

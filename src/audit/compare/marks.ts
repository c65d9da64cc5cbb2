import type { Env, Reading } from '../../engine/plain/reading.ts';
import { attempt } from '../../engine/plain/reading.ts';
import { identity } from '../../engine/plain/values.ts';
import type { Expr } from '../../rules/program.ts';
import type { Join, Reads, RowsRead } from './reads.ts';
import type { OuterIndex, World } from './world.ts';

/** Which rows of a table may come out differently. */
export type Rows = 'all' | ReadonlySet<number>;

const NOBODY: ReadonlySet<number> = new Set<number>();
export const NONE: Rows = NOBODY;

/** Rows of a table that are other ones than in the base: those that left it, and those that came instead. */
export interface Change {
  readonly own: (table: number, key: string) => boolean;
  readonly gone: readonly ReadonlySet<number>[];
  readonly come: readonly ReadonlySet<number>[];
}

/** How values are read with a change, and without. */
export interface Readers {
  readonly before: (expr: Expr, env: Env) => Reading;
  readonly after: (expr: Expr, env: Env) => Reading;
}

/** Tells which rows, scalars and shares a change may reach. Nothing else differs from the base. */
export interface Marks {
  column(id: number): Rows;
  scalar(id: number): boolean;
  /** Rows of a table whose reading of these things may differ. `level` is theirs. */
  of(reads: Reads, table: number, level: number): Rows;
  members(share: number): Rows;
  eachRows(share: number): Rows;
  share(id: number): boolean;
}

/** `twin`: marks of the same change in the same world with other pools: they say the same of all that no pool reaches. */
export function createMarks(world: World, change: Change, readers: Readers, twin: Marks | null): Marks {
  const { statics, program } = world;
  const columns = new Map<number, Rows>();
  const scalars = new Map<number, boolean>();
  const shares = new Map<number, boolean>();
  const members = new Map<number, Rows>();
  const eachRows = new Map<number, Rows>();

  const kept = <T>(map: Map<number, T>, id: number, compute: () => T): T => {
    let found = map.get(id);
    if (found === undefined) {
      found = compute();
      map.set(id, found);
    }
    return found;
  };

  function column(id: number): Rows {
    if (twin !== null && statics.pooled.columns[id] === false) return twin.column(id);
    return kept(columns, id, () => {
      if (statics.columnShares[id]?.some(share)) return 'all';
      const reads = statics.columns[id];
      return reads === undefined ? NONE : of(reads, program.columns[id]?.table ?? 0, 0);
    });
  }

  function scalar(id: number): boolean {
    if (twin !== null && statics.pooled.scalars[id] === false) return twin.scalar(id);
    return kept(scalars, id, () => {
      const rest = statics.scalarShares[id] ?? null;
      if (rest !== null && share(rest)) return true;
      const reads = statics.scalars[id];
      return reads !== undefined && of(reads, -1, -1) === 'all';
    });
  }

  function share(id: number): boolean {
    return kept(shares, id, () => {
      const { table, each } = program.shares[id] ?? { table: 0, each: null };
      if (isTouched(table) || (each !== null && isTouched(each.table))) return true;
      return !isNone(membersOf(id)) || !isNone(eachRowsOf(id));
    });
  }

  function membersOf(id: number): Rows {
    return kept(members, id, () => {
      const reads = statics.members[id];
      const { table, memberLevel } = program.shares[id] ?? { table: 0, memberLevel: 0 };
      return reads === undefined ? NONE : of(reads, table, memberLevel);
    });
  }

  function eachRowsOf(id: number): Rows {
    return kept(eachRows, id, () => {
      const reads = statics.eachRows[id];
      const each = program.shares[id]?.each ?? null;
      return reads === undefined ? NONE : of(reads, each?.table ?? -1, each === null ? -1 : 0);
    });
  }

  const isTouched = (table: number): boolean =>
    (change.gone[table]?.size ?? 0) + (change.come[table]?.size ?? 0) > 0;

  function of(reads: Reads, table: number, level: number): Rows {
    let found: Set<number> | null = null;
    const put = (rows: Rows): boolean => {
      if (rows === 'all') return true;
      if (rows.size > 0) {
        found ??= new Set();
        for (const row of rows) found.add(row);
      }
      return false;
    };
    for (const id of reads.scalars) if (scalar(id)) return 'all';
    for (const id of reads.around) if (!isNone(column(id))) return 'all';
    for (const id of reads.own) if (put(column(id))) return 'all';
    for (const rows of reads.rows) if (put(reached(rows, table, level))) return 'all';
    return found ?? NONE;
  }

  /** Rows that see another row, or another value in one. */
  function reached(read: RowsRead, table: number, level: number): Rows {
    const differing = new Set<number>();
    for (const id of read.columns) {
      const rows = column(id);
      if (rows === 'all') return 'all';
      for (const row of rows) differing.add(row);
    }
    const gone = change.gone[read.table] ?? NOBODY;
    const come = change.come[read.table] ?? NOBODY;
    if (gone.size === 0 && come.size === 0 && differing.size === 0) return NONE;
    const found = new Set<number>();
    for (const [list, reader] of [
      [gone, readers.before],
      [differing, readers.before],
      [differing, readers.after],
      [come, readers.after],
    ] as const) {
      for (const row of list) {
        const env = envAt(read.table, read.level, row);
        const passes = attempt(() => ({ met: passesAll(read.before, env, reader) }));
        if ('kind' in passes) return 'all';
        if (!passes.met) continue;
        if (read.join === null) return 'all';
        const rows = joined(read.join, read.table, row, env, reader, table, level);
        if (rows === 'all') return 'all';
        for (const one of rows) found.add(one);
      }
    }
    return found;
  }

  function joined(
    join: Join,
    from: number,
    row: number,
    env: Env,
    reader: Readers['after'],
    table: number,
    level: number,
  ): readonly number[] | 'all' {
    const index = outerIndex(join.outer, table, level);
    const { cell } = join;
    if (cell === null) return index.rows.get(world.keyOf(from, row)) ?? [];
    const value = attempt(() => reader(cell, env));
    if (value.kind === 'fault') return 'all';
    if (value.kind === 'blank') return index.rows.get('') ?? [];
    for (const kind of index.kinds) if (kind !== value.kind) return 'all';
    return index.rows.get(identity(value)) ?? [];
  }

  /** Rows of the base by the value of an expression that reads no other row. */
  function outerIndex(expr: Expr, table: number, level: number): OuterIndex {
    const before = world.kept.indexes.get(expr);
    if (before !== undefined) return before;
    const rows = new Map<string, number[]>();
    const kinds = new Set<string>();
    for (const row of world.rows(table)) {
      const value = attempt(() => readers.before(expr, envAt(table, level, row)));
      if (value.kind === 'fault') continue;
      if (value.kind !== 'blank') kinds.add(value.kind);
      const id = value.kind === 'blank' ? '' : identity(value);
      const list = rows.get(id);
      if (list === undefined) rows.set(id, [row]);
      else list.push(row);
    }
    const index = { rows, kinds };
    world.kept.indexes.set(expr, index);
    return index;
  }

  return { column, scalar, of, members: membersOf, eachRows: eachRowsOf, share };
}

export const isNone = (rows: Rows): boolean => rows !== 'all' && rows.size === 0;

/** An environment with a row at a level and none around it: dates are those of the base. */
export function envAt(table: number, level: number, row: number): Env & { rows: number[] } {
  const tables: number[] = [];
  const rows: number[] = [];
  tables[level] = table;
  rows[level] = row;
  return { context: { rule: '', keyLevel: Number.MAX_SAFE_INTEGER }, tables, rows };
}

function passesAll(before: readonly Expr[], env: Env, reader: Readers['after']): boolean {
  return before.every((expr) => {
    const x = reader(expr, env);
    // A blank among several conditions is a fault; alone it doesn't match. Either way the row is looked at again.
    return x.kind !== 'logical' || x.value;
  });
}

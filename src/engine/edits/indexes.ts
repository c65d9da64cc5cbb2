import type { Machine } from '../columns/machine.ts';
import type { VecKind } from '../columns/vec.ts';
import { logicalOf, matches } from '../plain/operands.ts';
import { attempt, type Env, inner, isFault, type Machine as Plain, type Reading } from '../plain/reading.ts';
import { type Dirt, isClean, type Rows, rowsOfOver, rowsOfRef, union } from './dirt.ts';
import { buildIndex, firstRow, idOfValue, type KeyIndex, move, NOWHERE, rowsOf } from './keyIndex.ts';
import type { Over, Ref } from './shape.ts';
import type { Sizes } from './sizes.ts';
import { buildTotals, type Item, replaceItem, type Totals, totalOf } from './totals.ts';

/**
 * What is kept from edit to edit so that aggregates need not walk their tables. Null where something about an
 * aggregate is unusual: it is looked at again when its rows change. Changed in place.
 */
export interface Indexes {
  /** Rows by the key that an aggregate looks for. */
  readonly inner: Map<Over | string, KeyIndex | null>;
  /** Rows around an aggregate by the key that they look for. */
  readonly outer: Map<Over, KeyIndex | null>;
  readonly totals: Map<Over, Totals | null>;
}

export const freshIndexes = (): Indexes => ({ inner: new Map(), outer: new Map(), totals: new Map() });

/** What goes on in one edit. */
export interface Scene {
  readonly m: Machine;
  readonly dirt: Dirt;
  readonly indexes: Indexes;
  readonly sizes: Sizes;
  /** What `touch` has said. */
  readonly touched: Map<Over, Rows>;
  /** As it was before the edit, and as it is now. */
  readonly before: () => Plain;
  readonly now: () => Plain;
  /** Makes vectors of the columns that are about to be read whole. */
  readonly prepare: (refs: readonly Ref[]) => void;
}

const innerName = (over: Over): Over | string => over.sharedIndex ?? over;

function kept<K, T>(map: Map<K, T | null>, over: K, make: () => T | null): T | null {
  const found = map.get(over);
  if (found !== undefined) return found;
  const made = make();
  map.set(over, made);
  return made;
}

export function innerIndex(s: Scene, over: Over): KeyIndex | null {
  const { probe, table, level } = over;
  if (probe === null || s.m.count(table).n < s.sizes.fewRows || over.deep.length > 0) return null;
  return kept(s.indexes.inner, innerName(over), () => {
    s.prepare(over.refs);
    return buildIndex(s.m, table, level, probe.steady, probe.cell);
  });
}

export function totalsOf(s: Scene, over: Over): Totals | null {
  if (!over.separable || s.m.count(over.table).n < s.sizes.bigTable) return null;
  if (over.probe !== null) {
    const index = innerIndex(s, over);
    if (index === null || index.groupSize < s.sizes.bigGroup) return null;
  }
  return kept(s.indexes.totals, over, () => {
    s.prepare(over.refs);
    return buildTotals(s.m, over);
  });
}

/** About how many rows the plain evaluator looks at for one value of an aggregate. */
export function rowsWalked(s: Scene, over: Over): number {
  if (over.expr.op === 'aggregate' && over.expr.fn === 'lookup') return 1;
  if (totalsOf(s, over) !== null) return 1;
  const index = innerIndex(s, over);
  return index === null ? s.m.count(over.table).n : index.groupSize;
}

/** What an aggregate comes to, if its totals say so. */
export function knownTotal(s: Scene, over: Over, env: Env): Reading | undefined {
  const totals = totalsOf(s, over);
  if (totals === null) return undefined;
  const { probe } = over;
  if (probe === null) return totalOf(totals, 0);
  const outer = attempt(() => s.now().read(probe.outer, env));
  if (isFault(outer)) return undefined;
  if (outer.kind === 'blank') return totalOf(totals, 0);
  if (totals.keyKind !== null && totals.keyKind !== outer.kind) return undefined;
  return totalOf(totals, idOfValue(s.m, outer));
}

/** The rows at which to try an aggregate's condition, if there is an index. */
export function knownVisit(s: Scene, over: Over, env: Env): readonly number[] | undefined {
  const { probe } = over;
  const index = innerIndex(s, over);
  if (probe === null || index === null) return undefined;
  const outer = attempt(() => s.now().read(probe.outer, env));
  // A walk ends at the first row that comes to the key, or that has one of another kind.
  const only = (row: number): readonly number[] => (row < 0 ? [] : [row]);
  if (isFault(outer)) return only(firstRow(index, false));
  if (outer.kind === 'blank') return rowsOf(index, 0);
  if (index.kind !== null && index.kind !== outer.kind) return only(firstRow(index, true));
  return rowsOf(index, idOfValue(s.m, outer));
}

interface Key {
  readonly id: number;
  readonly kind: VecKind | null;
}

/** What a row is to an aggregate. */
interface Contribution {
  /** Null where it does not come to its key. */
  readonly key: Key | null;
  readonly item: Item | null;
}

const NOTHING_OF_IT: Contribution = { key: null, item: null };

function contribution(s: Scene, p: Plain, over: Over, row: number): Contribution | 'fault' {
  const { expr, table, level, probe } = over;
  if (!p.counts(table, row)) return NOTHING_OF_IT;
  const env = inner({ context: { rule: '', keyLevel: level }, tables: [], rows: [] }, table, level);
  env.rows[level] = row;
  const found = attempt((): { readonly kind: 'found' } & Contribution => {
    const nothing = { kind: 'found', ...NOTHING_OF_IT } as const;
    let key: Key = { id: 0, kind: null };
    if (probe !== null) {
      if (!probe.steady.every((condition) => logicalOf(p, condition, env))) return nothing;
      const x = p.read(probe.cell, env);
      key = x.kind === 'blank' ? { id: 0, kind: null } : { id: idOfValue(s.m, x), kind: x.kind };
    }
    if (!s.indexes.totals.has(over)) return { kind: 'found', key, item: null };
    const { list, alone } = over.conditions;
    const rest = probe === null ? list : probe.rest;
    const met = rest.every((condition) =>
      alone ? matches(p, condition, env) : logicalOf(p, condition, env),
    );
    if (!met) return { kind: 'found', key, item: null };
    const value = expr.op === 'rank' || expr.value === null ? null : p.read(expr.value, env);
    return {
      kind: 'found',
      key,
      item: { id: key.id, keyKind: key.kind, value: value === null || value.kind === 'blank' ? null : value },
    };
  });
  return isFault(found) ? 'fault' : found;
}

function drop(s: Scene, over: Over): void {
  s.indexes.inner.delete(innerName(over));
  s.indexes.totals.delete(over);
}

/**
 * Takes an aggregate's changed rows into its indexes and says which rows of `around` (the table whose rows it is
 * computed for; null where there is none) it may come to something else for.
 */
export function touch(s: Scene, over: Over, around: number | null): Rows {
  // An `each` shares its condition among its rules: items are taken in once.
  const known = s.touched.get(over);
  if (known !== undefined) return known;
  const rows = takeIn(s, over, around);
  s.touched.set(over, rows);
  return rows;
}

function takeIn(s: Scene, over: Over, around: number | null): Rows {
  const outer = around === null ? null : refreshedOuter(s, over, around);
  const rows = rowsOfOver(s.dirt, over);
  if (isClean(rows)) return rows;
  const keyed = outer !== null || s.indexes.inner.has(innerName(over)) || s.indexes.totals.has(over);
  if (rows === 'all' || rows.size > s.sizes.manyRows || over.expr.op === 'rank') {
    drop(s, over);
    return 'all';
  }
  if (!keyed) return 'all';
  const keys: Key[] = [];
  for (const row of rows) {
    const old = contribution(s, s.before(), over, row);
    const next = contribution(s, s.now(), over, row);
    if (old === 'fault' || next === 'fault') {
      drop(s, over);
      return 'all';
    }
    const index = s.indexes.inner.get(innerName(over));
    if (index === null) s.indexes.inner.delete(innerName(over));
    else if (index !== undefined && !move(index, row, next.key?.id ?? NOWHERE, next.key?.kind ?? null))
      s.indexes.inner.set(innerName(over), null);
    const totals = s.indexes.totals.get(over);
    if (totals === null || (totals !== undefined && !replaceItem(totals, old.item, next.item)))
      s.indexes.totals.delete(over);
    for (const { key } of [old, next]) if (key !== null) keys.push(key);
  }
  if (outer === null) return 'all';
  const found: Set<number> = new Set();
  for (const { id, kind } of keys) {
    if (kind !== null && outer.kind !== null && kind !== outer.kind) return 'all';
    for (const row of rowsOf(outer, id)) found.add(row);
  }
  return found;
}

/** The rows around an aggregate by key, up to date; null where there is no such index. */
function refreshedOuter(s: Scene, over: Over, around: number): KeyIndex | null {
  const { probe } = over;
  if (probe === null || s.m.count(around).n < s.sizes.fewRows || probe.reads === null) return null;
  const { refs, scalars } = probe.reads;
  if (scalars.some((id) => s.dirt.scalars.has(id))) s.indexes.outer.delete(over);
  const dirty = union([
    s.dirt.counts.get(around) ?? new Set<number>(),
    ...refs.map((ref) => rowsOfRef(s.dirt, ref)),
  ]);
  if (dirty === 'all' || dirty.size > s.sizes.manyRows) s.indexes.outer.delete(over);
  const before = s.indexes.outer.get(over);
  if (before === undefined) {
    // Made only when it is of use.
    if (isClean(rowsOfOver(s.dirt, over))) return null;
    return kept(s.indexes.outer, over, () => {
      s.prepare(refs);
      return buildIndex(s.m, around, 0, [], probe.outer);
    });
  }
  if (dirty === 'all' || dirty.size === 0) return before;
  if (before === null) {
    s.indexes.outer.delete(over);
    return null;
  }
  const p = s.now();
  for (const row of dirty) {
    const env: Env = { context: { rule: '', keyLevel: 0 }, tables: [around], rows: [row] };
    const x = p.counts(around, row) ? attempt(() => p.read(probe.outer, env)) : null;
    const fine =
      x === null
        ? move(before, row, NOWHERE, null)
        : !isFault(x) &&
          (x.kind === 'blank' ? move(before, row, 0, null) : move(before, row, idOfValue(s.m, x), x.kind));
    if (!fine) {
      s.indexes.outer.set(over, null);
      return null;
    }
  }
  return before;
}

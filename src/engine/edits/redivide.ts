import { compare, type Rational } from '../../exact/rational.ts';
import { numberValue } from '../../exact/value.ts';
import type { ComputedColumn, Expr } from '../../rules/program.ts';
import type { Shared } from '../columns/definitions.ts';
import { placeAmong } from '../columns/frames.ts';
import type { Machine } from '../columns/machine.ts';
import { draftOf, keyOrder } from '../columns/pools.ts';
import {
  type Hint,
  type QuickClaims,
  type QuickLimits,
  reweighed,
  withoutBut,
} from '../columns/quickLevel.ts';
import type { Quotient } from '../columns/ratios.ts';
import { SAFE } from '../columns/scaled.ts';
import { type Amounts, amountsOf, limitsOf, type Settled, settleQuickly } from '../columns/settle.ts';
import { inMoney, type ShareOutcome } from '../columns/shareOutcome.ts';
import { cellAt, constant, lazyVec, remade, type Vec } from '../columns/vec.ts';
import type { Outcome } from '../results.ts';
import { type Dirt, isClean, isTouched, type Rows, rowsOfRef } from './dirt.ts';
import { noPatches } from './patches.ts';
import type { Division } from './plan.ts';
import type { Shape } from './shape.ts';
import type { ColumnState } from './state.ts';

type Quick = NonNullable<Settled['quick']>;

/** What is at hand when a pool is divided again. */
export interface Scenery {
  readonly m: Machine;
  readonly dirt: Dirt;
  /** Sees to it that the engine can read what a shape reads. */
  prepare(shape: Shape): void;
  /** The weight of a row, as it is now. */
  weight(row: number): Outcome;
}

export interface Redivided {
  readonly outcome: ShareOutcome;
  /** Rows of its table that get something else. */
  readonly changed: Rows;
}

/**
 * Divides the one pool of a share again among the members that it had: weights that changed, the pool and its limits
 * are looked at, nothing else is. Null where that won't do: others take part, or something is unusual.
 */
export function redivide(
  { m, dirt, prepare, weight }: Scenery,
  id: number,
  { weight: ref, members: who, amounts: pool, limits }: Division,
  before: ShareOutcome,
): Redivided | null {
  const share = m.program.shares[id];
  const old = before.single;
  const quick = old?.divided?.quick ?? null;
  if (share === undefined || old === null || old.divided === null || old.members === null || quick === null)
    return null;
  const rows = rowsOfRef(dirt, ref);
  if (dirt.counts.has(share.table) || isTouched(dirt, who) || rows === 'all') return null;
  const { members } = old;

  const amounts = isTouched(dirt, pool) ? readAmounts() : old.divided;
  if (amounts === null || compare(amounts.unit, old.divided.unit) !== 0) return null;
  const bounds = isTouched(dirt, limits) ? readLimits(amounts.unit) : quick.claims;
  if (bounds === null) return null;
  const { level, scale, placed } = quick.division;
  const by = isClean(rows) ? { but: quick.claims.but, scale, placed } : reweigh(quick, members, rows, weight);
  if (by === null) return null;

  const { floors, caps, mask } = bounds;
  const over: QuickClaims = { ...quick.claims, but: by.but, floors, caps, mask };
  let order: ((a: number, b: number) => number) | null = null;
  const precedes = (i: number, j: number): number => {
    order ??= keyOrder(m, share.table);
    return order(members[i] ?? 0, members[j] ?? 0);
  };
  const isLarge = by.scale > LARGE_SCALE;
  const claims = isLarge || by.but.size > MOST_BUT ? withoutBut(over) : over;
  const hint = isLarge ? null : { scale: by.scale, level, placed: by.placed };
  const divided = settleQuickly(amounts, claims, precedes, hint);
  if (divided?.quick == null) return null;
  const draft = draftOf(id, null, members, divided);
  const money = paidByRow(divided, divided.quick, members, m.workbook.tables[share.table]?.rows ?? 0);
  if (draft.result === null || money === null) return null;
  return {
    outcome: {
      shared: { ...before.shared, money, rest: constant(numberValue(draft.result.unallocated)) },
      settled: new Map([[null, draft.result]]),
      list: [draft.result],
      faults: [],
      single: draft,
    },
    changed: differing(quick, divided.quick, members),
  };

  function readAmounts(): Amounts | null {
    prepare(pool);
    const unit = share?.unit ?? null;
    const unitCell = unit === null ? numberValue(m.program.unit) : cellAt(m.read(unit, m.root), 0);
    return share === undefined ? null : amountsOf(cellAt(m.read(share.pool, m.root), 0), unitCell);
  }

  /** Floors and caps that are the same for all members. */
  function readLimits(unit: Rational): QuickLimits | null {
    if (limits.refs.length > 0) return null;
    prepare(limits);
    const { floor = null, cap = null } = share ?? {};
    // At the root there is one position: what is read there is the same for all.
    const bound = (expr: Expr | null): Vec | null =>
      expr === null ? null : remade(m.read(expr, m.root), { mask: 0 });
    return limitsOf({ floor: bound(floor), cap: bound(cap), begin: 0, n: members.length }, unit);
  }
}

/** The weights with those of some rows as they are now; null where one is none, or too large. */
function reweigh(
  { claims, division }: Quick,
  members: Int32Array,
  rows: ReadonlySet<number>,
  weight: Scenery['weight'],
): (Pick<QuickClaims, 'but'> & Omit<Hint, 'level'>) | null {
  const but = new Map<number, Quotient>(claims.but);
  const changes = new Map<number, number>();
  let { scale } = division;
  for (const row of rows) {
    const k = placeAmong(members, row);
    if (k < 0) continue;
    const now = weight(row);
    if (now.kind !== 'number') return null;
    const { n, d } = now.value;
    if (n < 0n || n > SAFE || d > SAFE) return null;
    but.set(k, { num: Number(n), den: Number(d) });
    changes.set(k, Number(n) / Number(d));
    // Not the least one, which nobody needs.
    if (scale % d !== 0n) scale *= d;
  }
  return { but, scale, placed: reweighed(division.placed, changes) };
}

/** A common denominator grows with every new one: beyond this it is found anew. */
const LARGE_SCALE = 10n ** 900n;
/** Every edit copies them. */
const MOST_BUT = 16;

/** Of its own: what waits would hold on to all that `redivide` sees, and with it every state before. */
function paidByRow(
  { due, unit }: Settled,
  { division }: Quick,
  members: Int32Array,
  total: number,
): Vec | null {
  const units = (): Float64Array => {
    const list = new Float64Array(total);
    for (let k = 0; k < members.length; k++) list[members[k] ?? 0] = Number(due(k));
    return list;
  };
  return inMoney(units, division.most, unit);
}

/** Members who get something else; all where these are more than a few, or others are at their floors and caps than before. */
function differing(before: Quick, now: Quick, members: Int32Array): Rows {
  const { claims, division } = now;
  const { floor, cap, rest } = division.placed;
  const old = before.division.placed;
  const isPlacedAlike =
    floor.members === old.floor.members &&
    cap.members === old.cap.members &&
    rest.members === old.rest.members;
  const isLimitedAlike = claims.floors === before.claims.floors && claims.caps === before.claims.caps;
  if (!isPlacedAlike || (!isLimitedAlike && floor.members.length + cap.members.length > 0)) return 'all';
  const [was, is] = [before.division.restUnits, division.restUnits];
  const rows = new Set<number>();
  for (let k = 0; k < is.length; k++) {
    if (was[k] === is[k]) continue;
    if (rows.size >= FEW_PAID) return 'all';
    rows.add(members[rest.members[k] ?? 0] ?? 0);
  }
  return rows;
}

/** More changed rows of what a share pays count as all: most often nearly everybody gets another cent. */
const FEW_PAID = 64;

/** A column that is what a share pays, and which of its rows have changed; null where it isn't as simple as that. */
export function paidColumn(
  { table, definitions }: ComputedColumn,
  old: ColumnState,
  shared: (id: number) => Shared,
  dirt: Dirt,
): { readonly column: ColumnState; readonly changed: Rows } | null {
  const [only] = definitions;
  if (definitions.length !== 1 || only?.kind !== 'share') return null;
  const changed = dirt.members.get(only.share);
  const { money, tags } = shared(only.share);
  if (changed === undefined || tags === null || money.tags !== null) return null;
  if (dirt.counts.has(table) || old.faults.size > 0 || old.over.size > 0) return null;
  // Made with others' tags by `remade`, it would be made now.
  return {
    column: { vec: lazyVec(money, () => money.data, tags), faults: new Map(), over: noPatches() },
    changed,
  };
}

import {
  absolute,
  divide,
  floorInteger,
  multiply,
  negate,
  type Rational,
  rational,
  roundInteger,
} from '../../exact/rational.ts';
import { numberValue, type Value } from '../../exact/value.ts';
import type { Share } from '../../rules/program.ts';
import type { ShareMember, ShareResult } from '../results.ts';
import { apportion } from './apportion.ts';
import { codePointOrder, order, within } from './boxed.ts';
import { type Frame, numbersFrom, select } from './frames.ts';
import { positionsOf, Truth, truths } from './logic.ts';
import type { Machine } from './machine.ts';
import { match } from './match.ts';
import { apportionQuickly } from './quick.ts';
import { quotients } from './ratios.ts';
import { SAFE } from './scaled.ts';
import { cellAt, constant, Tag, tagAt, type Vec } from './vec.ts';

/** A pool as far as this engine got: null results are for the plain evaluator. */
export interface PoolDraft {
  /** Row of the `each`; null at depth 0. */
  readonly of: number | null;
  readonly result: ShareResult | null;
  /** Sheet rows of its members; null where that isn't sure. */
  readonly members: Int32Array | null;
  /** Whole units of each member, where there is a result. */
  readonly units: ArrayLike<bigint | number>;
}

/** The pools of a share in row order; null where the plain evaluator has to say which there are. */
export function poolsOf(m: Machine, id: number, share: Share): readonly PoolDraft[] | null {
  if (m.count(share.table).faulty) return null;
  const frame = poolFrame(m, share);
  if (frame === null) return null;
  const rows = share.each === null ? null : (frame.rows(0) ?? numbersFrom(0, frame.n));
  const pools = m.read(share.pool, frame);
  const units = share.unit === null ? constant(numberValue(m.program.unit)) : m.read(share.unit, frame);
  const { table, where, memberLevel: level } = share;
  const matched = match(m, { table, level, where, reads: -1 }, frame);
  const out: PoolDraft[] = [];
  if (matched.kind === 'groups') throw new RangeError('members of pools come as pairs');
  const compareRows = keyOrder(m, share.table);
  for (const batch of matched.batches()) {
    const weight = m.read(share.weight, batch.frame);
    const floor = share.floor === null ? null : m.read(share.floor, batch.frame);
    const cap = share.cap === null ? null : m.read(share.cap, batch.frame);
    const memberRows = batch.frame.rows(level) ?? numbersFrom(0, batch.frame.n);
    let at = 0;
    for (let p = batch.from; p < batch.to; p++) {
      const begin = at;
      while (at < batch.frame.n && (batch.group === null ? 0 : (batch.group[at] ?? 0)) === p - batch.from)
        at++;
      const of = rows === null ? null : (rows[p] ?? 0);
      if (matched.marks[p] === 1) {
        out.push({ of, result: null, members: null, units: [] });
        continue;
      }
      const members = memberRows.slice(begin, at);
      const settled = settle(
        cellAt(pools, p),
        cellAt(units, p),
        { weight, floor, cap, begin, members },
        compareRows,
      );
      if (settled === null) out.push({ of, result: null, members, units: [] });
      else out.push({ of, members, units: settled.due, result: resultOf(id, of, settled, members) });
    }
  }
  return out;
}

function poolFrame(m: Machine, { each }: Share): Frame | null {
  if (each === null) return m.root;
  if (m.count(each.table).faulty) return null;
  const frame = m.inner(each.table, 0);
  if (each.where === null) return frame;
  const states = truths(m.read(each.where, frame), frame.n);
  if (states.some((s) => s > Truth.BLANK)) return null;
  return select(frame, positionsOf(states, Truth.YES));
}

interface Members {
  readonly weight: Vec;
  readonly floor: Vec | null;
  readonly cap: Vec | null;
  readonly begin: number;
  readonly members: Int32Array;
}

interface Settled {
  readonly pool: Rational;
  readonly unit: Rational;
  readonly units: bigint;
  readonly shared: bigint;
  readonly due: ArrayLike<bigint | number>;
  /** Null where caps left some, or there was nothing to find. */
  level(): Rational | null;
  member(k: number): Omit<ShareMember, 'row'>;
}

type Read = ReturnType<typeof cellAt>;

const numberIn = (cell: Read): Rational | null =>
  cell !== null && cell !== 'ask' && cell.kind === 'number' ? cell.value : null;

/** One pool; null where anything about it is unusual. */
function settle(
  poolCell: Read,
  unitCell: Read,
  members: Members,
  compareRows: (a: number, b: number) => number,
): Settled | null {
  const pool = numberIn(poolCell);
  const written = numberIn(unitCell);
  if (pool === null || pool.n < 0n || written === null || written.n === 0n) return null;
  const unit = absolute(written);
  const units = within(() => roundInteger(divide(pool, unit)));
  if (units === null) return null;
  const rows = members.members;
  const precedes = (i: number, j: number): number => compareRows(rows[i] ?? 0, rows[j] ?? 0);
  const amounts = { pool, unit, units };
  return settleQuickly(amounts, members, precedes) ?? settleExactly(amounts, members, precedes);
}

type Amounts = Pick<Settled, 'pool' | 'unit' | 'units'>;

function settleExactly(
  amounts: Amounts,
  members: Members,
  precedes: (i: number, j: number) => number,
): Settled | null {
  const weights = wholeWeights(members);
  if (weights === null) return null;
  const count = members.members.length;
  const floors: (bigint | null)[] = new Array(count).fill(null);
  const caps: (bigint | null)[] = new Array(count).fill(null);
  for (let k = 0; k < count; k++) {
    const floor = limitUnits(members.floor, members.begin + k, amounts.unit, lowUnits);
    const cap = limitUnits(members.cap, members.begin + k, amounts.unit, wholeUnits);
    if (floor === undefined || cap === undefined) return null;
    if (cap !== null && (floor ?? 0n) > cap) return null;
    floors[k] = floor;
    caps[k] = cap;
  }
  const division = apportion(amounts.units, { weights: weights.whole, floors, caps }, precedes);
  if (division === null) return null;
  const { whole, scale } = weights;
  const level = within(() =>
    division.level === null ? null : rational(division.level.units * scale, division.level.weight),
  );
  if (level === null && division.level !== null) return null;
  return {
    ...amounts,
    shared: division.shared,
    due: division.units,
    level: () => level,
    member: (k) => {
      const by = division.by[k] ?? 'none';
      const weight = whole[k] ?? 0n;
      return {
        weight: rational(weight, scale),
        floor: floors[k] ?? null,
        cap: caps[k] ?? null,
        quota:
          by === 'quota' || by === 'remainder' ? rational(division.left * weight, division.restWeight) : null,
        units: division.units[k] ?? 0n,
        by,
      };
    },
  };
}

const BY = ['none', 'floor', 'cap', 'quota', 'remainder'] as const;

/** Where weights are quotients of two integers and all is small enough for doubles. */
function settleQuickly(
  amounts: Amounts,
  { weight, floor, cap, begin, members }: Members,
  precedes: (i: number, j: number) => number,
): Settled | null {
  const n = members.length;
  const { unit, units } = amounts;
  const num = new Float64Array(n);
  const den = new Float64Array(n);
  if (weight.kind !== 'number' || !quotients(weight, begin, num, den)) return null;
  const floors = limits(floor, begin, n, unit, lowUnits);
  const caps = limits(cap, begin, n, unit, wholeUnits);
  if (floors === null || caps === null) return null;
  for (let k = 0; k < n; k++) if ((floors[k] ?? 0) > (caps[k] ?? 0)) return null;
  const division = apportionQuickly(Number(units), { num, den, floors, caps }, MOST_SCALE, precedes);
  if (division === null) return null;
  const limitAt = (list: Float64Array, k: number): bigint | null =>
    Number.isNaN(list[k] ?? Number.NaN) ? null : BigInt(list[k] ?? 0);
  const weightAt = (k: number): Rational => rational(BigInt(num[k] ?? 0), BigInt(den[k] ?? 1));
  const level = once((): Rational => {
    const { n: sum, d } = division.rest();
    return rational(BigInt(division.left) * d, sum);
  });
  return {
    ...amounts,
    shared: units,
    due: division.units,
    level,
    member: (k) => {
      const by = BY[division.by[k] ?? 0] ?? 'none';
      return {
        weight: weightAt(k),
        floor: limitAt(floors, k),
        cap: limitAt(caps, k),
        quota: by === 'quota' || by === 'remainder' ? multiply(level(), weightAt(k)) : null,
        units: BigInt(division.units[k] ?? 0),
        by,
      };
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Floors or caps in whole units, NaN where there is none; null where one is unusual or large. */
function limits(
  v: Vec | null,
  begin: number,
  n: number,
  unit: Rational,
  whole: (x: Rational, unit: Rational) => bigint,
): Float64Array | null {
  const out = new Float64Array(n).fill(Number.NaN);
  if (v === null) return out;
  const each = v.mask === 0 ? Math.min(n, 1) : n;
  for (let k = 0; k < each; k++) {
    const limit = limitUnits(v, begin + k, unit, whole);
    if (limit === undefined || (limit !== null && limit > BigInt(SAFE))) return null;
    if (limit !== null) out[k] = Number(limit);
  }
  return each < n ? out.fill(out[0] ?? Number.NaN) : out;
}

/** A floor is met by whole units upwards, and never below 0. */
const lowUnits = (x: Rational, unit: Rational): bigint => (x.n <= 0n ? 0n : -wholeUnits(negate(x), unit));

function limitUnits(
  v: Vec | null,
  k: number,
  unit: Rational,
  whole: (x: Rational, unit: Rational) => bigint,
): bigint | null | undefined {
  const limit = limitAt(v, k);
  return limit === null || limit === undefined ? limit : whole(limit, unit);
}

const wholeUnits = (x: Rational, unit: Rational): bigint =>
  floorInteger({ n: x.n * unit.d, d: x.d * unit.n });

/** A floor or cap: null where there is none, undefined where it isn't sure. */
function limitAt(v: Vec | null, k: number): Rational | null | undefined {
  if (v === null || tagAt(v, k) === Tag.BLANK) return null;
  return numberIn(cellAt(v, k)) ?? undefined;
}

/** Common denominators beyond this many digits are not worth it: the plain evaluator has its own limit. */
const MOST_SCALE = 10n ** 1000n;

/** Weights as whole numbers over one denominator; null where one is negative or none. */
function wholeWeights({
  weight,
  begin,
  members,
}: Members): { whole: readonly bigint[]; scale: bigint } | null {
  const n = members.length;
  if (weight.kind !== 'number' && n > 0) return null;
  if (weight.tags === null) {
    const whole: bigint[] = new Array(n);
    for (let k = 0; k < n; k++) {
      const x = weight.data[(begin + k) & weight.mask] ?? 0;
      if (x < 0) return null;
      whole[k] = BigInt(x);
    }
    return { whole, scale: BigInt(weight.den) };
  }
  const exact: Rational[] = [];
  let scale = 1n;
  for (let k = 0; k < n; k++) {
    const x = numberIn(cellAt(weight, begin + k));
    if (x === null || x.n < 0n) return null;
    exact.push(x);
    if (scale % x.d !== 0n) {
      scale *= rational(x.d, scale).n;
      if (scale > MOST_SCALE) return null;
    }
  }
  return { whole: exact.map((x) => x.n * (scale / x.d)), scale };
}

function resultOf(id: number, of: number | null, settled: Settled, rows: Int32Array): ShareResult | null {
  const { pool, unit, units, shared } = settled;
  const money = (whole: bigint): Rational => multiply({ n: whole, d: 1n }, unit);
  const amounts = within(() => ({
    settled: money(units),
    shared: money(shared),
    unallocated: money(units - shared),
  }));
  if (amounts === null) return null;
  let members: readonly ShareMember[] | null = null;
  return {
    share: id,
    of,
    pool,
    unit,
    ...amounts,
    get level() {
      return settled.level();
    },
    get members() {
      members ??= Array.from(rows, (row, k): ShareMember => ({ row, ...settled.member(k) }));
      return members;
    },
  };
}

const RANK = { number: 0, date: 1, text: 2, logical: 3, blank: 4 } as const;

/** Order of rows by their keys: numbers, dates, texts as written by code points, logicals. */
function keyOrder(m: Machine, table: number): (a: number, b: number) => number {
  const keys = m.sheet(table, m.program.tables[table]?.key ?? 0);
  const valueAt = (row: number): Value | null => {
    const cell = cellAt(keys, row);
    return cell === null || cell === 'ask' || cell.kind === 'blank' ? null : cell;
  };
  return (a, b) => {
    const x = valueAt(a);
    const y = valueAt(b);
    if (x === null || y === null) return 0;
    if (x.kind === 'text' && y.kind === 'text') return codePointOrder(x.value, y.value);
    return order(x, y) ?? RANK[x.kind] - RANK[y.kind];
  };
}

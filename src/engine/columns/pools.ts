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
import { type Apportionment, apportion } from './apportion.ts';
import { codePointOrder, order, within } from './boxed.ts';
import { type Frame, select } from './frames.ts';
import { positionsOf, Truth, truths } from './logic.ts';
import type { Machine } from './machine.ts';
import { match } from './match.ts';
import { cellAt, constant, Tag, tagAt, type Vec } from './vec.ts';

/** A pool as far as this engine got: null results are for the plain evaluator. */
export interface PoolDraft {
  /** Row of the `each`; null at depth 0. */
  readonly of: number | null;
  readonly result: ShareResult | null;
  /** Sheet rows of its members; null where that isn't sure. */
  readonly members: Int32Array | null;
  /** Whole units of each member, where there is a result. */
  readonly units: readonly bigint[];
}

/** The pools of a share in row order; null where the plain evaluator has to say which there are. */
export function poolsOf(m: Machine, id: number, share: Share): readonly PoolDraft[] | null {
  if (m.count(share.table).faulty) return null;
  const frame = poolFrame(m, share);
  if (frame === null) return null;
  const rows = share.each === null ? null : (frame.rows(0) ?? identity(frame.n));
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
    const memberRows = batch.frame.rows(level) ?? identity(batch.frame.n);
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
      else
        out.push({ of, members, units: settled.division.units, result: resultOf(id, of, settled, members) });
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

const identity = (n: number): Int32Array => Int32Array.from({ length: n }, (_, i) => i);

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
  readonly division: Apportionment;
  readonly weights: readonly bigint[];
  /** Weights are weights / scale. */
  readonly scale: bigint;
  readonly floors: readonly (bigint | null)[];
  readonly caps: readonly (bigint | null)[];
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
  const weights = wholeWeights(members);
  if (weights === null) return null;
  const count = members.members.length;
  const floors: (bigint | null)[] = new Array(count).fill(null);
  const caps: (bigint | null)[] = new Array(count).fill(null);
  for (let k = 0; k < count; k++) {
    const low = limitAt(members.floor, members.begin + k);
    const high = limitAt(members.cap, members.begin + k);
    if (low === undefined || high === undefined) return null;
    const floor = low === null ? null : low.n <= 0n ? 0n : -wholeUnits(negate(low), unit);
    const cap = high === null ? null : wholeUnits(high, unit);
    if (cap !== null && (floor ?? 0n) > cap) return null;
    floors[k] = floor;
    caps[k] = cap;
  }
  const units = within(() => roundInteger(divide(pool, unit)));
  if (units === null) return null;
  const rows = members.members;
  const division = apportion(units, { weights: weights.whole, floors, caps }, (i, j) =>
    compareRows(rows[i] ?? 0, rows[j] ?? 0),
  );
  if (division === null) return null;
  return { pool, unit, units, division, weights: weights.whole, scale: weights.scale, floors, caps };
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
  const { pool, unit, units, division, scale } = settled;
  const money = (whole: bigint): Rational => multiply({ n: whole, d: 1n }, unit);
  const amounts = within(() => ({
    settled: money(units),
    shared: money(division.shared),
    unallocated: money(units - division.shared),
    level: division.level === null ? null : rational(division.level.units * scale, division.level.weight),
  }));
  if (amounts === null) return null;
  let members: readonly ShareMember[] | null = null;
  return {
    share: id,
    of,
    pool,
    unit,
    ...amounts,
    get members() {
      members ??= membersOf(settled, rows);
      return members;
    },
  };
}

function membersOf(
  { division, weights, scale, floors, caps }: Settled,
  rows: Int32Array,
): readonly ShareMember[] {
  return Array.from(rows, (row, k): ShareMember => {
    const by = division.by[k] ?? 'none';
    const weight = weights[k] ?? 0n;
    return {
      row,
      weight: rational(weight, scale),
      floor: floors[k] ?? null,
      cap: caps[k] ?? null,
      quota:
        by === 'quota' || by === 'remainder' ? rational(division.left * weight, division.restWeight) : null,
      units: division.units[k] ?? 0n,
      by,
    };
  });
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

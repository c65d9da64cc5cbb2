import { multiply, type Rational } from '../../exact/rational.ts';
import { numberValue, type Value } from '../../exact/value.ts';
import type { Share } from '../../rules/program.ts';
import type { ShareMember, ShareResult } from '../results.ts';
import { codePointOrder, order, within } from './boxed.ts';
import { type Frame, numbersFrom, select } from './frames.ts';
import { positionsOf, Truth, truths } from './logic.ts';
import type { Machine } from './machine.ts';
import { match } from './match.ts';
import { amountsOf, type Settled, settle } from './settle.ts';
import { cellAt, constant } from './vec.ts';

/** A pool as far as this engine got: null results are for the plain evaluator. */
export interface PoolDraft {
  /** Row of the `each`; null at depth 0. */
  readonly of: number | null;
  readonly result: ShareResult | null;
  /** Sheet rows of its members; null where that isn't sure. */
  readonly members: Int32Array | null;
  /** What each member is due, where there is a result. */
  readonly divided: Settled | null;
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
        out.push({ of, result: null, members: null, divided: null });
        continue;
      }
      const members = memberRows.slice(begin, at);
      const precedes = (i: number, j: number): number => compareRows(members[i] ?? 0, members[j] ?? 0);
      const amounts = amountsOf(cellAt(pools, p), cellAt(units, p));
      const divided =
        amounts === null ? null : settle(amounts, { weight, floor, cap, begin, members }, precedes);
      out.push(draftOf(id, of, members, divided));
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

/** What is known of a pool that is divided, or (`divided` null) can't be here. */
export function draftOf(
  id: number,
  of: number | null,
  members: Int32Array,
  divided: Settled | null,
): PoolDraft {
  return { of, members, divided, result: divided === null ? null : resultOf(id, of, divided, members) };
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
export function keyOrder(m: Machine, table: number): (a: number, b: number) => number {
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

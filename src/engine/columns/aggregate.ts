import type { Aggregate, Expr } from '../../rules/program.ts';
import { type Frame, numbersFrom, pair, select } from './frames.ts';
import { fusedAggregate } from './fused.ts';
import { fusedExtremes } from './fusedExtremes.ts';
import { positionsOf } from './logic.ts';
import type { Machine } from './machine.ts';
import { type Batch, match } from './match.ts';
import {
  averages,
  counts,
  extremes,
  lastItems,
  medians,
  onlyItems,
  sums,
  Winner,
  weightedMeans,
} from './reduce.ts';
import { constant, gather, mergePieces, type Piece, Tag, type Vec } from './vec.ts';

/** An aggregate at the positions of a frame, without a loop over pairs wherever a join does. */
export function aggregateVec(m: Machine, expr: Aggregate, frame: Frame): Vec {
  if (m.count(expr.table).faulty) return constant('ask');
  if (expr.fn === 'lookup') return lookupVec(m, expr, frame);
  const fused = m.fuses ? (fusedAggregate(m, expr, frame) ?? fusedExtremes(m, expr, frame)) : null;
  if (fused !== null) return fused;
  const reads = (expr.value === null ? [] : [expr.value])
    .concat(expr.fn === 'weighted' ? [expr.weight] : [], expr.fn === 'last' ? [expr.by] : [])
    .reduce((levels, x) => levels | m.traits(x).levels, 0);
  const { table, level, where } = expr;
  const matched = match(m, { table, level, where, reads }, frame);
  const pieces: Piece[] = [];
  let result: Vec;
  if (matched.kind === 'groups') result = gather(reduced(m, expr, matched.batch), matched.groupOf);
  else {
    for (const batch of matched.batches())
      pieces.push({ vec: reduced(m, expr, batch), index: rangeOf(batch.from, batch.to) });
    const [only] = pieces;
    result = pieces.length === 1 && only !== undefined ? only.vec : mergePieces(frame.n, pieces);
  }
  return asked(result, frame.n, matched.marks);
}

/** The result with its marked positions left to the plain evaluator. */
export function asked(result: Vec, n: number, marks: Uint8Array): Vec {
  if (!marks.includes(1)) return result;
  return mergePieces(n, [
    { vec: result, index: positionsOf(marks, 0), inPlace: true },
    { vec: constant('ask'), index: positionsOf(marks, 1) },
  ]);
}

export function rangeOf(from: number, to: number): Int32Array {
  return numbersFrom(from, to);
}

type Simple = Exclude<Aggregate, { readonly fn: 'lookup' }>;

function reduced(m: Machine, expr: Simple, batch: Batch): Vec {
  const items = { n: batch.frame.n, group: batch.group, groups: batch.groups };
  const value = (x: Expr): Vec => m.read(x, batch.frame);
  switch (expr.fn) {
    case 'count':
      return counts(expr.value === null ? null : value(expr.value), items);
    case 'sum':
      return sums(value(expr.value), items, m.stats);
    case 'average':
      return averages(value(expr.value), items, m.stats);
    case 'min':
    case 'max':
      return extremes(value(expr.value), items, expr.fn === 'min' ? -1 : 1);
    case 'median':
      return medians(value(expr.value), items);
    case 'weighted':
      return weightedMeans(value(expr.value), value(expr.weight), items, m.stats);
    case 'last':
      return valuesAt(m, expr.value, batch, lastItems(value(expr.by), items));
    case 'find':
      return valuesAt(m, expr.value, batch, onlyItems(items));
    default: {
      const never: never = expr;
      return never;
    }
  }
}

/** The value at the item of each group. */
function valuesAt(m: Machine, value: Expr, batch: Batch, winners: Int32Array): Vec {
  const groups: number[] = [];
  const items: number[] = [];
  const faults: number[] = [];
  const unsure: number[] = [];
  winners.forEach((item, g) => {
    if (item >= 0) {
      groups.push(g);
      items.push(item);
    } else if (item === Winner.FAULT) faults.push(g);
    else if (item === Winner.UNSURE) unsure.push(g);
  });
  const pieces: Piece[] = [
    { vec: constant(null), index: Int32Array.from(faults) },
    { vec: constant('ask'), index: Int32Array.from(unsure) },
  ];
  if (items.length > 0)
    pieces.unshift({
      vec: m.read(value, select(batch.frame, Int32Array.from(items))),
      index: Int32Array.from(groups),
    });
  return mergePieces(batch.groups, pieces);
}

function lookupVec(m: Machine, expr: Extract<Aggregate, { readonly fn: 'lookup' }>, frame: Frame): Vec {
  const { n } = frame;
  const key = m.read(expr.key, frame);
  const byText = key.kind === 'text' ? m.textPositions(expr.table, key.pool) : null;
  /** Asked for only where something is no text. */
  let ids: Int32Array | null = null;
  const positionOf = (at: number): number => {
    ids ??= m.ids(key);
    return m.keyPositions(expr.table)[ids[at] ?? -1] ?? -1;
  };
  const { data } = key;
  const outer = new Int32Array(n);
  const inner = new Int32Array(n);
  const other: Record<'fail' | 'ask', number[]> = { fail: [], ask: [] };
  let found = 0;
  for (let o = 0; o < n; o++) {
    const tag = key.tags === null ? Tag.PLAIN : (key.tags[o & key.mask] ?? 0);
    if (tag === Tag.BLANK) continue;
    if (tag >= Tag.FAIL) {
      other[tag === Tag.FAIL ? 'fail' : 'ask'].push(o);
      continue;
    }
    const k = o & key.mask;
    const at = byText !== null && tag === Tag.PLAIN ? (byText[data[k] ?? 0] ?? -1) : positionOf(k);
    if (at < 0) other.fail.push(o);
    else {
      outer[found] = o;
      inner[found++] = at;
    }
  }
  const pieces: Piece[] = [
    { vec: constant(null), index: Int32Array.from(other.fail) },
    { vec: constant('ask'), index: Int32Array.from(other.ask) },
  ];
  if (found > 0) {
    const index = outer.subarray(0, found);
    const rows = pair(frame, index, m.inner(expr.table, expr.level), inner.subarray(0, found));
    const vec = m.read(expr.value, rows);
    if (found === n) return vec;
    pieces.unshift({ vec, index });
  }
  return mergePieces(n, pieces);
}

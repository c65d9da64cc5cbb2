import type { Expr } from '../../rules/program.ts';
import { type Equality, equalityOf, joinRows } from './equalities.ts';
import { remembered } from './evaluate.ts';
import { type Frame, pair, select } from './frames.ts';
import { isUnsure, positionsOf, strictTruths, Truth, truths, whereYes } from './logic.ts';
import type { Machine } from './machine.ts';
import { conjuncts } from './meaning.ts';
import { boxedAt, Tag, type Vec } from './vec.ts';

/** Rows that an aggregate runs over, for some of the positions around it. */
export interface Batch {
  /** One position an item, in sheet order within each group. */
  readonly frame: Frame;
  /** Group of each item; null where all are in group 0. */
  readonly group: Int32Array | null;
  readonly groups: number;
  /** Position of each item among the rows that count; null where they are the same. */
  readonly inner: Int32Array | null;
}

/**
 * Which rows match at which outer positions. `marks` has 1 where something is unusual: the plain evaluator is asked
 * about that outer position, whatever comes out here.
 */
export type Matched =
  /** Outer positions of one group see the same rows. The last group is empty. */
  | {
      readonly kind: 'groups';
      readonly batch: Batch;
      readonly groupOf: Int32Array;
      readonly marks: Uint8Array;
    }
  /** Group g of a batch is the outer position `from` + g. Marks are complete after the last batch. */
  | { readonly kind: 'pairs'; readonly batches: () => Iterable<PairBatch>; readonly marks: Uint8Array };

export interface PairBatch extends Batch {
  readonly from: number;
  readonly to: number;
}

interface Target {
  readonly table: number;
  readonly level: number;
  readonly where: Expr | null;
  /** Levels that are read at each item, beside `where`. */
  readonly reads: number;
}

/**
 * Splits `where` into conditions on the inner row, on the outer one, equalities between them (joined by id) and others
 * (looked at pair by pair). A condition is taken before those to its left only where none of them can fail.
 */
export function match(m: Machine, target: Target, frame: Frame): Matched {
  const { table, level } = target;
  const inner = m.inner(table, level);
  const own = 1 << level;
  const list = conjuncts(target.where);
  const single = list.length === 1;
  const state = (v: Vec, n: number): Uint8Array => {
    const out = single ? truths(v, n) : strictTruths(v, n);
    if (single && v.tags !== null) for (let i = 0; i < n; i++) if (out[i] === Truth.BLANK) out[i] = Truth.NO;
    return out;
  };
  const marks = new Uint8Array(frame.n);
  /** Outer positions that can have rows; inner rows that can match. */
  const outerAlive = new Uint8Array(frame.n).fill(1);
  let innerAlive: Uint8Array | null = null;
  const equalities: Equality[] = [];
  const later: Expr[] = [];
  /** Whether all conditions so far commute, and whether every outer position has seen every inner row so far. */
  let commuting = true;
  let product = true;

  const markAll = (): void => {
    for (let o = 0; o < frame.n; o++) if (outerAlive[o] === 1) marks[o] = 1;
  };
  const markOuter = (bad: (o: number) => boolean): void => {
    for (let o = 0; o < frame.n; o++)
      if (outerAlive[o] === 1 && bad(o)) {
        marks[o] = 1;
        outerAlive[o] = 0;
      }
  };

  for (const condition of list) {
    if (!commuting) {
      later.push(condition);
      continue;
    }
    if (!anyAlive(innerAlive, inner.n)) break;
    const { levels } = m.traits(condition);
    if ((levels & own) === 0) {
      const states = state(m.read(condition, frame), frame.n);
      markOuter((o) => (states[o] ?? 0) > Truth.YES);
      for (let o = 0; o < frame.n; o++) if (states[o] === Truth.NO) outerAlive[o] = 0;
      continue;
    }
    if ((levels & ~own) === 0) {
      const states = state(remembered(m, condition, inner), inner.n);
      if (isUnsure(innerAlive, states)) {
        if (product) {
          markAll();
          break;
        }
        commuting = false;
        later.push(condition);
        continue;
      }
      if (states.includes(Truth.NO)) innerAlive = whereYes(innerAlive, states);
      continue;
    }
    const sides = condition.op === 'compare' ? separate(m, condition, own) : null;
    if (sides === null || condition.op !== 'compare') {
      commuting = false;
      later.push(condition);
      continue;
    }
    const x = remembered(m, sides.inner, inner);
    const y = m.read(sides.outer, frame);
    const equality = condition.operator === '=';
    const blanks = equality || condition.operator === '<>';
    const kinds = kindsOf(x, inner.n, innerAlive);
    if ((kinds & BAD) !== 0 || (!blanks && (kinds & BLANKS) !== 0)) {
      if (product) {
        markAll();
        break;
      }
      commuting = false;
      later.push(condition);
      continue;
    }
    // Another kind is a fault wherever it is met: at once where every row is met, else when its pair is looked at.
    const clash = (o: number): boolean => {
      const kind = kindAt(y, o);
      if (kind === BAD || (kind === BLANKS && !blanks)) return true;
      return kind !== BLANKS && (kinds & ~BLANKS & ~kind) !== 0;
    };
    if (product) markOuter(clash);
    else if (someInner(frame.n, (o) => outerAlive[o] === 1 && clash(o))) {
      commuting = false;
      later.push(condition);
      continue;
    }
    product = false;
    if (equality) equalities.push(equalityOf(m, x, y));
    else later.push(condition);
  }

  const groups = groupBy(equalities, frame.n, outerAlive, marks);
  const seen = groups.join(inner.n, innerAlive);
  const joined = later.length === 0 && (target.reads & ~own) === 0;
  return joined
    ? groupsOf(inner, seen, groups, marks)
    : {
        kind: 'pairs',
        marks,
        batches: () => pairBatches(m, frame, inner, seen, groups, later, state, marks),
      };
}

const BLANKS = 16;
const BAD = 32;
const KIND_BITS = { number: 1, date: 2, text: 4, logical: 8 } as const;

function kindAt(v: Vec, i: number): number {
  switch (v.tags === null ? Tag.PLAIN : v.tags[i & v.mask]) {
    case Tag.PLAIN:
      return KIND_BITS[v.kind];
    case Tag.BLANK:
      return BLANKS;
    case Tag.BOXED: {
      const kind = boxedAt(v, i & v.mask)?.kind ?? 'blank';
      return kind === 'blank' ? BAD : KIND_BITS[kind];
    }
    default:
      return BAD;
  }
}

function kindsOf(v: Vec, n: number, alive: Uint8Array | null): number {
  if (v.tags === null) return KIND_BITS[v.kind];
  let kinds = 0;
  for (let i = 0; i < n; i++) if (alive === null || alive[i] === 1) kinds |= kindAt(v, i);
  return kinds;
}

function anyAlive(states: Uint8Array | null, n: number): boolean {
  return states === null ? n > 0 : states.includes(1);
}

function someInner(n: number, wanted: (i: number) => boolean): boolean {
  for (let i = 0; i < n; i++) if (wanted(i)) return true;
  return false;
}

/** A comparison of something of the inner row alone with something that is not of it at all. */
export function separate(
  m: Machine,
  { left, right }: { readonly left: Expr; readonly right: Expr },
  own: number,
): { inner: Expr; outer: Expr } | null {
  const l = m.traits(left).levels;
  const r = m.traits(right).levels;
  if (l === own && (r & own) === 0) return { inner: left, outer: right };
  if (r === own && (l & own) === 0) return { inner: right, outer: left };
  return null;
}

/** Outer positions by the ids of their keys. */
interface Groups {
  readonly count: number;
  /** `count` where a position has no rows. */
  readonly of: Int32Array;
  /** Inner rows that some outer position can see, in sheet order, with their groups. */
  join(n: number, innerAlive: Uint8Array | null): Seen;
}

interface Seen {
  /** Null where all. */
  readonly items: Int32Array | null;
  /** Null where all are in group 0. */
  readonly group: Int32Array | null;
}

function groupBy(
  equalities: readonly Equality[],
  n: number,
  outerAlive: Uint8Array,
  marks: Uint8Array,
): Groups {
  const of = new Int32Array(n).fill(-1);
  for (let o = 0; o < n; o++) if (outerAlive[o] === 1 && marks[o] === 0) of[o] = 0;
  let count = of.includes(0) ? 1 : 0;
  /** Group by the id of the first key: by far the most common case, so a table instead of a map. */
  const table = new Int32Array(equalities[0]?.size ?? 0).fill(-1);
  /** For each equality: the next group of (group so far, id of the key). */
  const steps: ((group: number, id: number) => number)[] = [];
  equalities.forEach(({ outer, outerMask, size }, nth) => {
    const next = new Map<number, number>();
    let fresh = 0;
    for (let o = 0; o < n; o++) {
      const group = of[o] ?? -1;
      if (group < 0) continue;
      const id = outer[o & outerMask] ?? -1;
      if (id < 0) of[o] = -1;
      else if (nth === 0) {
        if (table[id] === -1) table[id] = fresh++;
        of[o] = table[id] ?? -1;
      } else {
        const key = group * size + id;
        let g = next.get(key);
        if (g === undefined) {
          g = fresh++;
          next.set(key, g);
        }
        of[o] = g;
      }
    }
    count = fresh;
    steps.push(nth === 0 ? (_, id) => table[id] ?? -1 : (group, id) => next.get(group * size + id) ?? -1);
  });
  for (let o = 0; o < n; o++) if (of[o] === -1) of[o] = count;
  return {
    count,
    of,
    join(rows, innerAlive) {
      if (count === 0) return { items: new Int32Array(0), group: new Int32Array(0) };
      if (equalities.length === 0)
        return { items: innerAlive === null ? null : positionsOf(innerAlive, 1), group: null };
      const items = new Int32Array(rows);
      const group = new Int32Array(rows);
      let at = 0;
      const [first] = equalities;
      if (equalities.length === 1 && first !== undefined) {
        at = joinRows(first, table, innerAlive, items, group);
        return { items: at === rows ? null : items.subarray(0, at), group: group.subarray(0, at) };
      }
      for (let i = 0; i < rows; i++) {
        if (innerAlive !== null && innerAlive[i] === 0) continue;
        let g = 0;
        for (let k = 0; k < equalities.length && g >= 0; k++) {
          const equality = equalities[k];
          g =
            equality === undefined ? -1 : (steps[k]?.(g, equality.inner[i & equality.innerMask] ?? -1) ?? -1);
        }
        if (g < 0) continue;
        items[at] = i;
        group[at++] = g;
      }
      return { items: at === rows ? null : items.subarray(0, at), group: group.subarray(0, at) };
    },
  };
}

function groupsOf(inner: Frame, seen: Seen, groups: Groups, marks: Uint8Array): Matched {
  const frame = seen.items === null ? inner : select(inner, seen.items);
  return {
    kind: 'groups',
    batch: { frame, group: seen.group, groups: groups.count + 1, inner: seen.items },
    groupOf: groups.of,
    marks,
  };
}

function* pairBatches(
  m: Machine,
  frame: Frame,
  inner: Frame,
  { items, group }: Seen,
  groups: Groups,
  later: readonly Expr[],
  state: (v: Vec, n: number) => Uint8Array,
  marks: Uint8Array,
): Generator<PairBatch> {
  const total = items === null ? inner.n : items.length;
  // Rows by group: order[starts[g]] … order[starts[g + 1] − 1].
  const starts = new Int32Array(groups.count + 2);
  for (let k = 0; k < total; k++) {
    const g = (group === null ? 0 : (group[k] ?? 0)) + 1;
    starts[g] = (starts[g] ?? 0) + 1;
  }
  for (let g = 1; g < starts.length; g++) starts[g] = (starts[g] ?? 0) + (starts[g - 1] ?? 0);
  const order = new Int32Array(total);
  const next = starts.slice();
  for (let k = 0; k < total; k++) {
    const g = group === null ? 0 : (group[k] ?? 0);
    const at = next[g] ?? 0;
    next[g] = at + 1;
    order[at] = items === null ? k : (items[k] ?? 0);
  }
  const sizeOf = (o: number): number => {
    const g = groups.of[o] ?? 0;
    return g === groups.count ? 0 : (starts[g + 1] ?? 0) - (starts[g] ?? 0);
  };
  for (let from = 0; from < frame.n; ) {
    let to = from;
    let count = 0;
    // More only where one outer position has more.
    while (to < frame.n && (to === from || count + sizeOf(to) <= m.pairsAtOnce)) count += sizeOf(to++);
    let outerIndex: Int32Array = new Int32Array(count);
    let innerIndex: Int32Array = new Int32Array(count);
    let at = 0;
    for (let o = from; o < to; o++) {
      const begin = starts[groups.of[o] ?? 0] ?? 0;
      const end = begin + sizeOf(o);
      for (let k = begin; k < end; k++) {
        outerIndex[at] = o;
        innerIndex[at++] = order[k] ?? 0;
      }
    }
    m.stats.pairs += count;
    let pairs = pair(frame, outerIndex, inner, innerIndex);
    for (const condition of later) {
      const states = state(m.read(condition, pairs), pairs.n);
      let kept = 0;
      for (let k = 0; k < states.length; k++) {
        if (states[k] === Truth.YES) kept++;
        else if ((states[k] ?? 0) > Truth.YES) marks[outerIndex[k] ?? 0] = 1;
      }
      if (kept === states.length) continue;
      const index = positionsOf(states, Truth.YES);
      outerIndex = index.map((k) => outerIndex[k] ?? 0);
      innerIndex = index.map((k) => innerIndex[k] ?? 0);
      pairs = select(pairs, index);
    }
    const base = from;
    yield {
      frame: pairs,
      group: outerIndex.map((o) => o - base),
      groups: to - from,
      inner: innerIndex,
      from,
      to,
    };
    from = to;
  }
}

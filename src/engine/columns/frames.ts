import { lazily } from '../../exact/lazily.ts';

/**
 * The positions that an expression is evaluated at. Every position has a row at each level of `levels` (a bit a
 * level). A derived frame says from which positions of its sources it was made; rows are looked up when wanted.
 */
export interface Frame {
  readonly n: number;
  readonly levels: number;
  readonly sources: readonly Source[];
  /** Row of each position at a level; null where position and row are the same. */
  rows(level: number): Int32Array | null;
  /** Where its positions are some rows of a sheet one after another: the first of them. */
  readonly first: number | null;
  /** Results of expressions over this frame, kept while a node is computed. */
  readonly memo: Map<unknown, unknown>;
}

export interface Source {
  readonly frame: Frame;
  /** Position in the source, of each position. */
  index(): Int32Array;
  /** Whether an expression that reads its levels alone is better evaluated there (it has fewer positions). */
  readonly lift: boolean;
}

const bit = (level: number): number => 1 << level;

/** One position and no rows: for scalars. */
export function scalarFrame(): Frame {
  return {
    n: 1,
    levels: 0,
    sources: [],
    rows: (level) => {
      throw new RangeError(`no row at level ${level}`);
    },
    first: null,
    memo: new Map(),
  };
}

/** Rows of a table at a level: those given, or 0 to n − 1 where null. */
export function tableFrame(level: number, n: number, rows: Int32Array | null): Frame {
  return {
    n,
    levels: bit(level),
    sources: [],
    rows: (wanted) => {
      if (wanted !== level) throw new RangeError(`no row at level ${wanted}`);
      return rows;
    },
    first: null,
    memo: new Map(),
  };
}

/** So many rows of a table's sheet at a level, from one on. */
export function rangeFrame(level: number, first: number, n: number): Frame {
  const list = lazily(() => numbersFrom(first, first + n));
  return {
    ...tableFrame(level, n, null),
    rows: (wanted) => {
      if (wanted !== level) throw new RangeError(`no row at level ${wanted}`);
      return list();
    },
    first,
  };
}

export const take = (index: Int32Array, rows: Int32Array | null): Int32Array => {
  if (rows === null) return index;
  const out = new Int32Array(index.length);
  for (let i = 0; i < out.length; i++) out[i] = rows[index[i] ?? 0] ?? 0;
  return out;
};

function derived(n: number, levels: number, sources: readonly Source[]): Frame {
  const rows = new Map<number, Int32Array>();
  return {
    n,
    levels,
    sources,
    rows(level) {
      let found = rows.get(level);
      if (found === undefined) {
        const source = sources.find((s) => (s.frame.levels & bit(level)) !== 0);
        if (source === undefined) throw new RangeError(`no row at level ${level}`);
        found = take(source.index(), source.frame.rows(level));
        rows.set(level, found);
      }
      return found;
    },
    first: null,
    memo: new Map(),
  };
}

/** Some positions of a frame. */
export function select(frame: Frame, index: Int32Array): Frame {
  const pairs = frame.sources.some((s) => s.lift);
  return derived(
    index.length,
    frame.levels,
    pairs
      ? frame.sources.map((s) => ({
          frame: s.frame,
          index: lazily(() => take(index, s.index())),
          lift: s.lift,
        }))
      : [{ frame, index: () => index, lift: false }],
  );
}

/** Pairs of a position of one frame and a position of another, which has a level of its own. */
export function pair(outer: Frame, outerIndex: Int32Array, inner: Frame, innerIndex: Int32Array): Frame {
  return derived(outerIndex.length, outer.levels | inner.levels, [
    { frame: inner, index: () => innerIndex, lift: true },
    { frame: outer, index: () => outerIndex, lift: true },
  ]);
}

/** The numbers from one to before another. */
export function numbersFrom(from: number, to: number): Int32Array {
  const out = new Int32Array(to - from);
  for (let i = 0; i < out.length; i++) out[i] = from + i;
  return out;
}

/** Where a row stands among rising ones, from one place to before another; −1 where it doesn't. */
export function placeAmong(rows: Int32Array, row: number, from = 0, to = rows.length): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle] ?? 0) < row) low = middle + 1;
    else high = middle;
  }
  return low < to && rows[low] === row ? low : -1;
}

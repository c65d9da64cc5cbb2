import type { Batch } from './match.ts';
import { byGroup } from './reduce.ts';
import { draft, setTag, Tag, type Vec, vecOf } from './vec.ts';

/** How many values of a group are greater than one. */
type Greater = (x: number) => number;

/**
 * Ranks where all values are plain, or blank, which have none: 1 + how many of the position's group are greater. `own` are
 * the positions' own values, `all` those of the rows that the batch runs over. Null where there is anything else.
 */
export function plainRanks(all: Vec, own: Vec, n: number, batch: Batch, groupOf: Int32Array): Vec | null {
  if (!isSimple(all) || !isSimple(own)) return null;
  if (all.kind !== 'number' && all.kind !== 'date') return null;
  const out = draft(n);
  const { data } = own;
  const greater = batch.group === null ? [greaterThan(valuesOf(all, batch, null))] : byGroups(all, batch);
  for (let o = 0; o < n; o++) {
    if (isBlank(own, o)) {
      setTag(out, o, Tag.BLANK);
      continue;
    }
    const count = greater[groupOf[o] ?? 0];
    out.data[o] = 1 + (count === undefined ? 0 : count(data[o] ?? 0));
  }
  return vecOf(out, { kind: 'number', bound: batch.frame.n + 1 });
}

const isSimple = ({ mask, tags }: Vec): boolean =>
  mask !== 0 && (tags === null || tags.every((tag) => tag === Tag.PLAIN || tag === Tag.BLANK));

const isBlank = ({ tags }: Vec, at: number): boolean => tags !== null && tags[at] === Tag.BLANK;

function byGroups(all: Vec, batch: Batch): readonly Greater[] {
  const { starts, order } = byGroup(batch.frame.n, batch.group, batch.groups);
  return Array.from({ length: batch.groups }, (_, g) =>
    greaterThan(valuesOf(all, batch, order.subarray(starts[g], starts[g + 1]))),
  );
}

/** The values of some items of a batch, or of all. */
function valuesOf(all: Vec, { frame, inner }: Batch, items: Int32Array | null): Float64Array {
  const values = new Float64Array(items === null ? frame.n : items.length);
  const { data } = all;
  let count = 0;
  for (let k = 0; k < values.length; k++) {
    const item = items === null ? k : (items[k] ?? 0);
    const at = inner === null ? item : (inner[item] ?? 0);
    if (!isBlank(all, at)) values[count++] = data[at] ?? 0;
  }
  return values.subarray(0, count);
}

/** Values that lie so close get a place for each number between them: at most so many a value. */
const PLACES = 4;

function greaterThan(values: Float64Array): Greater {
  if (values.length === 0) return () => 0;
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let k = 0; k < values.length; k++) {
    const x = values[k] ?? 0;
    if (x < least) least = x;
    if (x > most) most = x;
  }
  return most - least < values.length * PLACES ? counted(values, least, most) : sorted(values);
}

function counted(values: Float64Array, least: number, most: number): Greater {
  /** How many values are above each number, from the least on. */
  const above = new Int32Array(most - least + 2);
  for (let k = 0; k < values.length; k++) {
    const at = (values[k] ?? 0) - least;
    above[at] = (above[at] ?? 0) + 1;
  }
  let sum = 0;
  for (let at = above.length - 1; at >= 0; at--) {
    const here = above[at] ?? 0;
    above[at] = sum;
    sum += here;
  }
  return (x) => (x < least ? values.length : (above[x - least] ?? 0));
}

function sorted(values: Float64Array): Greater {
  const rising = values.sort();
  return (x) => {
    let low = 0;
    let high = rising.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((rising[middle] ?? 0) > x) high = middle;
      else low = middle + 1;
    }
    return rising.length - low;
  };
}

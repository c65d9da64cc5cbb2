import type { NarrowPayload } from '../../exact/payload.ts';
import type { Machine } from './machine.ts';
import { sameText } from './texts.ts';
import { Tag, type Vec } from './vec.ts';

/** Keys of the rows that an aggregate runs over, and of the positions around it: equal where the numbers are. */
export interface Equality {
  readonly inner: NarrowPayload | Int32Array;
  readonly innerMask: number;
  /** −1 where no row has the key. */
  readonly outer: Int32Array;
  readonly outerMask: number;
  /** All keys are below it. */
  readonly size: number;
}

/** Texts are told by where they stand among those of the rows' column, where that knows; all else by the run's ids. */
export function equalityOf(m: Machine, x: Vec, y: Vec): Equality {
  return (
    textEquality(m, x, y) ?? {
      inner: m.ids(x),
      innerMask: x.mask,
      outer: m.ids(y),
      outerMask: y.mask,
      size: m.interner.size,
    }
  );
}

function textEquality(m: Machine, x: Vec, y: Vec): Equality | null {
  if (x.kind !== 'text' || y.kind !== 'text' || x.tags !== null || x.mask === 0) return null;
  if (y.tags?.some((tag) => tag !== Tag.PLAIN && tag !== Tag.BLANK) ?? false) return null;
  const same = m.sameTexts(y.pool, x.pool);
  if (same === null) return null;
  const { data, tags } = y;
  const outer = new Int32Array(data.length);
  for (let o = 0; o < outer.length; o++)
    outer[o] = tags !== null && tags[o] === Tag.BLANK ? -1 : sameText(same, data[o] ?? 0);
  const inner = m.compact(x) ?? new Int32Array(x.data);
  return { inner, innerMask: x.mask, outer, outerMask: y.mask, size: x.pool.texts.length };
}

/** Puts down the rows whose key has a group (−1: none), and their groups; gives how many there are. */
export function joinRows(
  { inner, innerMask }: Equality,
  groupOf: Int32Array,
  alive: Uint8Array | null,
  items: Int32Array,
  group: Int32Array,
): number {
  let at = 0;
  for (let i = 0; i < items.length; i++) {
    if (alive !== null && alive[i] === 0) continue;
    const g = groupOf[inner[i & innerMask] ?? -1] ?? -1;
    if (g < 0) continue;
    items[at] = i;
    group[at++] = g;
  }
  return at;
}

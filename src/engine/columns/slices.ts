import type { NarrowPayload } from '../../exact/payload.ts';
import type { Value } from '../../exact/value.ts';
import { align, SAFE } from './scaled.ts';
import { type Draft, draft, putBoxed, remade, Tag, type Vec, vecOf } from './vec.ts';

/** `n` positions from one on; `narrow` are the same data in fewer bytes, where they are known. */
export function sliced(v: Vec, from: number, n: number, narrow: NarrowPayload | null): Vec {
  if (v.mask === 0) return v;
  const to = from + n;
  const data = narrow === null ? v.data.subarray(from, to) : new Float64Array(narrow.subarray(from, to));
  const tags = v.tags?.subarray(from, to) ?? null;
  const ratios =
    v.ratios === null ? null : { num: v.ratios.num.subarray(from, to), den: v.ratios.den.subarray(from, to) };
  return remade(v, { data, tags, ratios, boxed: tags === null ? null : boxedIn(v, tags, from) });
}

function boxedIn({ boxed }: Vec, tags: Uint8Array, from: number): ReadonlyMap<number, Value> | null {
  if (boxed === null || boxed.size === 0) return null;
  const some = new Map<number, Value>();
  for (let i = tags.indexOf(Tag.BOXED); i >= 0; i = tags.indexOf(Tag.BOXED, i + 1)) {
    const value = boxed.get(from + i);
    if (value !== undefined) some.set(i, value);
  }
  return some;
}

interface Joining extends Draft {
  den: number;
  bound: number;
}

/**
 * The vectors of consecutive positions in one, `block` positions at a time; null where they don't go together (other
 * kinds, texts, or too fine denominators).
 */
export function joined(n: number, block: number, of: (from: number, to: number) => Vec): Vec | null {
  const out: Joining = { ...draft(n), den: 1, bound: 0 };
  let lead: Vec | null = null;
  /** Where nothing is plain, one is as good as the other. */
  let some: Vec | null = null;
  for (let from = 0; from < n; from += block) {
    const to = Math.min(n, from + block);
    const v = of(from, to);
    some ??= v;
    if (isPlainSomewhere(v)) {
      if (lead !== null && !goTogether(v, lead)) return null;
      if (!addPlain(out, v, from, to)) return null;
      lead ??= v;
    }
    if (v.tags !== null) addTags(out, v, from, to);
  }
  const like = lead ?? some;
  if (like === null) return null;
  const { den, bound } = out;
  return vecOf(out, { kind: like.kind, den, bound, pool: like.pool });
}

const goTogether = (a: Vec, b: Vec): boolean => a.kind === b.kind && (a.kind !== 'text' || a.pool === b.pool);

const isPlainSomewhere = (v: Vec): boolean => v.tags === null || v.tags.includes(Tag.PLAIN);

/** Data over a denominator for all so far; where a tag is not PLAIN they are 0 and stay so. */
function addPlain(out: Joining, v: Vec, from: number, to: number): boolean {
  let factor = 1;
  if (v.kind === 'number') {
    const over = align(out.den, v.den);
    if (over === null) return false;
    const { den, f, g } = over;
    const bound = Math.max(out.bound * f, v.bound * g);
    if (!(bound <= SAFE)) return false;
    if (f !== 1) for (let i = 0; i < from; i++) out.data[i] = (out.data[i] ?? 0) * f;
    out.den = den;
    out.bound = bound;
    factor = g;
  }
  const { data, mask } = v;
  if (mask === 0) out.data.fill((data[0] ?? 0) * factor, from, to);
  else if (factor === 1) out.data.set(data, from);
  else for (let i = from; i < to; i++) out.data[i] = (data[i - from] ?? 0) * factor;
  return true;
}

function addTags(out: Joining, v: Vec, from: number, to: number): void {
  const { tags, mask, ratios } = v;
  if (tags === null) return;
  out.tags ??= new Uint8Array(out.data.length);
  if (mask === 0) out.tags.fill(tags[0] ?? 0, from, to);
  else out.tags.set(tags, from);
  if (ratios !== null && v.boxed === null && mask !== 0) {
    out.ratios ??= { num: new Float64Array(out.data.length), den: new Float64Array(out.data.length) };
    out.ratios.num.set(ratios.num, from);
    out.ratios.den.set(ratios.den, from);
    return;
  }
  if (ratios === null && v.boxed === null) return;
  for (let i = from; i < to; i++)
    if (tags[(i - from) & mask] === Tag.BOXED) putBoxed(out, i, v, (i - from) & mask);
}

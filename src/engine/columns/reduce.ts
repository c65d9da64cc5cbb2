import { add, compare, divide, integer, type Rational, rational, ZERO } from '../../exact/rational.ts';
import { numberValue, type Value } from '../../exact/value.ts';
import { arithmeticVec } from './arithmetic.ts';
import { order, within } from './boxed.ts';
import type { Batch } from './match.ts';
import { SAFE } from './scaled.ts';
import type { Stats } from './strict.ts';
import {
  boxedAt,
  type Draft,
  draft,
  draftOver,
  gather,
  putBoxed,
  putCell,
  remade,
  scaledRational,
  setRatio,
  setTag,
  Tag,
  tightBound,
  type Vec,
  vecOf,
} from './vec.ts';

type Groups = Pick<Batch, 'group' | 'groups'> & { readonly n: number };

/** Sums by group: sum[g] / den + extra[g], over count[g] values. */
interface Totals {
  readonly den: number;
  readonly sum: Float64Array;
  readonly extra: ReadonlyMap<number, Rational>;
  readonly count: Float64Array;
  /** 0, or the tag of groups without a sum. */
  readonly state: Uint8Array;
}

function totals(v: Vec, { n, group, groups }: Groups, logicals: boolean, stats: Stats): Totals {
  const sum = new Float64Array(groups);
  const count = new Float64Array(groups);
  const state = new Uint8Array(groups);
  const extra = new Map<number, Rational>();
  const { data, tags, mask, den } = v;
  const fits = v.kind === 'number' || (logicals && v.kind === 'logical');
  const bound = v.kind === 'logical' ? 1 : v.bound;
  if (fits && tags === null && (bound * n <= SAFE || tightBound(v) * n <= SAFE)) {
    for (let k = 0; k < n; k++) {
      const g = group === null ? 0 : (group[k] ?? 0);
      sum[g] = (sum[g] ?? 0) + (data[k & mask] ?? 0);
      count[g] = (count[g] ?? 0) + 1;
    }
    return { den, sum, extra, count, state };
  }
  const more = (g: number, x: Rational): void => {
    stats.boxed++;
    const next = within(() => add(extra.get(g) ?? ZERO, x));
    if (next === null) state[g] = Tag.ASK;
    else extra.set(g, next);
  };
  for (let k = 0; k < n; k++) {
    const g = group === null ? 0 : (group[k] ?? 0);
    const at = k & mask;
    const tag = tags === null ? Tag.PLAIN : (tags[at] ?? 0);
    if (tag === Tag.BLANK) continue;
    if (tag === Tag.PLAIN) {
      const x = data[at] ?? 0;
      const s = (sum[g] ?? 0) + x;
      if (!fits) state[g] = Tag.FAIL;
      else if (Math.abs(s) <= SAFE) sum[g] = s;
      else {
        more(g, scaledRational(sum[g] ?? 0, den));
        sum[g] = x;
      }
    } else if (tag === Tag.BOXED) {
      const value = boxedAt(v, at);
      if (value?.kind === 'number' && v.kind === 'number') more(g, value.value);
      else state[g] = Tag.ASK;
    } else state[g] = tag;
    count[g] = (count[g] ?? 0) + 1;
  }
  return { den, sum, extra, count, state };
}

/** What became of the groups; those without a value are tagged. */
function groupVec(t: Totals, each: (g: number, out: Draft) => void): Vec {
  const out = draft(t.sum.length);
  let bound = 0;
  for (let g = 0; g < t.sum.length; g++) {
    const state = t.state[g] ?? 0;
    if (state !== 0) setTag(out, g, state);
    else each(g, out);
    const size = Math.abs(out.data[g] ?? 0);
    if (size > bound) bound = size;
  }
  return vecOf(out, { kind: 'number', den: t.den, bound });
}

function exactTotal(t: Totals, g: number): Rational | null {
  return within(() => add(scaledRational(t.sum[g] ?? 0, t.den), t.extra.get(g) ?? ZERO));
}

const asCell = (x: Rational | null) => (x === null ? ('ask' as const) : numberValue(x));

export function sums(v: Vec, items: Groups, stats: Stats): Vec {
  return sumVec(totals(v, items, false, stats));
}

function sumVec(t: Totals): Vec {
  return groupVec(t, (g, out) => {
    if (t.extra.has(g)) putCell(out, g, asCell(exactTotal(t, g)));
    else out.data[g] = t.sum[g] ?? 0;
  });
}

export function averages(v: Vec, items: Groups, stats: Stats): Vec {
  const t = totals(v, items, true, stats);
  return groupVec(t, (g, out) => {
    const count = t.count[g] ?? 0;
    const sum = t.sum[g] ?? 0;
    if (count === 0) setTag(out, g, Tag.BLANK);
    else if (!t.extra.has(g) && sum % count === 0) out.data[g] = sum / count;
    else if (!t.extra.has(g) && count * t.den <= SAFE) setRatio(out, g, sum, count * t.den);
    else {
      const total = exactTotal(t, g);
      putCell(out, g, asCell(total === null ? null : within(() => divide(total, integer(count)))));
    }
  });
}

/** How many values there are (all items where null). */
export function counts(v: Vec | null, { n, group, groups }: Groups): Vec {
  const out = draft(groups);
  for (let k = 0; k < n; k++) {
    const g = group === null ? 0 : (group[k] ?? 0);
    const tag = v === null || v.tags === null ? Tag.PLAIN : (v.tags[k & v.mask] ?? 0);
    if (tag >= Tag.FAIL) setTag(out, g, tag);
    else if (tag !== Tag.BLANK && (out.tags === null || out.tags[g] === 0))
      out.data[g] = (out.data[g] ?? 0) + 1;
  }
  return vecOf(out, { kind: 'number', bound: n });
}

/** `min` (−1) or `max` (1). */
export function extremes(v: Vec, items: Groups, wanted: -1 | 1): Vec {
  const { n, group, groups } = items;
  if (v.tags === null && (v.kind === 'number' || v.kind === 'date')) return plainExtremes(v, items, wanted);
  const out = draft(groups);
  const tags = new Uint8Array(groups).fill(Tag.BLANK);
  out.tags = tags;
  const boxed = new Map<number, Value>();
  const fits = v.kind === 'number' || v.kind === 'date';
  for (let k = 0; k < n; k++) {
    const g = group === null ? 0 : (group[k] ?? 0);
    const at = k & v.mask;
    const tag = v.tags === null ? Tag.PLAIN : (v.tags[at] ?? 0);
    if (tag === Tag.BLANK || (tags[g] ?? 0) >= Tag.FAIL) continue;
    if (tag === Tag.PLAIN) {
      const x = v.data[at] ?? 0;
      const best = out.data[g] ?? 0;
      if (!fits) tags[g] = Tag.FAIL;
      else if (tags[g] === Tag.BLANK || (wanted < 0 ? x < best : x > best)) {
        tags[g] = Tag.PLAIN;
        out.data[g] = x;
      }
    } else if (tag === Tag.BOXED) {
      const value = boxedAt(v, at);
      if (value?.kind !== v.kind || !fits) tags[g] = Tag.ASK;
      else {
        const best = boxed.get(g);
        if (best === undefined || order(value, best) === wanted) boxed.set(g, value);
      }
    } else tags[g] = tag;
  }
  for (const [g, value] of boxed) {
    if ((tags[g] ?? 0) >= Tag.FAIL) continue;
    const plain: Value =
      v.kind === 'date'
        ? { kind: 'date', ms: integer(out.data[g] ?? 0) }
        : numberValue(scaledRational(out.data[g] ?? 0, v.den));
    if (tags[g] === Tag.BLANK || order(value, plain) === wanted) putCell(out, g, value);
  }
  return vecOf(out, { kind: v.kind, den: v.den, bound: v.bound });
}

/** Where all items are numbers or dates. */
function plainExtremes(v: Vec, { n, group, groups }: Groups, wanted: -1 | 1): Vec {
  // The largest is the smallest with its sign turned.
  const none = Number.POSITIVE_INFINITY;
  const best = new Float64Array(groups).fill(none);
  const { data, mask } = v;
  for (let k = 0; k < n; k++) {
    const g = group === null ? 0 : (group[k] ?? 0);
    const x = -wanted * (data[k & mask] ?? 0);
    if (x < (best[g] ?? 0)) best[g] = x;
  }
  const out = draftOver(best);
  for (let g = 0; g < groups; g++) {
    if (best[g] === none) setTag(out, g, Tag.BLANK);
    else if (wanted > 0) best[g] = 0 - (best[g] ?? 0);
  }
  return vecOf(out, { kind: v.kind, den: v.den, bound: v.bound });
}

export function medians(v: Vec, items: Groups): Vec {
  const { n, group, groups } = items;
  if (v.tags === null && v.kind === 'number' && v.den * 2 <= SAFE && v.bound * 2 <= SAFE)
    return plainMedians(v, items);
  const { starts, order: at } = byGroup(n, group, groups);
  const out = draft(groups);
  let bound = 0;
  for (let g = 0; g < groups; g++) {
    const plain: number[] = [];
    const boxed: Rational[] = [];
    let state = 0;
    for (let k = starts[g] ?? 0; k < (starts[g + 1] ?? 0); k++) {
      const i = (at[k] ?? 0) & v.mask;
      const tag = v.tags === null ? Tag.PLAIN : (v.tags[i] ?? 0);
      const value = tag === Tag.BOXED ? boxedAt(v, i) : undefined;
      if (tag === Tag.PLAIN && v.kind === 'number') plain.push(v.data[i] ?? 0);
      else if (value?.kind === 'number') boxed.push(value.value);
      else if (tag !== Tag.BLANK) state = Math.max(tag, Tag.FAIL);
    }
    const size = plain.length + boxed.length;
    const [l, u] = [Math.floor((size - 1) / 2), Math.floor(size / 2)];
    if (state !== 0) setTag(out, g, state);
    else if (size === 0) setTag(out, g, Tag.BLANK);
    else if (boxed.length === 0) {
      const sorted = Float64Array.from(plain).sort();
      const twice = (sorted[l] ?? 0) + (sorted[u] ?? 0);
      if (Math.abs(twice) <= SAFE && v.den * 2 <= SAFE) {
        out.data[g] = twice;
        bound = Math.max(bound, Math.abs(twice));
      } else {
        const both = BigInt(sorted[l] ?? 0) + BigInt(sorted[u] ?? 0);
        putCell(out, g, numberValue(rational(both, 2n * BigInt(v.den))));
      }
    } else {
      const all = [...plain.map((x) => scaledRational(x, v.den)), ...boxed].sort(compare);
      const [a, b] = [all[l], all[u]];
      const middle = a === undefined || b === undefined ? null : within(() => divide(add(a, b), integer(2)));
      putCell(out, g, asCell(middle));
    }
  }
  return vecOf(out, { kind: 'number', den: v.den * 2 <= SAFE ? v.den * 2 : v.den, bound });
}

/** Where all items are numbers and twice as much of one is within SAFE. */
function plainMedians(v: Vec, { n, group, groups }: Groups): Vec {
  const { data, mask } = v;
  const starts = startsOf(n, group, groups);
  const values = new Float64Array(n);
  const next = starts.slice();
  for (let k = 0; k < n; k++) {
    const g = group === null ? 0 : (group[k] ?? 0);
    const at = next[g] ?? 0;
    values[at] = data[k & mask] ?? 0;
    next[g] = at + 1;
  }
  const out = draft(groups);
  let bound = 0;
  for (let g = 0; g < groups; g++) {
    const sorted = values.subarray(starts[g] ?? 0, starts[g + 1] ?? 0).sort();
    const size = sorted.length;
    if (size === 0) {
      setTag(out, g, Tag.BLANK);
      continue;
    }
    const twice = (sorted[(size - 1) >> 1] ?? 0) + (sorted[size >> 1] ?? 0);
    out.data[g] = twice;
    bound = Math.max(bound, Math.abs(twice));
  }
  return vecOf(out, { kind: 'number', den: v.den * 2, bound });
}

/** Where each group's items begin, and after the last where they end. */
function startsOf(n: number, group: Int32Array | null, groups: number): Int32Array {
  const starts = new Int32Array(groups + 1);
  for (let k = 0; k < n; k++) {
    const g = (group === null ? 0 : (group[k] ?? 0)) + 1;
    starts[g] = (starts[g] ?? 0) + 1;
  }
  for (let g = 1; g <= groups; g++) starts[g] = (starts[g] ?? 0) + (starts[g - 1] ?? 0);
  return starts;
}

/** Items by group, in their order: order[starts[g]] … order[starts[g + 1] − 1]. */
export function byGroup(
  n: number,
  group: Int32Array | null,
  groups: number,
): { starts: Int32Array; order: Int32Array } {
  const starts = startsOf(n, group, groups);
  const out = new Int32Array(n);
  const next = starts.slice();
  for (let k = 0; k < n; k++) {
    const g = group === null ? 0 : (group[k] ?? 0);
    const at = next[g] ?? 0;
    out[at] = k;
    next[g] = at + 1;
  }
  return { starts, order: out };
}

/** Σ weight × value / Σ weight, over the items where neither is blank. */
export function weightedMeans(value: Vec, weight: Vec, items: Groups, stats: Stats): Vec {
  const { n, group, groups } = items;
  const keep: number[] = [];
  const odd = new Uint8Array(groups);
  for (let k = 0; k < n; k++) {
    const tag = value.tags === null ? Tag.PLAIN : (value.tags[k & value.mask] ?? 0);
    const weightTag = weight.tags === null ? Tag.PLAIN : (weight.tags[k & weight.mask] ?? 0);
    const number = value.kind === 'number' || value.kind === 'logical';
    if (tag === Tag.BOXED && boxedAt(value, k & value.mask)?.kind !== value.kind)
      odd[group === null ? 0 : (group[k] ?? 0)] = Tag.ASK;
    const passed = tag === Tag.BLANK || (weightTag === Tag.BLANK && tag < Tag.FAIL && number);
    if (!passed) keep.push(k);
  }
  const index = Int32Array.from(keep);
  const all = index.length === n;
  const x = all ? value : gather(value, index);
  const w = all ? weight : gather(weight, index);
  const kept: Groups = {
    n: index.length,
    group: all || group === null ? group : index.map((k) => group[k] ?? 0),
    groups,
  };
  const asNumber: Vec = x.kind === 'logical' ? remade(x, { kind: 'number', den: 1, bound: 1 }) : x;
  const product = totals(arithmeticVec('*', w, asNumber, kept.n, stats), kept, false, stats);
  const weights = sums(w, kept, stats);
  const means = arithmeticVec('/', sumVec(product), weights, groups, stats);
  const out: Draft = {
    ...draftOver(means.mask === 0 ? new Float64Array(groups).fill(means.data[0] ?? 0) : means.data.slice()),
    tags: new Uint8Array(groups),
  };
  for (let g = 0; g < groups; g++) {
    const tag = means.tags === null ? 0 : (means.tags[g & means.mask] ?? 0);
    if ((odd[g] ?? 0) !== 0) setTag(out, g, Tag.ASK);
    else if ((product.count[g] ?? 0) === 0) setTag(out, g, Tag.BLANK);
    else if (tag === Tag.BOXED) putBoxed(out, g, means, g & means.mask);
    else if (tag !== Tag.PLAIN) setTag(out, g, tag);
  }
  return vecOf(out, { kind: 'number', den: means.den, bound: means.bound });
}

/** The item that each group's value comes from: −1 none, −2 a fault, −3 not sure. */
export const Winner = { NONE: -1, FAULT: -2, UNSURE: -3 } as const;

/** The item with the largest `by`; two are a fault. */
export function lastItems(by: Vec, { n, group, groups }: Groups): Int32Array {
  const winners = new Int32Array(groups).fill(Winner.NONE);
  const best = new Float64Array(groups);
  const twice = new Uint8Array(groups);
  const { data } = by;
  for (let k = 0; k < n; k++) {
    const g = group === null ? 0 : (group[k] ?? 0);
    const tag = by.tags === null ? Tag.PLAIN : (by.tags[k & by.mask] ?? 0);
    const winner = winners[g] ?? 0;
    if (tag === Tag.BLANK || winner < Winner.NONE) continue;
    if (tag !== Tag.PLAIN) winners[g] = tag === Tag.FAIL ? Winner.FAULT : Winner.UNSURE;
    else if (by.kind !== 'number' && by.kind !== 'date') winners[g] = Winner.FAULT;
    else {
      const x = data[k & by.mask] ?? 0;
      if (winner < 0 || x > (best[g] ?? 0)) {
        winners[g] = k;
        best[g] = x;
        twice[g] = 0;
      } else if (x === best[g]) twice[g] = 1;
    }
  }
  for (let g = 0; g < groups; g++) if (twice[g] === 1 && (winners[g] ?? 0) >= 0) winners[g] = Winner.FAULT;
  return winners;
}

/** The one item; two are a fault. */
export function onlyItems({ n, group, groups }: Groups): Int32Array {
  const winners = new Int32Array(groups).fill(Winner.NONE);
  for (let k = 0; k < n; k++) {
    const g = group === null ? 0 : (group[k] ?? 0);
    winners[g] = winners[g] === Winner.NONE ? k : Winner.FAULT;
  }
  return winners;
}

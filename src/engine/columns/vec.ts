import { lazily } from '../../exact/lazily.ts';
import { integer, quotient, type Rational } from '../../exact/rational.ts';
import { BLANK, logicalValue, numberValue, type Value } from '../../exact/value.ts';
import { fitNumber, lcm, SAFE } from './scaled.ts';
import { EMPTY_POOL, joinPools, type Pool, poolOf } from './texts.ts';

/**
 * What a position of a vector holds. PLAIN: `data` has it. BOXED: a value that the vector's kind or integers can't
 * hold, in `boxed`. FAIL: there is a fault, which one only the plain evaluator says. ASK: unusual, the plain evaluator
 * says whether there is a fault or a value.
 */
export const Tag = { PLAIN: 0, BLANK: 1, BOXED: 2, FAIL: 3, ASK: 4 } as const;

export type VecKind = 'number' | 'date' | 'text' | 'logical';

/**
 * The values of an expression at the positions of a frame, or (mask 0) one value for all of them. Position i is at
 * index `i & mask`. PLAIN data is, by kind: number: the integer k of k / den, |k| ≤ bound ≤ 2^53 − 1; date: whole
 * milliseconds; text: an index into the pool; logical: 0 or 1. Where the tag is not PLAIN, data is 0.
 */
export interface Vec {
  readonly mask: 0 | -1;
  readonly kind: VecKind;
  readonly data: Float64Array;
  readonly den: number;
  readonly bound: number;
  readonly pool: Pool;
  /** Null where all are PLAIN. */
  readonly tags: Uint8Array | null;
  /** Asked for with `boxedAt`, since quotients are in `ratios`. */
  readonly boxed: ReadonlyMap<number, Value> | null;
  /** Of BOXED positions that are quotients of two integers. */
  readonly ratios: Ratios | null;
}

/** Quotients, by position: num / den, both within SAFE; den 0 where there is none, else above 0. */
export interface Ratios {
  readonly num: Float64Array;
  readonly den: Float64Array;
}

/** A value, no value (FAIL), or not known (ASK). */
export type Cell = Value | null | 'ask';

/** A vector under construction. */
export interface Draft {
  readonly data: Float64Array;
  tags: Uint8Array | null;
  boxed: Map<number, Value> | null;
  ratios: Ratios | null;
}

export const draft = (n: number): Draft => draftOver(new Float64Array(n));

/** A draft whose data is there already. */
export const draftOver = (data: Float64Array): Draft => ({ data, tags: null, boxed: null, ratios: null });

export function setTag(d: Draft, i: number, tag: number): void {
  d.tags ??= new Uint8Array(d.data.length);
  d.tags[i] = tag;
  d.data[i] = 0;
}

/** Puts the quotient of two integers at a position, `den` above 0. */
export function setRatio(d: Draft, i: number, num: number, den: number): void {
  d.tags ??= new Uint8Array(d.data.length);
  d.ratios ??= { num: new Float64Array(d.data.length), den: new Float64Array(d.data.length) };
  d.tags[i] = Tag.BOXED;
  d.data[i] = 0;
  d.ratios.num[i] = num;
  d.ratios.den[i] = den;
}

/** A number that doesn't fit the integers. */
function putNumber(d: Draft, i: number, cell: Extract<Value, { readonly kind: 'number' }>): void {
  if (isSmall(cell.value)) setRatio(d, i, Number(cell.value.n), Number(cell.value.d));
  else putCell(d, i, cell);
}

const isSmall = ({ n, d }: Rational): boolean => n <= SAFE_BIG && n >= -SAFE_BIG && d <= SAFE_BIG;
const SAFE_BIG = BigInt(SAFE);

/** The value of a BOXED position (not masked). */
export function boxedAt(v: Vec, at: number): Value | undefined {
  const den = v.ratios?.den[at] ?? 0;
  if (den === 0) return v.boxed?.get(at);
  return numberValue(quotient(v.ratios?.num[at] ?? 0, den));
}

/** All values of BOXED positions. */
export function* boxedEntries(v: Vec): Iterable<readonly [number, Value]> {
  if (v.boxed !== null) yield* v.boxed;
  if (v.ratios === null) return;
  for (let at = 0; at < v.ratios.den.length; at++) {
    const value = v.ratios.den[at] === 0 ? undefined : boxedAt(v, at);
    if (value !== undefined) yield [at, value];
  }
}

/** Puts a value that is not in `data` at a position. */
export function putCell(d: Draft, i: number, cell: Cell): void {
  if (cell === null) setTag(d, i, Tag.FAIL);
  else if (cell === 'ask') setTag(d, i, Tag.ASK);
  else if (cell.kind === 'blank') setTag(d, i, Tag.BLANK);
  else if (d.ratios !== null && cell.kind === 'number' && isSmall(cell.value))
    setRatio(d, i, Number(cell.value.n), Number(cell.value.d));
  else {
    setTag(d, i, Tag.BOXED);
    d.boxed ??= new Map();
    d.boxed.set(i, cell);
    if (d.ratios !== null) d.ratios.den[i] = 0;
  }
}

export interface Shape {
  readonly kind: VecKind;
  readonly den?: number;
  readonly bound?: number;
  readonly pool?: Pool;
  readonly mask?: 0 | -1;
}

export function vecOf(d: Draft, shape: Shape): Vec {
  return {
    mask: shape.mask ?? -1,
    kind: shape.kind,
    data: d.data,
    den: shape.den ?? 1,
    bound: shape.bound ?? 0,
    pool: shape.pool ?? EMPTY_POOL,
    tags: d.tags,
    boxed: d.boxed,
    ratios: d.ratios,
  };
}

/** A vector with some fields of its own, the others of another one. By spreading it would lose data that are made when asked for. */
export function remade(v: Vec, parts: Partial<Vec>): Vec {
  const { mask = v.mask, kind = v.kind, den = v.den, bound = v.bound, pool = v.pool } = parts;
  const { tags = v.tags, boxed = v.boxed, ratios = v.ratios } = parts;
  return { mask, kind, data: parts.data ?? v.data, den, bound, pool, tags, boxed, ratios };
}

/** PLAIN values at all positions, or where `tags` say so, made when they are first asked for. */
export const lazyVec = (shape: Shape, make: () => Float64Array, tags: Vec['tags'] = null): Vec =>
  new LazyVec(shape, make, tags);

/** A class, for once: an object with a getter of its own keeps its fields in a dictionary, and whoever reads them is slow. */
class LazyVec implements Vec {
  readonly mask = -1;
  readonly kind: VecKind;
  readonly den: number;
  readonly bound: number;
  readonly pool: Pool;
  readonly tags: Vec['tags'];
  readonly boxed = null;
  readonly ratios = null;
  readonly #data: () => Float64Array;

  constructor(
    { kind, den = 1, bound = 0, pool = EMPTY_POOL }: Shape,
    make: () => Float64Array,
    tags: Vec['tags'],
  ) {
    this.tags = tags;
    this.kind = kind;
    this.den = den;
    this.bound = bound;
    this.pool = pool;
    this.#data = lazily(make);
  }

  get data(): Float64Array {
    return this.#data();
  }
}

/** One value for all positions. */
export function constant(cell: Cell): Vec {
  return remade(fromCells([cell]), { mask: 0 });
}

export function tagAt(v: Vec, i: number): number {
  return v.tags === null ? Tag.PLAIN : (v.tags[i & v.mask] ?? 0);
}

/** The value at a position, exactly. */
export function cellAt(v: Vec, i: number): Cell {
  const at = i & v.mask;
  switch (v.tags === null ? Tag.PLAIN : v.tags[at]) {
    case Tag.PLAIN:
      return plainValue(v, v.data[at] ?? 0);
    case Tag.BLANK:
      return BLANK;
    case Tag.BOXED:
      return boxedAt(v, at) ?? null;
    case Tag.ASK:
      return 'ask';
    default:
      return null;
  }
}

/** The value that plain data is. */
export function plainValue(v: Vec, x: number): Value {
  switch (v.kind) {
    case 'number':
      return numberValue(scaledRational(x, v.den));
    case 'date':
      return { kind: 'date', ms: integer(x) };
    case 'text':
      return { kind: 'text', value: v.pool.texts[x] ?? '' };
    case 'logical':
      return logicalValue(x === 1);
  }
}

export function scaledRational(k: number, den: number): Rational {
  return quotient(k, den);
}

/** The largest |k| there really is, where the proved bound is too loose. */
export function tightBound(v: Vec): number {
  let most = 0;
  const { data } = v;
  for (let i = 0; i < data.length; i++) {
    const x = Math.abs(data[i] ?? 0);
    if (x > most) most = x;
  }
  return most;
}

/** Denominators beyond this are left to boxed values: they would crowd out the integers. */
const DEN_LIMIT = 10_000_000;

/** A vector of the given values; numbers share a denominator as far as that stays small. */
export function fromCells(cells: readonly Cell[]): Vec {
  let kind: VecKind | null = null;
  let den = 1;
  for (const cell of cells) {
    if (cell === null || cell === 'ask' || cell.kind === 'blank') continue;
    kind ??= cell.kind;
    if (cell.kind !== 'number' || cell.value.d === 1n || cell.value.d > 10_000_000n) continue;
    const wanted = lcm(den, Number(cell.value.d));
    if (wanted <= DEN_LIMIT) den = wanted;
  }
  const out = draft(cells.length);
  const texts: string[] = [];
  const ids = new Map<string, number>();
  let bound = 0;
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i] ?? null;
    if (cell === null || cell === 'ask' || cell.kind !== kind || kind === null) {
      putCell(out, i, cell);
      continue;
    }
    switch (cell.kind) {
      case 'number': {
        const k = fitNumber(cell.value, den);
        if (Number.isNaN(k)) putNumber(out, i, cell);
        else {
          out.data[i] = k;
          bound = Math.max(bound, Math.abs(k));
        }
        break;
      }
      case 'date': {
        if (cell.ms.d === 1n) out.data[i] = Number(cell.ms.n);
        else putCell(out, i, cell);
        break;
      }
      case 'text': {
        let id = ids.get(cell.value);
        if (id === undefined) {
          id = texts.length;
          texts.push(cell.value);
          ids.set(cell.value, id);
        }
        out.data[i] = id;
        break;
      }
      case 'logical':
        out.data[i] = cell.value ? 1 : 0;
        break;
    }
  }
  return vecOf(out, { kind: kind ?? 'number', den, bound, pool: poolOf(texts) });
}

/** The values at some positions, in the order of `index`. */
export function gather(v: Vec, index: Int32Array): Vec {
  if (v.mask === 0) return v;
  const n = index.length;
  const data = new Float64Array(n);
  const from = v.data;
  for (let i = 0; i < n; i++) data[i] = from[index[i] ?? 0] ?? 0;
  if (v.tags === null) return remade(v, { data });
  const tags = new Uint8Array(n);
  const out: Draft = { ...draftOver(data), tags };
  let any = 0;
  for (let i = 0; i < n; i++) {
    const at = index[i] ?? 0;
    const tag = v.tags[at] ?? 0;
    tags[i] = tag;
    any |= tag;
    if (tag === Tag.BOXED) putBoxed(out, i, v, at);
  }
  return vecOf({ ...out, tags: any === 0 ? null : tags }, v);
}

/** Copies a BOXED position. */
export function putBoxed(out: Draft, i: number, from: Vec, at: number): void {
  const den = from.ratios?.den[at] ?? 0;
  if (den !== 0) setRatio(out, i, from.ratios?.num[at] ?? 0, den);
  else putCell(out, i, from.boxed?.get(at) ?? null);
}

/** Values for some positions of a new vector: those in `index` (all in order where null). */
export interface Piece {
  readonly vec: Vec;
  /** Positions of the new vector that it fills, one for each position of `vec`. */
  readonly index: Int32Array | null;
  /** Where the values stand at their new positions in `vec` already (it is as long as the new vector). */
  readonly inPlace?: boolean;
}

/** One vector of n from pieces; positions that none fills are blank. */
export function mergePieces(n: number, pieces: readonly Piece[]): Vec {
  const filled = pieces.filter((p) => p.index === null || p.index.length > 0);
  const lead = filled.find((p) => hasPlain(p.vec)) ?? filled[0];
  if (lead === undefined) return constant(BLANK);
  // Nothing to merge.
  if (filled.length === 1 && lead.index === null) return lead.vec;
  const kind = lead.vec.kind;
  const like = filled.filter((p) => p.vec.kind === kind && hasPlain(p.vec));
  let den = lead.vec.den;
  let bound = 0;
  if (kind === 'number') {
    for (const { vec } of like) {
      const wanted = lcm(den, vec.den);
      if (wanted <= SAFE) den = wanted;
    }
  }
  const merged = kind === 'text' ? joinPools(like.map((p) => p.vec.pool)) : null;
  const out = draft(n);
  const tags = new Uint8Array(n).fill(Tag.BLANK);
  out.tags = tags;
  for (const { vec, index, inPlace } of filled) {
    const count = index === null ? n : index.length;
    const factor = kind === 'number' ? den / vec.den : 1;
    const offset = merged?.offset(vec.pool) ?? 0;
    const fits =
      vec.kind === kind && (kind !== 'number' || (Number.isInteger(factor) && vec.bound * factor <= SAFE));
    if (fits) bound = Math.max(bound, vec.bound * factor);
    const { data, mask } = vec;
    for (let i = 0; i < count; i++) {
      const to = index === null ? i : (index[i] ?? 0);
      const from = (inPlace === true ? to : i) & mask;
      const tag = vec.tags === null ? 0 : (vec.tags[from] ?? 0);
      if (tag === Tag.PLAIN && fits) {
        out.data[to] = (data[from] ?? 0) * factor + offset;
        tags[to] = Tag.PLAIN;
      } else if (tag === Tag.BOXED) putBoxed(out, to, vec, from);
      else if (tag === Tag.PLAIN) putCell(out, to, cellAt(vec, from));
      else tags[to] = tag;
    }
  }
  if (!tags.some((t) => t !== Tag.PLAIN)) out.tags = null;
  return vecOf(out, { kind, den, bound, pool: merged?.pool ?? EMPTY_POOL });
}

function hasPlain(v: Vec): boolean {
  return v.tags === null ? v.data.length > 0 : v.tags.includes(Tag.PLAIN);
}

/** The vector with some positions replaced. */
export function patched(v: Vec, n: number, cells: ReadonlyMap<number, Cell>): Vec {
  if (cells.size === 0) return v;
  const out: Draft = {
    data: new Float64Array(n),
    tags: new Uint8Array(n),
    boxed: null,
    ratios: null,
  };
  for (let i = 0; i < n; i++) {
    const at = i & v.mask;
    const tag = v.tags === null ? Tag.PLAIN : (v.tags[at] ?? 0);
    if (tag === Tag.BOXED) putBoxed(out, i, v, at);
    else {
      out.data[i] = v.data[at] ?? 0;
      if (out.tags !== null) out.tags[i] = tag;
    }
  }
  for (const [i, cell] of cells) putCell(out, i, cell);
  return vecOf(
    out,
    v.kind === 'number' ? { kind: 'number', den: v.den, bound: v.bound } : { kind: v.kind, pool: v.pool },
  );
}

import type { NarrowPayload } from '../../exact/payload.ts';
import type { Aggregate, Expr } from '../../rules/program.ts';
import type { Frame } from './frames.ts';
import {
  addLines16,
  addLines32,
  addLookedUp8,
  addLookedUp16,
  addUp,
  countUp,
  type Groups,
} from './groupLoops.ts';
import type { Machine } from './machine.ts';
import { separate } from './match.ts';
import { conjuncts } from './meaning.ts';
import { evenly, SAFE } from './scaled.ts';
import { CHUNK, type Stream, streamOf } from './streams.ts';
import { type SameTexts, sameText } from './texts.ts';
import { type Draft, draft, setRatio, setTag, Tag, type Vec, vecOf } from './vec.ts';

type Fused =
  | Extract<Aggregate, { readonly fn: 'count' }>
  | Extract<Aggregate, { readonly fn: 'sum' | 'average' | 'min' | 'max' | 'median' }>;

/**
 * A sum, average or count over rows of which nothing can fail, joined by one key or none: one walk over the table, some
 * rows at a time, without anything kept of a row. Null where it isn't as simple as that.
 */
export function fusedAggregate(m: Machine, expr: Aggregate, frame: Frame): Vec | null {
  if (expr.fn !== 'sum' && expr.fn !== 'average' && expr.fn !== 'count') return null;
  const plan = planOf(m, expr, frame);
  if (plan === null) return null;
  const { value } = plan;
  const totals = walk(m, plan);
  const of = plan.join?.of ?? new Int32Array(1);
  const every = of.length === 1;
  const out = draft(frame.n);
  const den = value?.den ?? 1;
  const counted = totals.count;
  let bound = 0;
  for (let i = 0; i < frame.n; i++) {
    const g = of[every ? 0 : i] ?? -1;
    const count = g < 0 ? 0 : (counted[g] ?? 0);
    const sum = g < 0 ? 0 : (totals.sum[g] ?? 0);
    const k = expr.fn === 'count' ? count : sum;
    if (expr.fn === 'average') putAverage(out, i, sum, count, den);
    else out.data[i] = k;
    const size = Math.abs(out.data[i] ?? 0);
    if (size > bound) bound = size;
  }
  return vecOf(out, { kind: 'number', den: expr.fn === 'count' ? 1 : den, bound });
}

/** The average of values that add to sum / den. */
export function putAverage(out: Draft, i: number, sum: number, count: number, den: number): void {
  if (count === 0) {
    setTag(out, i, Tag.BLANK);
    return;
  }
  const whole = evenly(sum, count);
  if (Number.isNaN(whole)) setRatio(out, i, sum, count * den);
  else out.data[i] = whole;
}

interface Join {
  /** The column that has the keys. */
  readonly column: Vec;
  /** Of each row of the sheet: its group. */
  readonly key: NarrowPayload | Float64Array;
  readonly groups: number;
  /** Rows of several keys may be one group's: the group of each key; null where keys are groups. */
  readonly merged: Int32Array | null;
  /** Group of each position around (or of all); −1 where it has no rows. */
  readonly of: Int32Array;
}

export interface Plan {
  readonly table: number;
  readonly rows: number;
  /** Null where rows are only counted. */
  readonly value: Stream | null;
  readonly join: Join | null;
  /** Logicals that a row must have. */
  readonly filters: readonly Stream[];
}

/** Of a table's rows so many must count that a walk over all of them is no waste. */
const WORTH = 4;

/** Null where it isn't as simple as one walk. */
export function planOf(m: Machine, expr: Fused, frame: Frame): Plan | null {
  const { table, level, where } = expr;
  const counted = m.count(table);
  const rows = m.workbook.tables[table]?.rows ?? 0;
  if (counted.n === 0 || counted.n * WORTH < rows) return null;
  const value = expr.value === null ? null : streamOf(m, expr.value, level);
  if (expr.value !== null) {
    if (value === null) return null;
    if ((expr.fn === 'sum' || expr.fn === 'average') && !isSummable(value, expr.fn === 'average', rows))
      return null;
  }
  const own = 1 << level;
  const filters: Stream[] = [];
  let join: Join | null = null;
  for (const condition of conjuncts(where)) {
    const { levels } = m.traits(condition);
    if (levels === own) {
      const filter = streamOf(m, condition, level);
      if (filter?.kind !== 'logical') return null;
      filters.push(filter);
      continue;
    }
    if (join !== null || condition.op !== 'compare' || condition.operator !== '=') return null;
    const sides = separate(m, condition, own);
    if (sides === null) return null;
    join = joinOf(m, sides.inner, m.read(sides.outer, frame), level);
    if (join === null) return null;
  }
  return { table, rows, value: expr.fn === 'count' ? null : value, join, filters };
}

function isSummable({ kind, bound, den }: Stream, logicals: boolean, rows: number): boolean {
  if (kind === 'logical') return logicals && rows <= SAFE;
  return kind === 'number' && bound * rows <= SAFE && den * rows <= SAFE;
}

/** Blanks around have no rows; where a kind or a fault is in the way: null. */
function joinOf(m: Machine, inner: Expr, outer: Vec, level: number): Join | null {
  if (inner.op !== 'sheet' && inner.op !== 'column') return null;
  const stream = streamOf(m, inner, level);
  const column = inner.op === 'sheet' ? m.sheet(inner.table, inner.column) : m.columns[inner.column];
  if (column === undefined || stream === null || stream.kind !== outer.kind) return null;
  if (outer.tags?.some((tag) => tag !== Tag.PLAIN && tag !== Tag.BLANK) ?? false) return null;
  if (stream.kind === 'text') {
    const key = m.compact(column) ?? column.data;
    const groups = stream.pool.texts.length;
    const same = m.sameTexts(outer.pool, stream.pool);
    if (same !== null) return { column, key, groups, merged: null, of: groupsOfTexts(outer, same) };
    const { first, merged } = textGroups(m, stream);
    return { column, key, groups, merged, of: groupsOfIds(outer, m.interner.pool(outer.pool), first) };
  }
  const ids = m.ids(outer);
  return { column, key: m.ids(column), groups: m.interner.size, merged: null, of: withoutBlanks(outer, ids) };
}

/*
 * What walks over many positions stands outside of the functions that call it: the compiler forgets what it has made of
 * functions that are made anew in every run.
 */

function groupsOfTexts(outer: Vec, same: SameTexts): Int32Array {
  const { data, tags } = outer;
  const of = new Int32Array(data.length);
  for (let i = 0; i < of.length; i++)
    of[i] = tags !== null && tags[i] === Tag.BLANK ? -1 : sameText(same, data[i] ?? 0);
  return of;
}

/** `first`: the group of each text's id. */
function groupsOfIds(outer: Vec, ids: Int32Array, first: Int32Array): Int32Array {
  const { data, tags } = outer;
  const of = new Int32Array(data.length);
  for (let i = 0; i < of.length; i++)
    of[i] = tags !== null && tags[i] === Tag.BLANK ? -1 : (first[ids[data[i] ?? 0] ?? 0] ?? -1);
  return of;
}

function withoutBlanks({ tags }: Vec, ids: Int32Array): Int32Array {
  if (tags === null) return ids;
  const of = ids.slice();
  for (let i = 0; i < of.length; i++) if (tags[i] === Tag.BLANK) of[i] = -1;
  return of;
}

/** Texts that differ in case alone are one: the first of each by its id, and which others go with it. */
function textGroups(
  m: Machine,
  { pool }: Stream,
): { readonly first: Int32Array; readonly merged: Int32Array | null } {
  const ids = m.interner.pool(pool);
  const first = new Int32Array(m.interner.size).fill(-1);
  let twice = false;
  for (let k = ids.length - 1; k >= 0; k--) {
    const id = ids[k] ?? 0;
    twice ||= first[id] !== -1;
    first[id] = k;
  }
  return { first, merged: twice ? ids.map((id) => first[id] ?? 0) : null };
}

interface Totals {
  readonly sum: Float64Array;
  readonly count: Float64Array;
}

/** Which rows a walk takes, and the group of each. */
export interface Chosen {
  readonly plan: Plan;
  readonly positions: Int32Array | null;
  /** What doesn't count goes into a group beyond the others. */
  readonly others: number;
  /** Whether all rows do. */
  readonly every: boolean;
  /** Where they are groups as they are. */
  readonly keys: Groups | null;
  /** The keys, or the groups of the rows that were chosen last. */
  readonly group: Groups;
}

export function chosenBy(m: Machine, plan: Plan): Chosen {
  const { join, filters } = plan;
  const { positions } = m.count(plan.table);
  const every = filters.length === 0 && positions === null;
  const keys =
    every && (join?.key instanceof Uint16Array || join?.key instanceof Int32Array) ? join.key : null;
  const group = keys ?? new Int32Array(CHUNK);
  return { plan, positions, others: join?.groups ?? 1, every, keys, group };
}

/** Sees to the groups of some rows, a chunk at most; from where on they are in `group`. */
export function choose(
  { plan: { join, filters }, positions, others, keys, group }: Chosen,
  from: number,
  to: number,
): number {
  if (keys !== null) return from;
  if (!(group instanceof Int32Array)) throw new RangeError('chosen rows have groups of their own');
  if (join !== null) group.set(join.key.subarray(from, to));
  else group.fill(0);
  if (positions !== null) leaveOut(group, positions, from, to - from, others);
  for (const filter of filters) keepTrue(group, filter.at(from, to), to - from, others);
  return 0;
}

function walk(m: Machine, plan: Plan): Totals {
  const { rows, value, join } = plan;
  const chosen = chosenBy(m, plan);
  const { others, every, group } = chosen;
  const sum = new Float64Array(others + 1);
  const known = every && join !== null ? m.sizes.get(join.column) : undefined;
  const count = known ?? new Float64Array(others + 1);
  const { part, unit } =
    value === null || known !== undefined ? { part: rows, unit: 0 } : countingPart(value, rows, others);
  const add = value === null ? null : addingOf(value, unit);
  /** Sums with their counts, of one part. */
  const both = unit === 0 || part >= rows ? sum : new Float64Array(others + 1);
  for (let begin = 0; begin < rows; begin += part) {
    const end = Math.min(rows, begin + part);
    for (let from = begin; from < end; from += CHUNK) {
      const n = Math.min(end - from, CHUNK);
      const at = choose(chosen, from, from + n);
      if (add !== null) addRows(add, both, group, at, from, n);
      if (known === undefined && unit === 0) countUp(count, group, at, n);
    }
    if (unit !== 0) apart(both, sum, count, unit);
  }
  if (every && join !== null && known === undefined) m.sizes.set(join.column, count);
  const merged = join?.merged ?? null;
  return merged === null ? { sum, count } : { sum: together(sum, merged), count: together(count, merged) };
}

/**
 * A power of two so large that it may be added with every value: the multiples of it in a sum are the count, and what is
 * beside them is the sum. 0 where both have no room within SAFE.
 */
function countingUnit({ kind, bound }: Stream, rows: number): number {
  const most = (kind === 'logical' ? 1 : bound) * rows;
  const unit = 2 ** Math.ceil(Math.log2(2 * most + 2));
  return rows * unit + most <= SAFE ? unit : 0;
}

/** So many rows go by for each group at least before sums and counts are taken apart. */
const ROWS_A_GROUP = 4;

/** Rows after which sums and counts are taken apart, and their unit; unit 0 where counting by itself is better. */
function countingPart(value: Stream, rows: number, groups: number): { part: number; unit: number } {
  let part = rows;
  do {
    const unit = countingUnit(value, part);
    if (unit !== 0) return { part, unit };
    part = Math.ceil(part / 2 / CHUNK) * CHUNK;
  } while (part > CHUNK && part >= groups * ROWS_A_GROUP);
  return { part: rows, unit: 0 };
}

/** Adds sums that have counts in them to sums and counts; leaves nothing in them, unless they are the sums themselves. */
function apart(both: Float64Array, sum: Float64Array, count: Float64Array, unit: number): void {
  const once = both === sum;
  for (let g = 0; g < sum.length; g++) {
    const packed = both[g] ?? 0;
    const n = Math.round(packed / unit);
    both[g] = 0;
    sum[g] = (once ? 0 : (sum[g] ?? 0)) + (packed - n * unit);
    count[g] = (count[g] ?? 0) + n;
  }
}

/** How a value, and `more` with each, is added: one that is looked up by a column in few bytes is not put down first. */
type Adding =
  | { readonly by: 'rows'; readonly value: Stream; readonly more: number }
  | { readonly by: 'table8'; readonly x: Uint8Array; readonly first: number; readonly values: Float64Array }
  | { readonly by: 'table16'; readonly x: Uint16Array; readonly first: number; readonly values: Float64Array }
  | ({ readonly by: 'lines16'; readonly x: Uint16Array } & Lines)
  | ({ readonly by: 'lines32'; readonly x: Int32Array } & Lines);

interface Lines {
  readonly first: number;
  readonly lines: Uint8Array;
  readonly values: Float64Array;
}

function addingOf(value: Stream, more: number): Adding {
  const x = value.via?.x.narrow ?? null;
  if (value.via !== null && x !== null) {
    const { lines } = value.via;
    // As an integer it is subtracted at once; as a number with a bound's type it would be a double.
    const first = value.via.first | 0;
    const values = more === 0 ? value.via.values : value.via.values.map((k) => k + more);
    if (lines === null && x instanceof Uint8Array) return { by: 'table8', x, first, values };
    if (lines === null && x instanceof Uint16Array) return { by: 'table16', x, first, values };
    if (lines !== null && x instanceof Uint16Array) return { by: 'lines16', x, first, lines, values };
    if (lines !== null && x instanceof Int32Array) return { by: 'lines32', x, first, lines, values };
  }
  return { by: 'rows', value, more };
}

/** `n` rows from one on, whose groups begin at `at`. */
function addRows(a: Adding, sum: Float64Array, group: Groups, at: number, from: number, n: number): void {
  switch (a.by) {
    case 'rows':
      return addUp(sum, group, at, a.value.at(from, from + n), n, a.more);
    case 'table8':
      return addLookedUp8(sum, group, at, a.x, from, n, a.first, a.values);
    case 'table16':
      return addLookedUp16(sum, group, at, a.x, from, n, a.first, a.values);
    case 'lines16':
      return addLines16(sum, group, at, a.x, from, n, a.first, a.lines, a.values);
    case 'lines32':
      return addLines32(sum, group, at, a.x, from, n, a.first, a.lines, a.values);
    default: {
      const never: never = a;
      return never;
    }
  }
}

function leaveOut(group: Int32Array, positions: Int32Array, from: number, n: number, others: number): void {
  for (let i = 0; i < n; i++) if ((positions[from + i] ?? -1) < 0) group[i] = others;
}

function keepTrue(group: Int32Array, states: Float64Array, n: number, others: number): void {
  for (let i = 0; i < n; i++) if (states[i] !== 1) group[i] = others;
}

function together(totals: Float64Array, merged: Int32Array): Float64Array {
  const out = new Float64Array(totals.length);
  for (let k = 0; k < merged.length; k++) {
    const to = merged[k] ?? 0;
    out[to] = (out[to] ?? 0) + (totals[k] ?? 0);
  }
  return out;
}

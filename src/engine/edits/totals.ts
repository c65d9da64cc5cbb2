import { add, divide, integer, quotient, type Rational, subtract, ZERO } from '../../exact/rational.ts';
import type { Expr } from '../../rules/program.ts';
import { select } from '../columns/frames.ts';
import { positionsOf, strictTruths, Truth, truths } from '../columns/logic.ts';
import type { Machine } from '../columns/machine.ts';
import { counts, extremes, sums } from '../columns/reduce.ts';
import { fitNumber, SAFE } from '../columns/scaled.ts';
import { cellAt, remade, Tag, tagAt, type Vec, type VecKind } from '../columns/vec.ts';
import { NOTHING, type Present, type Reading } from '../plain/reading.ts';
import { order } from '../plain/values.ts';
import { onlyKind } from './keyIndex.ts';
import type { Over } from './shape.ts';

/** An aggregate whose rows come in one by one. */
export interface Separable {
  readonly fn: 'count' | 'sum' | 'average' | 'min' | 'max';
  /** Null where rows are counted. */
  readonly value: Expr | null;
}

/** What the rows of one key come to. */
interface Group {
  readonly count: number;
  /** Their sum: units of the base's integers, and what doesn't fit these. */
  readonly units: number;
  readonly more: Rational;
  readonly best: Present | null;
}

/** An aggregate's sums by key (one for all where it has none), exact, kept up to date row by row. */
export interface Totals {
  readonly expr: Separable;
  /** Kinds of its keys and values; null where there are none. */
  keyKind: VecKind | null;
  valueKind: VecKind | null;
  readonly counts: Vec;
  readonly base: Vec | null;
  readonly changed: Map<number, Group>;
  /** Values that don't fit the base's integers. */
  odd: number;
}

/** So many fractions can be added in whatever order without a sum of over 2,000 digits. */
const MOST_ODD = 60;
const SMALL = 10n ** 30n;
const SMALL_DENOMINATOR = 10n ** 15n;
const EMPTY: Group = { count: 0, units: 0, more: ZERO, best: null };

/** What one row brings in. */
export interface Item {
  readonly id: number;
  readonly keyKind: VecKind | null;
  /** Null for a blank. */
  readonly value: Present | null;
}

/** Null where a row is at fault, or something else is unusual: then its rows have to be walked. */
export function buildTotals(m: Machine, over: Over): Totals | null {
  const expr = separable(over);
  if (expr === null) return null;
  const { table, level, probe } = over;
  const frame = m.inner(table, level);
  const alive = new Uint8Array(frame.n).fill(1);
  const { list, alone } = over.conditions;
  for (const condition of list) {
    const vec = m.read(condition, frame);
    const states = alone ? truths(vec, frame.n) : strictTruths(vec, frame.n);
    for (let i = 0; i < frame.n; i++) {
      if (alive[i] === 0) continue;
      const state = states[i] ?? 0;
      if (state > Truth.BLANK || (state === Truth.BLANK && !alone)) return null;
      alive[i] = state === Truth.YES ? 1 : 0;
    }
  }
  let keyKind: VecKind | null | undefined = null;
  const index = positionsOf(alive, 1);
  const part = index.length === frame.n ? frame : select(frame, index);
  let group: Int32Array | null = null;
  let groups = 1;
  if (probe !== null) {
    const keys = m.read(probe.cell, frame);
    // Conditions after the key leave out rows that another key's kind would stop at.
    keyKind = onlyKind(keys, new Uint8Array(frame.n).fill(1));
    if (keyKind === undefined) return null;
    const ids = m.ids(keys);
    group = new Int32Array(index.length);
    for (let i = 0; i < index.length; i++) group[i] = ids[(index[i] ?? 0) & keys.mask] ?? 0;
    groups = m.interner.size;
  }
  const items = { n: part.n, group, groups };
  if (expr.value === null) {
    return {
      expr,
      keyKind,
      valueKind: null,
      counts: counts(null, items),
      base: null,
      changed: new Map(),
      odd: 0,
    };
  }
  const value = m.read(expr.value, part);
  const valueKind = onlyKind(value, new Uint8Array(part.n).fill(1));
  const odd = oddOnes(value);
  if (valueKind === undefined || !allowed(expr, valueKind) || odd > MOST_ODD) return null;
  const base = baseOf(m, expr, value, items);
  return { expr, keyKind, valueKind, counts: counts(value, items), base, changed: new Map(), odd };
}

function baseOf(m: Machine, { fn }: Separable, value: Vec, items: Parameters<typeof sums>[1]): Vec | null {
  switch (fn) {
    case 'count':
      return null;
    case 'sum':
    case 'average':
      // Of logicals an average counts those that are TRUE; the boxed ones were counted as odd.
      return sums(
        value.kind === 'logical' ? remade(value, { kind: 'number', den: 1, bound: 1 }) : value,
        items,
        m.stats,
      );
    case 'min':
    case 'max':
      return extremes(value, items, fn === 'min' ? -1 : 1);
    default: {
      const never: never = fn;
      return never;
    }
  }
}

export function separable(over: Over): Separable | null {
  const { expr } = over;
  if (!over.separable || expr.op === 'rank') return null;
  switch (expr.fn) {
    case 'count':
    case 'sum':
    case 'average':
    case 'min':
    case 'max':
      return { fn: expr.fn, value: expr.value };
    default:
      return null;
  }
}

function oddOnes({ boxed, kind }: Vec): number {
  if (boxed === null) return 0;
  let odd = 0;
  for (const value of boxed.values()) {
    if (value.kind === 'number' && kind === 'number' && isSmall(value.value)) odd++;
    else odd += MOST_ODD + 1;
  }
  return odd;
}

const isSmall = ({ n, d }: Rational): boolean => n < SMALL && n > -SMALL && d < SMALL_DENOMINATOR;

function allowed({ fn }: Separable, kind: VecKind | null): boolean {
  if (kind === null || fn === 'count') return true;
  if (fn === 'sum') return kind === 'number';
  return fn === 'average' ? kind === 'number' || kind === 'logical' : kind === 'number' || kind === 'date';
}

function groupOf({ changed, counts, base, expr }: Totals, id: number): Group | null {
  const known = changed.get(id);
  if (known !== undefined) return known;
  const count = counts.data[id] ?? 0;
  if (count === 0) return EMPTY;
  if (base === null) return { ...EMPTY, count };
  const isSum = expr.fn === 'sum' || expr.fn === 'average';
  if (isSum && tagAt(base, id) === Tag.PLAIN)
    return { ...EMPTY, count, units: base.data[id & base.mask] ?? 0 };
  const cell = cellAt(base, id);
  if (cell === null || cell === 'ask' || cell.kind === 'blank') return null;
  if (!isSum) return { ...EMPTY, count, best: cell };
  return cell.kind === 'number' ? { ...EMPTY, count, more: cell.value } : null;
}

/** Takes a row's item out and puts another in. False where that can't be told without its rows: then nothing is left. */
export function replaceItem(totals: Totals, before: Item | null, after: Item | null): boolean {
  if (after !== null) {
    if (after.keyKind !== null) {
      if (totals.keyKind !== null && totals.keyKind !== after.keyKind) return false;
      totals.keyKind = after.keyKind;
    }
    const kind = after.value?.kind ?? null;
    if (kind !== null && totals.expr.value !== null) {
      if (!allowed(totals.expr, kind) || (totals.valueKind !== null && totals.valueKind !== kind))
        return false;
      totals.valueKind = kind;
    }
  }
  return change(totals, before, -1) && change(totals, after, 1);
}

function change(totals: Totals, item: Item | null, by: 1 | -1): boolean {
  if (item === null || (item.value === null && totals.expr.value !== null)) return true;
  const group = groupOf(totals, item.id);
  if (group === null) return false;
  const count = group.count + by;
  const { fn } = totals.expr;
  const { value } = item;
  let { units, more, best } = group;
  if (value !== null && (fn === 'sum' || fn === 'average')) {
    const x =
      value.kind === 'number' ? value.value : integer(value.kind === 'logical' && value.value ? 1 : 0);
    const now = units + by * fitNumber(x, totals.base?.den ?? 1);
    if (Math.abs(now) <= SAFE) units = now;
    else if (!isSmall(x) || (by === 1 && x.d !== 1n && ++totals.odd > MOST_ODD)) return false;
    else more = by === 1 ? add(more, x) : subtract(more, x);
  } else if (value !== null && (fn === 'min' || fn === 'max')) {
    if (by === -1) {
      // The next best one is anybody's guess.
      if (best === null || order(value, best) === 0) {
        if (count > 0) return false;
        best = null;
      }
    } else if (best === null || order(value, best) === (fn === 'min' ? -1 : 1)) best = value;
  }
  totals.changed.set(item.id, { count, units, more, best });
  return true;
}

/** What the aggregate comes to for a key; undefined where its rows have to be walked. */
export function totalOf(totals: Totals, id: number): Reading | undefined {
  const group = groupOf(totals, id);
  if (group === null) return undefined;
  const { count, units, more, best } = group;
  const den = totals.base?.den ?? 1;
  switch (totals.expr.fn) {
    case 'count':
      return { kind: 'number', value: integer(count) };
    case 'sum':
      return { kind: 'number', value: add(quotient(units, den), more) };
    case 'average':
      if (count === 0) return NOTHING;
      if (more.n === 0n && den * count <= SAFE)
        return { kind: 'number', value: quotient(units, den * count) };
      return { kind: 'number', value: divide(add(quotient(units, den), more), integer(count)) };
    case 'min':
    case 'max':
      return best ?? NOTHING;
    default: {
      const never: never = totals.expr.fn;
      return never;
    }
  }
}

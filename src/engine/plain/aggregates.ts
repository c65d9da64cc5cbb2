import { add, compare, divide, integer, multiply, ONE, type Rational, ZERO } from '../../exact/rational.ts';
import type { KeyDifference } from '../../problems/problem.ts';
import { numberWritten } from '../../rules/keys.ts';
import type { Aggregate, Expr } from '../../rules/program.ts';
import { exactly, failKind, matches } from './operands.ts';
import { countGreater, endingRow } from './rankIndex.ts';
import {
  type Env,
  fail,
  inner,
  type Machine,
  NOTHING,
  operandPlace,
  type Present,
  type Reading,
  tableOf,
  valueText,
} from './reading.ts';
import { order } from './values.ts';

export type Rank = Extract<Expr, { readonly op: 'rank' }>;
type Lookup = Extract<Aggregate, { readonly fn: 'lookup' }>;
type Weighted = Extract<Aggregate, { readonly fn: 'weighted' }>;
type Last = Extract<Aggregate, { readonly fn: 'last' }>;

export function aggregate(m: Machine, expr: Aggregate, env: Env): Reading {
  // First, so that nobody has to find out whether it is one that is computed once.
  return m.total?.(expr, env) ?? m.once(expr, env, () => compute(m, expr, env));
}

/** Calls `visit` for every row that the aggregate runs over, in sheet order; the environment is one and moves. */
export function eachMatch(
  m: Machine,
  expr: { readonly table: number; readonly level: number; readonly where: Expr | null },
  env: Env,
  visit: (at: Env, row: number) => void,
): void {
  const at = inner(env, expr.table, expr.level);
  for (const row of m.visit(expr.table, expr.level, expr.where, env)) {
    at.rows[expr.level] = row;
    if (matches(m, expr.where, at)) visit(at, row);
  }
}

/** The aggregate's value, by a walk over its rows. */
export function compute(m: Machine, expr: Aggregate, env: Env): Reading {
  switch (expr.fn) {
    case 'count':
      return count(m, expr, env);
    case 'sum':
      return sum(m, expr, env);
    case 'average':
      return average(m, expr, env);
    case 'min':
    case 'max':
      return extreme(m, expr, env);
    case 'median':
      return median(m, expr, env);
    case 'weighted':
      return weighted(m, expr, env);
    case 'last':
      return last(m, expr, env);
    case 'lookup':
      return lookup(m, expr, env);
    case 'find':
      return find(m, expr, env);
    default: {
      const never: never = expr;
      return never;
    }
  }
}

function number(value: Rational): Present {
  return { kind: 'number', value };
}

function count(m: Machine, expr: Extract<Aggregate, { readonly fn: 'count' }>, env: Env): Reading {
  const { value } = expr;
  let n = 0;
  eachMatch(m, expr, env, (at) => {
    if (value === null || m.read(value, at).kind !== 'blank') n++;
  });
  return number(integer(n));
}

type OfValue = Extract<Aggregate, { readonly fn: 'sum' | 'average' | 'min' | 'max' | 'median' }>;

function numberIn(m: Machine, expr: Expr, x: Present, at: Env): Rational {
  return x.kind === 'number' ? x.value : failKind(m, expr, x, 'number', at);
}

/** What a number or logical counts in an average. */
function shareOf(m: Machine, expr: Expr, x: Present, first: Present | null, at: Env): Rational {
  if (x.kind !== 'number' && x.kind !== 'logical') return failKind(m, expr, x, 'number or logical', at);
  if (first !== null && first.kind !== x.kind)
    return failKind(m, expr, x, first.kind === 'logical' ? 'logical' : 'number', at);
  return x.kind === 'number' ? x.value : x.value ? ONE : ZERO;
}

/** A number or date of the kind of those before. */
function quantityOf(m: Machine, expr: Expr, x: Present, first: Present | null, at: Env): Present {
  if (x.kind !== 'number' && x.kind !== 'date') return failKind(m, expr, x, 'number or date', at);
  if (first !== null && first.kind !== x.kind)
    return failKind(m, expr, x, first.kind === 'date' ? 'date' : 'number', at);
  return x;
}

function sum(m: Machine, expr: OfValue, env: Env): Reading {
  let total = ZERO;
  eachMatch(m, expr, env, (at) => {
    const x = m.read(expr.value, at);
    if (x.kind === 'blank') return;
    const term = numberIn(m, expr.value, x, at);
    total = exactly(m, expr, at, () => add(total, term));
  });
  return number(total);
}

function average(m: Machine, expr: OfValue, env: Env): Reading {
  let total = ZERO;
  let n = 0;
  let first: Present | null = null;
  eachMatch(m, expr, env, (at) => {
    const x = m.read(expr.value, at);
    if (x.kind === 'blank') return;
    const term = shareOf(m, expr.value, x, first, at);
    first ??= x;
    n++;
    total = exactly(m, expr, at, () => add(total, term));
  });
  return n === 0 ? NOTHING : number(exactly(m, expr, env, () => divide(total, integer(n))));
}

function extreme(m: Machine, expr: OfValue, env: Env): Reading {
  const wanted = expr.fn === 'min' ? -1 : 1;
  let best: Present | null = null;
  eachMatch(m, expr, env, (at) => {
    const x = m.read(expr.value, at);
    if (x.kind === 'blank') return;
    const candidate = quantityOf(m, expr.value, x, best, at);
    if (best === null || order(candidate, best) === wanted) best = candidate;
  });
  return best ?? NOTHING;
}

function median(m: Machine, expr: OfValue, env: Env): Reading {
  const values: Rational[] = [];
  eachMatch(m, expr, env, (at) => {
    const x = m.read(expr.value, at);
    if (x.kind !== 'blank') values.push(numberIn(m, expr.value, x, at));
  });
  values.sort(compare);
  const upper = values[Math.floor(values.length / 2)];
  if (upper === undefined) return NOTHING;
  const lower = values[Math.floor((values.length - 1) / 2)] ?? upper;
  return number(exactly(m, expr, env, () => divide(add(lower, upper), integer(2))));
}

function weighted(m: Machine, expr: Weighted, env: Env): Reading {
  let total = ZERO;
  let weights = ZERO;
  let n = 0;
  let first: Present | null = null;
  eachMatch(m, expr, env, (at) => {
    const x = m.read(expr.value, at);
    if (x.kind === 'blank') return;
    const value = shareOf(m, expr.value, x, first, at);
    const w = m.read(expr.weight, at);
    if (w.kind === 'blank') return;
    const weight = numberIn(m, expr.weight, w, at);
    first ??= x;
    n++;
    total = exactly(m, expr, at, () => add(total, multiply(weight, value)));
    weights = exactly(m, expr, at, () => add(weights, weight));
  });
  if (n === 0) return NOTHING;
  if (weights.n === 0n) return fail(m, env, expr.weight.at, expr.weight.at, { code: 'division-by-zero' });
  return number(exactly(m, expr, env, () => divide(total, weights)));
}

/** Row with the largest `by`, −1 where there is none. */
export function lastRow(m: Machine, expr: Last, env: Env): number {
  let best: Present | null = null;
  let winner = -1;
  let twice = false;
  eachMatch(m, expr, env, (at, row) => {
    const x = m.read(expr.by, at);
    if (x.kind === 'blank') return;
    const day = quantityOf(m, expr.by, x, best, at);
    const sign = best === null ? 1 : order(day, best);
    if (sign === 0) twice = true;
    if (sign <= 0) return;
    best = day;
    winner = row;
    twice = false;
  });
  if (twice) failNotUnique(m, expr, env);
  return winner;
}

function last(m: Machine, expr: Last, env: Env): Reading {
  return valueIn(m, expr, env, lastRow(m, expr, env));
}

/** The one row that matches, −1 where none does. */
export function foundRow(m: Machine, expr: Aggregate, env: Env): number {
  let found = -1;
  eachMatch(m, expr, env, (_, row) => {
    if (found >= 0) failNotUnique(m, expr, env);
    found = row;
  });
  return found;
}

function find(m: Machine, expr: Extract<Aggregate, { readonly fn: 'find' }>, env: Env): Reading {
  return valueIn(m, expr, env, foundRow(m, expr, env));
}

function failNotUnique(m: Machine, expr: Aggregate, env: Env): never {
  const table = tableOf(m.workbook, expr.table).name;
  return fail(m, env, expr.at, expr.at, { code: 'lookup-not-unique', table });
}

function valueIn(
  m: Machine,
  expr: Last | Lookup | Extract<Aggregate, { readonly fn: 'find' }>,
  env: Env,
  row: number,
): Reading {
  if (row < 0) return NOTHING;
  const at = inner(env, expr.table, expr.level);
  at.rows[expr.level] = row;
  return m.read(expr.value, at);
}

/** The row whose key was asked for; the key itself where that is blank. */
export function lookupRow(
  m: Machine,
  expr: Lookup,
  env: Env,
): number | Extract<Reading, { readonly kind: 'blank' }> {
  const key = m.read(expr.key, env);
  if (key.kind === 'blank') return key;
  // A row whose `where` failed may be the one.
  m.rows(expr.table);
  const row = m.keyRow(expr.table, key);
  if (row !== undefined && m.counts(expr.table, row)) return row;
  return fail(m, env, operandPlace(m, expr.key, env), expr.key.at, {
    code: 'not-found',
    value: valueText(key),
    table: tableOf(m.workbook, expr.table).name,
    ...(row === undefined ? difference(m, expr.table, key) : { leftOut: true }),
  });
}

/** How a key that is not there differs from one that looks alike. */
function difference(m: Machine, table: number, key: Present): { readonly differs?: KeyDifference } {
  const has = (other: Present): boolean => m.keyRow(table, other) !== undefined;
  if (key.kind === 'number') return has({ kind: 'text', value: valueText(key) }) ? { differs: 'number' } : {};
  if (key.kind !== 'text') return {};
  const number = numberWritten(key.value);
  if (number !== null && number.kind === 'number' && has(number)) return { differs: 'text' };
  const trimmed = key.value.trim();
  return trimmed !== key.value && has({ kind: 'text', value: trimmed }) ? { differs: 'space' } : {};
}

function lookup(m: Machine, expr: Lookup, env: Env): Reading {
  const row = lookupRow(m, expr, env);
  return typeof row === 'number' ? valueIn(m, expr, env, row) : row;
}

/** 1 + how many rows have a greater value. */
export function rank(m: Machine, expr: Rank, env: Env): Reading {
  const own = inner(env, expr.table, expr.level);
  own.rows[expr.level] = env.rows[expr.level - 1] ?? 0;
  const x = m.read(expr.value, own);
  if (x.kind === 'blank') return x;
  const mine = quantityOf(m, expr.value, x, null, own);
  let greater = 0;
  const compareAt = (at: Env): void => {
    const other = m.read(expr.value, at);
    if (other.kind !== 'blank' && order(quantityOf(m, expr.value, other, mine, at), mine) > 0) greater++;
  };
  const index = m.rankIndex(expr, env);
  if (index === null) eachMatch(m, expr, env, compareAt);
  else {
    const end = endingRow(index, mine);
    if (end === Number.POSITIVE_INFINITY) return number(integer(countGreater(index, mine) + 1));
    own.rows[expr.level] = end;
    compareAt(own);
  }
  return number(integer(greater + 1));
}

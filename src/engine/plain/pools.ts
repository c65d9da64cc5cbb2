import {
  absolute,
  add,
  divide,
  floorInteger,
  multiply,
  negate,
  type Rational,
  rational,
  roundInteger,
  ZERO,
} from '../../exact/rational.ts';
import type { Expr, Share } from '../../rules/program.ts';
import type { Fault, ShareMember, ShareResult } from '../results.ts';
import { exactly, failZero, matches, numberOf } from './operands.ts';
import {
  attempt,
  type Env,
  fail,
  inner,
  type Machine,
  operandPlace,
  type Present,
  pass,
  sheetValue,
  valueText,
} from './reading.ts';
import { type Claim, divideUnits } from './share.ts';
import { compareKeys } from './values.ts';

/** One pool of a share: its result, or why there is none. */
export interface Pool {
  /** Row of the `each`; null at depth 0. */
  readonly of: number | null;
  readonly result: ShareResult | Fault;
  /** Rows that take part; null where their condition failed, so that nobody knows. */
  readonly members: readonly number[] | null;
  /** Whole units by member row; empty where it failed. */
  readonly units: ReadonlyMap<number, bigint>;
  /** All that is wrong with it: the first is its fault. */
  readonly faults: readonly Fault[];
}

const text = (value: Rational): string => valueText({ kind: 'number', value });

export function shareOf(m: Machine, id: number): Share {
  const share = m.program.shares[id];
  if (share === undefined) throw new RangeError(`no share ${id}`);
  return share;
}

/** Rows of the `each` that have a pool, or may have one (their condition fails), rising; [null] at depth 0. */
export function poolRows(m: Machine, id: number): readonly (number | null)[] {
  const share = shareOf(m, id);
  if (share.each === null) return [null];
  return m.rows(share.each.table).filter((row) => hasPool(m, share, row) !== false);
}

/** Whether a row of the `each` has a pool, or why that can't be told. */
function hasPool(m: Machine, share: Share, row: number): boolean | Fault {
  return outcomeOfCondition(m, share.each?.where ?? null, poolEnv(share, row));
}

function outcomeOfCondition(m: Machine, where: Expr | null, env: Env): boolean | Fault {
  const found = attempt(() => ({ met: matches(m, where, env) }));
  return isFaultOf(found) ? found : found.met;
}

/** The pool's environment, without a member's row. */
export function poolEnv(share: Share, of: number | null): Env {
  const context = { rule: share.name, keyLevel: 0 };
  return share.each === null || of === null
    ? { context, tables: [], rows: [] }
    : { context, tables: [share.each.table], rows: [of] };
}

/** A member's environment: problems have its key. */
export function memberEnv(share: Share, of: number | null, row: number): Env {
  const outer = poolEnv(share, of);
  const env = inner(
    { ...outer, context: { rule: share.name, keyLevel: share.memberLevel } },
    share.table,
    share.memberLevel,
  );
  env.rows[share.memberLevel] = row;
  return env;
}

/** Evaluates one pool, all its members' problems included. */
export function evaluatePool(m: Machine, id: number, of: number | null): Pool {
  const share = shareOf(m, id);
  const env = poolEnv(share, of);
  const unsure = of === null ? true : hasPool(m, share, of);
  if (typeof unsure !== 'boolean')
    return { of, result: unsure, members: null, units: new Map(), faults: [unsure] };
  const faults: Fault[] = [];
  const kept = <T extends object>(x: T | Fault): T | null => {
    if (!isFaultOf(x)) return x;
    faults.push(x);
    return null;
  };
  const sizes = kept(attempt(() => poolSizes(m, share, env)));
  const found = kept(attempt(() => memberRows(m, share, of)));
  faults.push(...(found?.unsure ?? []));
  // Where one row's condition fails nobody knows all members; what is wrong with the sure ones is told all the same.
  const rows = found === null || found.unsure.length > 0 ? null : found.rows;
  const claims: MemberClaim[] = [];
  for (const row of found?.rows ?? []) {
    const claim = kept(
      attempt(() => memberClaim(m, share, memberEnv(share, of, row), row, sizes?.unit ?? null)),
    );
    if (claim !== null) claims.push(claim);
  }
  const [first] = faults;
  if (first !== undefined) return { of, result: first, members: rows, units: new Map(), faults };
  if (sizes === null) throw new RangeError('a pool without a size');
  const result = attempt(() => settle(m, id, of, env, sizes, claims));
  if (isShareFault(result)) return { of, result, members: rows, units: new Map(), faults: [result] };
  return settledPool(result);
}

export function isShareFault(x: ShareResult | Fault): x is Fault {
  return isFaultOf(x);
}

function isFaultOf<T extends object>(x: T | Fault): x is Fault {
  return 'kind' in x && x.kind === 'fault';
}

interface Sizes {
  readonly pool: Rational;
  readonly unit: Rational;
}

function poolSizes(m: Machine, share: Share, env: Env): Sizes {
  const pool = numberOf(m, share.pool, env);
  if (pool.n < 0n)
    fail(m, env, operandPlace(m, share.pool, env), share.pool.at, {
      code: 'negative-pool',
      value: text(pool),
    });
  return { pool, unit: settlingUnit(m, share.unit, env) };
}

function settlingUnit(m: Machine, expr: Expr | null, env: Env): Rational {
  if (expr === null) return m.program.unit;
  const unit = absolute(numberOf(m, expr, env));
  return unit.n === 0n ? failZero(m, expr, env) : unit;
}

interface MemberRows {
  readonly rows: readonly number[];
  /** Why it can't be told whether other rows take part. */
  readonly unsure: readonly Fault[];
}

function memberRows(m: Machine, share: Share, of: number | null): MemberRows {
  const outer = memberEnv(share, of, 0);
  const sort = (candidates: Iterable<number>): MemberRows => {
    const rows: number[] = [];
    const unsure: Fault[] = [];
    for (const row of candidates) {
      const met = outcomeOfCondition(m, share.where, memberEnv(share, of, row));
      if (typeof met !== 'boolean') unsure.push(met);
      else if (met) rows.push(row);
    }
    return { rows, unsure };
  };
  const visited = attempt(() => sort(m.visit(share.table, share.memberLevel, share.where, outer)));
  // A visit in order ends at its first fault; the others are found by looking at every row.
  const ended = isFaultOf(visited) || visited.unsure.length > 0;
  return ended ? sort(m.rows(share.table)) : visited;
}

interface MemberClaim extends Claim {
  readonly row: number;
}

/** A member's weight, and its floor and cap in whole units of `unit` (unchecked against one another where that failed). */
function memberClaim(m: Machine, share: Share, env: Env, row: number, unit: Rational | null): MemberClaim {
  const weight = numberOf(m, share.weight, env);
  if (weight.n < 0n) {
    fail(m, env, operandPlace(m, share.weight, env), share.weight.at, {
      code: 'negative-weight',
      value: text(weight),
    });
  }
  const low = optional(m, share.floor, env);
  const high = optional(m, share.cap, env);
  if (unit === null) return { row, weight, floor: null, cap: null };
  const floor =
    low === null
      ? null
      : low.n <= 0n
        ? 0n
        : -floorInteger(negate(exactly(m, share.floor ?? share.weight, env, () => divide(low, unit))));
  const cap =
    high === null ? null : floorInteger(exactly(m, share.cap ?? share.weight, env, () => divide(high, unit)));
  if (cap !== null && (floor ?? 0n) > cap) {
    const at = low === null ? share.cap : share.floor;
    const operand = at ?? share.weight;
    fail(m, env, operandPlace(m, operand, env), operand.at, {
      code: 'floor-above-cap',
      floor: text(low ?? ZERO),
      cap: text(high ?? ZERO),
    });
  }
  return { row, weight, floor, cap };
}

function optional(m: Machine, expr: Expr | null, env: Env): Rational | null {
  if (expr === null) return null;
  return m.read(expr, env).kind === 'blank' ? null : numberOf(m, expr, env);
}

function settle(
  m: Machine,
  id: number,
  of: number | null,
  env: Env,
  sizes: Sizes,
  claims: readonly MemberClaim[],
): ShareResult {
  const share = shareOf(m, id);
  const { pool, unit } = sizes;
  const units = roundInteger(exactly(m, share.pool, env, () => divide(pool, unit)));
  const keys = claims.map(({ row }) => rowKeyValue(m, share.table, row));
  const division = exactly(m, share.weight, env, () =>
    divideUnits(units, claims, (i, j) => compareMaybe(keys[i], keys[j])),
  );
  const money = (n: bigint): Rational => exactly(m, share.pool, env, () => multiply(rational(n), unit));
  if (division === 'no-weight')
    return fail(m, env, share.weight.at, share.weight.at, { code: 'no-weight', pool: text(pool) });
  if (division === 'floors-exceed-pool') {
    const floors = claims.reduce((total, c) => total + (c.weight.n > 0n ? (c.floor ?? 0n) : 0n), 0n);
    const at = (share.floor ?? share.pool).at;
    return fail(m, env, at, at, {
      code: 'floors-exceed-pool',
      floors: text(money(floors)),
      pool: text(money(units)),
    });
  }
  const settled = money(units);
  const shared = money(division.shared);
  return {
    share: id,
    of,
    pool,
    unit,
    settled,
    shared,
    unallocated: money(units - division.shared),
    members: claims.map(({ row, weight, floor, cap }, i): ShareMember => {
      const part = division.parts[i];
      if (part === undefined) throw new RangeError('a member without a part');
      return { row, weight, floor, cap, ...part };
    }),
    level: division.level,
  };
}

function rowKeyValue(m: Machine, table: number, row: number): Present | null {
  const value = sheetValue(m.workbook, table, m.program.tables[table]?.key ?? 0, row);
  return value === null || value.kind === 'blank' ? null : value;
}

function compareMaybe(a: Present | null | undefined, b: Present | null | undefined): number {
  return a == null || b == null ? 0 : compareKeys(a, b);
}

/** By row: the pools that it takes part in. Where a pool doesn't know its members, it may be any row. */
export function membersOf(
  pools: readonly Pool[],
  rows: readonly number[],
): ReadonlyMap<number, readonly Pool[]> {
  const byRow = new Map<number, Pool[]>();
  for (const pool of pools) {
    for (const row of pool.members ?? rows) {
      const found = byRow.get(row);
      if (found === undefined) byRow.set(row, [pool]);
      else found.push(pool);
    }
  }
  return byRow;
}

/** What a member gets of its pools, in money; ends at the first one at fault. */
export function sumOfPools(m: Machine, share: Share, pools: readonly Pool[], row: number): Present {
  const env = memberEnv(share, null, row);
  let total = ZERO;
  for (const { result, units } of pools) {
    if (isShareFault(result)) return pass<never>(result);
    const due = rational(units.get(row) ?? 0n);
    total = exactly(m, share.pool, env, () => add(total, multiply(due, result.unit)));
  }
  return { kind: 'number', value: total };
}

/** A pool as it comes from a result. */
export function settledPool(result: ShareResult): Pool {
  return {
    of: result.of,
    result,
    members: result.members.map((member) => member.row),
    units: new Map(result.members.map((member) => [member.row, member.units])),
    faults: [],
  };
}

import { type Apportionment, apportion } from '../../engine/columns/apportion.ts';
import { exactly, failZero, matches, numberOf } from '../../engine/plain/operands.ts';
import { memberEnv, poolEnv } from '../../engine/plain/pools.ts';
import {
  attempt,
  type Env,
  fail,
  type Machine,
  type Present,
  pass,
  type Reading,
} from '../../engine/plain/reading.ts';
import { compareKeys } from '../../engine/plain/values.ts';
import type { Fault, ShareResult } from '../../engine/results.ts';
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
import type { Hybrid } from './hybrid.ts';
import { isNone } from './marks.ts';
import type { ScaledClaims, World } from './world.ts';

export interface SharePools {
  /** What a share gives a row, in money; null where it is in no pool. Throws where that can't be told. */
  shared(share: number, row: number): Reading | null;
  rest(share: number, of: number | null): Reading;
}

interface Claim {
  readonly row: number;
  readonly weight: Rational;
  readonly floor: bigint | null;
  readonly cap: bigint | null;
}

/** A pool with a change. */
type State =
  /** As in the base. */
  | { readonly kind: 'same'; readonly result: ShareResult; readonly claims: ScaledClaims }
  | { readonly kind: 'members'; readonly rows: ReadonlySet<number>; readonly divide: () => Divided | Fault }
  /** Nobody knows who takes part. */
  | { readonly kind: 'unsure'; readonly fault: Fault };

interface Divided {
  readonly unit: Rational;
  readonly units: ReadonlyMap<number, bigint>;
  readonly unallocated: Rational;
}

export function createPools(world: World, machine: Hybrid, before: Hybrid): SharePools {
  const { program, kept } = world;
  const lists = new Map<number, ReadonlyMap<number | null, State>>();

  const shareOf = (id: number): Share => {
    const share = program.shares[id];
    if (share === undefined) throw new RangeError(`no share ${id}`);
    return share;
  };

  /** Rows of the `each` that have a pool, or of which that can't be told. */
  function poolRows(id: number): ReadonlyMap<number | null, true | Fault> {
    const { each } = shareOf(id);
    if (each === null) return new Map([[null, true as const]]);
    const first = kept.poolRows.get(id) ?? poolRowsAmong(id, before, world.rows(each.table));
    kept.poolRows.set(id, first);
    const { gone, come } = machine.change;
    const differing = machine.marks.eachRows(id);
    if (isNone(differing) && (gone[each.table]?.size ?? 0) + (come[each.table]?.size ?? 0) === 0)
      return first;
    if (differing === 'all') return poolRowsAmong(id, machine, machine.rows(each.table));
    const found = new Map<number | null, true | Fault>();
    for (const [of, sure] of first)
      if (of !== null && !gone[each.table]?.has(of) && !differing.has(of)) found.set(of, sure);
    const again = [...differing].filter((row) => !gone[each.table]?.has(row));
    for (const [of, sure] of poolRowsAmong(id, machine, [...again, ...(come[each.table] ?? [])]))
      found.set(of, sure);
    return found;
  }

  function poolRowsAmong(
    id: number,
    m: Machine,
    rows: readonly number[],
  ): ReadonlyMap<number | null, true | Fault> {
    const share = shareOf(id);
    const found = new Map<number | null, true | Fault>();
    for (const row of rows) {
      const met = condition(m, share.each?.where ?? null, poolEnv(share, row));
      if (met !== false) found.set(row, met);
    }
    return found;
  }

  function states(id: number): ReadonlyMap<number | null, State> {
    let list = lists.get(id);
    if (list === undefined) {
      const found = new Map<number | null, State>();
      for (const [of, sure] of poolRows(id))
        found.set(of, sure === true ? stateOf(id, of) : { kind: 'unsure', fault: sure });
      list = found;
      lists.set(id, list);
    }
    return list;
  }

  function stateOf(id: number, of: number | null): State {
    const share = shareOf(id);
    const { gone, come } = machine.change;
    const result = world.pools(id).get(of);
    const differing = machine.marks.members(id);
    const each = share.each?.table ?? -1;
    const fresh =
      result === undefined ||
      differing === 'all' ||
      (of === null ? !isNone(machine.marks.eachRows(id)) : hasRow(machine.marks.eachRows(id), of)) ||
      (of !== null && (come[each]?.has(of) ?? false));
    if (fresh || result === undefined) {
      const rows = membersAmong(id, of, machine.rows(share.table));
      return 'kind' in rows
        ? { kind: 'unsure', fault: rows }
        : members(id, of, rows, () => rows.map((row) => claimOf(id, of, row)));
    }
    const claims = scaledClaims(result);
    const left = gone[share.table] ?? new Set<number>();
    const candidates = [...(come[share.table] ?? []), ...[...differing].filter((row) => !left.has(row))];
    const added = membersAmong(id, of, candidates);
    if ('kind' in added) return { kind: 'unsure', fault: added };
    const stays = (row: number): boolean => !left.has(row) && !hasRow(differing, row);
    if (added.length === 0 && claims.rows.every(stays)) return { kind: 'same', result, claims };
    const rows = [...claims.rows.filter(stays), ...added];
    return {
      kind: 'members',
      rows: new Set(rows),
      divide: memo(() => attempt(() => divideChanged(id, of, claims, stays, added))),
    };
  }

  function members(
    id: number,
    of: number | null,
    rows: readonly number[],
    claims: () => readonly Claim[],
  ): State {
    return {
      kind: 'members',
      rows: new Set(rows),
      divide: memo(() =>
        attempt(() => divideClaims(id, of, scaled(claims().map((claim) => ({ ...claim, units: 0n }))))),
      ),
    };
  }

  /** Rows that take part in a pool; a fault where one's condition fails. */
  function membersAmong(id: number, of: number | null, rows: readonly number[]): readonly number[] | Fault {
    const share = shareOf(id);
    const found: number[] = [];
    for (const row of rows) {
      const met = condition(machine, share.where, memberEnv(share, of, row));
      if (typeof met !== 'boolean') return met;
      if (met) found.push(row);
    }
    return found;
  }

  function unitOf(id: number, of: number | null): Rational {
    const share = shareOf(id);
    if (share.unit === null) return program.unit;
    const env = poolEnv(share, of);
    const unit = absolute(numberOf(machine, share.unit, env));
    return unit.n === 0n ? failZero(machine, share.unit, env) : unit;
  }

  function claimOf(id: number, of: number | null, row: number): Claim {
    const share = shareOf(id);
    const env = memberEnv(share, of, row);
    const unit = unitOf(id, of);
    const weight = numberOf(machine, share.weight, env);
    if (weight.n < 0n) failSomehow(env, share.weight);
    const low = limit(share.floor, env);
    const high = limit(share.cap, env);
    const at = share.floor ?? share.weight;
    const floor =
      low === null
        ? null
        : low.n <= 0n
          ? 0n
          : -floorInteger(negate(exactly(machine, at, env, () => divide(low, unit))));
    const cap =
      high === null
        ? null
        : floorInteger(exactly(machine, share.cap ?? share.weight, env, () => divide(high, unit)));
    if (cap !== null && (floor ?? 0n) > cap) failSomehow(env, at);
    return { row, weight, floor, cap };
  }

  function limit(expr: Expr | null, env: Env): Rational | null {
    if (expr === null || machine.read(expr, env).kind === 'blank') return null;
    return numberOf(machine, expr, env);
  }

  function divideChanged(
    id: number,
    of: number | null,
    base: ScaledClaims,
    stays: (row: number) => boolean,
    added: readonly number[],
  ): Divided {
    const claims = added.map((row) => claimOf(id, of, row));
    const scale = claims.reduce((all, { weight }) => leastCommon(all, weight.d), base.scale);
    const times = scale / base.scale;
    const rows: number[] = [];
    const weights: bigint[] = [];
    const floors: (bigint | null)[] = [];
    const caps: (bigint | null)[] = [];
    base.rows.forEach((row, i) => {
      if (!stays(row)) return;
      rows.push(row);
      weights.push((base.weights[i] ?? 0n) * times);
      floors.push(base.floors[i] ?? null);
      caps.push(base.caps[i] ?? null);
    });
    for (const { row, weight, floor, cap } of claims) {
      rows.push(row);
      weights.push(weight.n * (scale / weight.d));
      floors.push(floor);
      caps.push(cap);
    }
    return divideClaims(id, of, { scale, rows, weights, floors, caps, units: new Map() });
  }

  function divideClaims(id: number, of: number | null, claims: ScaledClaims): Divided {
    const share = shareOf(id);
    const env = poolEnv(share, of);
    const unit = unitOf(id, of);
    const pool = world.poolOf(id, of) ?? ZERO;
    const units = roundInteger(exactly(machine, share.pool, env, () => divide(pool, unit)));
    const { rows, weights, floors, caps } = claims;
    const divided: Apportionment | null = apportion(units, { weights, floors, caps }, (i, j) =>
      byKey(share.table, rows[i] ?? 0, rows[j] ?? 0),
    );
    if (divided === null) return failSomehow(env, share.weight);
    return {
      unit,
      units: new Map(rows.map((row, i) => [row, divided.units[i] ?? 0n])),
      unallocated: multiply(rational(units - divided.shared), unit),
    };
  }

  function byKey(table: number, a: number, b: number): number {
    const x = keyValue(table, a);
    const y = keyValue(table, b);
    return x === null || y === null ? 0 : compareKeys(x, y);
  }

  function keyValue(table: number, row: number): Present | null {
    const value = world.sheet(table, program.tables[table]?.key ?? 0, row);
    return value === null || value.kind === 'blank' ? null : value;
  }

  function scaledClaims(result: ShareResult): ScaledClaims {
    let found = kept.claims.get(result);
    if (found === undefined) {
      found = scaled(result.members);
      kept.claims.set(result, found);
    }
    return found;
  }

  function failSomehow(env: Env, expr: Expr): never {
    return fail(machine, env, expr.at, expr.at, { code: 'blank-value' });
  }

  function dividedOf(state: State): Divided | Fault {
    switch (state.kind) {
      case 'unsure':
        return state.fault;
      case 'members':
        return state.divide();
      case 'same':
        return {
          unit: state.result.unit,
          units: state.claims.units,
          unallocated: state.result.unallocated,
        };
      default: {
        const never: never = state;
        return never;
      }
    }
  }

  return {
    shared(id, row) {
      let total: Rational | null = null;
      for (const state of states(id).values()) {
        const takesPart =
          state.kind === 'unsure' ||
          (state.kind === 'same' ? state.claims.units.has(row) : state.rows.has(row));
        if (!takesPart) continue;
        const divided = dividedOf(state);
        if ('kind' in divided) return pass<never>(divided);
        total = add(total ?? ZERO, multiply(rational(divided.units.get(row) ?? 0n), divided.unit));
      }
      return total === null ? null : { kind: 'number', value: total };
    },
    rest(id, of) {
      const state = states(id).get(of);
      // A pool that the `each` leaves out is computed all the same where somebody asks.
      const divided = dividedOf(state ?? stateOf(id, of));
      if ('kind' in divided) return pass<never>(divided);
      return { kind: 'number', value: divided.unallocated };
    },
  };
}

function condition(m: Machine, where: Expr | null, env: Env): boolean | Fault {
  const found = attempt(() => ({ met: matches(m, where, env) }));
  return 'kind' in found ? found : found.met;
}

function hasRow(rows: 'all' | ReadonlySet<number>, row: number): boolean {
  return rows === 'all' || rows.has(row);
}

function memo<T>(compute: () => T): () => T {
  let found: { readonly value: T } | null = null;
  return () => {
    found ??= { value: compute() };
    return found.value;
  };
}

function scaled(claims: readonly (Claim & { readonly units: bigint })[]): ScaledClaims {
  const scale = claims.reduce((all, { weight }) => leastCommon(all, weight.d), 1n);
  return {
    scale,
    rows: claims.map(({ row }) => row),
    weights: claims.map(({ weight }) => weight.n * (scale / weight.d)),
    floors: claims.map(({ floor }) => floor),
    caps: claims.map(({ cap }) => cap),
    units: new Map(claims.map(({ row, units }) => [row, units])),
  };
}

function leastCommon(a: bigint, b: bigint): bigint {
  if (a % b === 0n) return a;
  return a * rational(b, a).n;
}

import type { PlainMachine } from '../../engine/plain/machine.ts';
import { matches } from '../../engine/plain/operands.ts';
import { memberEnv, poolEnv } from '../../engine/plain/pools.ts';
import { attempt, type Env, isFault } from '../../engine/plain/reading.ts';
import {
  absolute,
  add,
  ceilingInteger,
  compare,
  divide,
  equal,
  floorInteger,
  multiply,
  type Rational,
  rational,
  roundInteger,
  subtract,
} from '../../exact/rational.ts';
import type { Expr } from '../../rules/program.ts';
import type { ShareFigure } from './form.ts';
import { exact } from './smallBook.ts';

/**
 * Whether the figures of a pool agree with the rules, with one another and with what the person got: as far as that can
 * be told without the others. `person` is the row of the person; `m` has the figures put in.
 */
export function shareFollows(m: PlainMachine, figure: ShareFigure, person: number): boolean {
  const share = m.program.shares[figure.share];
  if (share === undefined || share.name !== figure.name) return false;
  const of = figure.of === null ? null : figure.of[1];
  if ((share.each === null) !== (of === null) || (figure.of !== null && figure.of[0] !== share.each?.table))
    return false;
  const around = poolEnv(share, of);
  const pool = exact(figure.pool);
  const unit = exact(figure.unit);
  if (unit.n <= 0n || !is(numberAt(m, share.pool, around), pool)) return false;
  const wanted = share.unit === null ? m.program.unit : numberAt(m, share.unit, around);
  if (wanted === null || !equal(absolute(wanted), unit)) return false;
  const settled = multiply(rational(roundInteger(divide(pool, unit))), unit);
  const shared = exact(figure.shared);
  if (!equal(settled, exact(figure.settled))) return false;
  if (!equal(add(shared, exact(figure.unallocated)), settled) || compare(shared, settled) > 0) return false;
  const { open, level } = figure;
  const openWeights = exact(open.weights);
  const openUnits = exact(open.units);
  if (open.members > figure.members || compare(openWeights, exact(figure.weights)) > 0) return false;
  if (compare(multiply(openUnits, unit), shared) > 0) return false;
  if (open.members > 0) {
    if (level === null || openWeights.n <= 0n) return false;
    if (!equal(exact(level), divide(openUnits, openWeights))) return false;
  } else if (openUnits.n !== 0n || openWeights.n !== 0n) return false;
  return figure.member === null || memberFollows(m, figure, figure.member, memberEnv(share, of, person));
}

function memberFollows(
  m: PlainMachine,
  figure: ShareFigure,
  member: NonNullable<ShareFigure['member']>,
  env: Env,
): boolean {
  const share = m.program.shares[figure.share];
  if (share === undefined) return false;
  const met = attempt(() => ({ kind: 'met', met: matches(m, share.where, env) }) as const);
  if (isFault(met) || !met.met) return false;
  const unit = exact(figure.unit);
  const weight = exact(member.weight);
  if (!is(numberAt(m, share.weight, env), weight)) return false;
  const low = share.floor === null ? null : numberAt(m, share.floor, env);
  const high = share.cap === null ? null : numberAt(m, share.cap, env);
  const floor = low === null ? null : low.n <= 0n ? 0n : ceilingInteger(divide(low, unit));
  const cap = high === null ? null : floorInteger(divide(high, unit));
  if (text(floor) !== member.floor || text(cap) !== member.cap) return false;
  const units = BigInt(member.units);
  const { level, open, cutOff } = figure;
  const due = level === null ? null : multiply(exact(level), weight);
  switch (member.by) {
    case 'none':
      return weight.n === 0n && units === 0n && member.quota === null;
    case 'floor':
      return units === floor && member.quota === null && due !== null && compare(due, rational(units)) <= 0;
    case 'cap':
      return units === cap && member.quota === null && (due === null || compare(due, rational(units)) >= 0);
    case 'quota':
    case 'remainder': {
      if (member.quota === null || due === null || open.members === 0) return false;
      const quota = exact(member.quota);
      if (!equal(quota, due)) return false;
      const whole = floorInteger(quota);
      const extra = units - whole;
      if (extra !== (member.by === 'remainder' ? 1n : 0n)) return false;
      if (cutOff === null) return extra === 0n;
      const { fraction, above, tied, extra: given, place } = cutOff;
      if (given < 1 || given > tied || above + tied > open.members) return false;
      const against = compare(subtract(quota, rational(whole)), exact(fraction));
      if (against !== 0) return place === null && (extra === 1n) === against > 0;
      return place !== null && place >= 1 && place <= tied && (extra === 1n) === place <= given;
    }
    default: {
      const never: never = member.by;
      return never;
    }
  }
}

const text = (units: bigint | null): string | null => units?.toString() ?? null;

const is = (a: Rational | null, b: Rational): boolean => a !== null && equal(a, b);

function numberAt(m: PlainMachine, expr: Expr, env: Env): Rational | null {
  const value = attempt(() => m.read(expr, env));
  return value.kind === 'number' ? value.value : null;
}

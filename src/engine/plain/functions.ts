import { addMonths, dayOfMs, endOfMonth, floorMs, HOUR, startOfDay, wholeMonths } from '../../exact/date.ts';
import {
  absolute,
  ceilingInteger,
  divide,
  floorInteger,
  integer,
  multiply,
  type Rational,
  rational,
  roundEvenInteger,
  roundInteger,
  subtract,
} from '../../exact/rational.ts';
import { foldText } from '../../exact/value.ts';
import type { Expr } from '../../rules/program.ts';
import { dateOf, exactly, failKind, failZero, integerOf, numberOf, present, textOf } from './operands.ts';
import { type Env, fail, type Machine, type Present, type Reading } from './reading.ts';
import { order } from './values.ts';

type Call = Extract<Expr, { readonly op: 'call' }>;

/** |digits| above this is `too-large`: no number has so many. */
const MOST_DIGITS = 2000n;
const HOUR_MS = integer(HOUR);

/** A call of a function of values; arguments are read and checked from left to right. */
export function call(m: Machine, expr: Call, env: Env): Reading {
  const arg = (i: number): Expr => {
    const found = expr.args[i];
    if (found === undefined) throw new RangeError(`${expr.name} lacks an argument`);
    return found;
  };
  const number = (value: () => Rational): Present => ({
    kind: 'number',
    value: exactly(m, expr, env, value),
  });
  switch (expr.name) {
    case 'abs': {
      const x = numberOf(m, arg(0), env);
      return number(() => absolute(x));
    }
    case 'min':
    case 'max': {
      const wanted = expr.name === 'min' ? -1 : 1;
      let best: Present = quantity(m, arg(0), null, env);
      for (const argument of expr.args.slice(1)) {
        const x = quantity(m, argument, best, env);
        if (order(x, best) === wanted) best = x;
      }
      return best;
    }
    case 'clamp': {
      const x = quantity(m, arg(0), null, env);
      const low = quantity(m, arg(1), x, env);
      const high = quantity(m, arg(2), x, env);
      const capped = order(x, high) > 0 ? high : x;
      return order(low, capped) > 0 ? low : capped;
    }
    case 'round': {
      const x = numberOf(m, arg(0), env);
      if (expr.args.length === 1) {
        const unit = m.program.unit;
        return number(() => multiply({ n: roundInteger(divide(x, unit)), d: 1n }, unit));
      }
      return number(rounded(m, expr, x, integerOf(m, arg(1), env), roundInteger, env));
    }
    case 'round_even': {
      const x = numberOf(m, arg(0), env);
      return number(rounded(m, expr, x, integerOf(m, arg(1), env), roundEvenInteger, env));
    }
    case 'mround':
    case 'floor':
    case 'ceiling': {
      const x = numberOf(m, arg(0), env);
      const unit = absolute(numberOf(m, arg(1), env));
      if (unit.n === 0n) return failZero(m, arg(1), env);
      const whole =
        expr.name === 'mround' ? roundInteger : expr.name === 'floor' ? floorInteger : ceilingInteger;
      return number(() => multiply({ n: whole(divide(x, unit)), d: 1n }, unit));
    }
    case 'steps': {
      const x = numberOf(m, arg(0), env);
      const size = absolute(numberOf(m, arg(1), env));
      if (size.n === 0n) return failZero(m, arg(1), env);
      return number(() => rational(x.n <= 0n ? 0n : floorInteger(divide(x, size))));
    }
    case 'year':
    case 'month':
    case 'day': {
      const day = dayOfMs(floorMs(dateOf(m, arg(0), env)));
      return { kind: 'number', value: integer(day[expr.name]) };
    }
    case 'date':
      return { kind: 'date', ms: startOfDay(dateOf(m, arg(0), env)) };
    case 'eomonth':
    case 'edate': {
      const from = floorMs(dateOf(m, arg(0), env));
      const n = Number(integerOf(m, arg(1), env));
      const ms = expr.name === 'edate' ? addMonths(from, n) : endOfMonth(from, n);
      if (ms === null) return fail(m, env, expr.at, expr.at, { code: 'too-large' });
      return { kind: 'date', ms: integer(ms) };
    }
    case 'hours': {
      const start = dateOf(m, arg(0), env);
      const end = dateOf(m, arg(1), env);
      return number(() => divide(subtract(end, start), HOUR_MS));
    }
    case 'months': {
      const start = floorMs(dateOf(m, arg(0), env));
      const end = floorMs(dateOf(m, arg(1), env));
      return { kind: 'number', value: integer(wholeMonths(start, end)) };
    }
    case 'default': {
      const x = m.read(arg(0), env);
      return x.kind === 'blank' ? m.read(arg(1), env) : x;
    }
    case 'blank':
      return { kind: 'logical', value: m.read(arg(0), env).kind === 'blank' };
    case 'starts_with': {
      const text = textOf(m, arg(0), env);
      const prefix = textOf(m, arg(1), env);
      return { kind: 'logical', value: foldText(text).startsWith(foldText(prefix)) };
    }
    default: {
      const never: never = expr.name;
      return never;
    }
  }
}

/** A number or date, of the kind of the first one. */
function quantity(m: Machine, expr: Expr, first: Present | null, env: Env): Present {
  const x = present(m, expr, env);
  if (first !== null && x.kind !== first.kind)
    return failKind(m, expr, x, first.kind === 'date' ? 'date' : 'number', env);
  return x.kind === 'number' || x.kind === 'date' ? x : failKind(m, expr, x, 'number or date', env);
}

function rounded(
  m: Machine,
  expr: Call,
  x: Rational,
  digits: bigint,
  whole: (x: Rational) => bigint,
  env: Env,
): () => Rational {
  if (digits > MOST_DIGITS || digits < -MOST_DIGITS) fail(m, env, expr.at, expr.at, { code: 'too-large' });
  const ten = 10n ** (digits < 0n ? -digits : digits);
  // Unguarded quotients: what is too large is the result alone.
  return () =>
    digits >= 0n
      ? rational(whole({ n: x.n * ten, d: x.d }), ten)
      : rational(whole({ n: x.n, d: x.d * ten }) * ten);
}

import {
  addMonths,
  DAY,
  dayOfMs,
  endOfMonth,
  floorMs,
  HOUR,
  inRange,
  startOfDay,
  wholeMonths,
} from '../../exact/date.ts';
import {
  absolute,
  add,
  ceilingInteger,
  compare,
  divide,
  floorInteger,
  integer,
  multiply,
  negate,
  power,
  type Rational,
  rational,
  roundEvenInteger,
  roundInteger,
  subtract,
  TooLarge,
} from '../../exact/rational.ts';
import { dateValue, foldText, logicalValue, numberValue, type Value } from '../../exact/value.ts';
import type { CompareOperator, FunctionName } from '../../rules/program.ts';

/**
 * The operations on single exact values, for the rows that don't fit a vector. Null is a fault: which one, the plain
 * evaluator says.
 */

const DAY_MS = integer(DAY);
const HOUR_MS = integer(HOUR);

/** What `compute` gives; null where the result has too many digits. */
export function within<T>(compute: () => T): T | null {
  try {
    return compute();
  } catch (error) {
    if (error instanceof TooLarge) return null;
    throw error;
  }
}

const moment = (ms: Rational): Value | null => (inRange(ms) ? dateValue(ms) : null);

export function arithmetic(op: '+' | '-' | '*' | '/' | '^', a: Value, b: Value): Value | null {
  return within(() => {
    if (a.kind === 'number' && b.kind === 'number') return numbers(op, a.value, b.value);
    if (op === '+') {
      if (a.kind === 'date' && b.kind === 'number') return moment(add(a.ms, multiply(b.value, DAY_MS)));
      if (a.kind === 'number' && b.kind === 'date') return moment(add(b.ms, multiply(a.value, DAY_MS)));
    }
    if (op === '-' && a.kind === 'date') {
      if (b.kind === 'number') return moment(subtract(a.ms, multiply(b.value, DAY_MS)));
      if (b.kind === 'date') return numberValue(divide(subtract(a.ms, b.ms), DAY_MS));
    }
    return null;
  });
}

function numbers(op: '+' | '-' | '*' | '/' | '^', a: Rational, b: Rational): Value | null {
  switch (op) {
    case '+':
      return numberValue(add(a, b));
    case '-':
      return numberValue(subtract(a, b));
    case '*':
      return numberValue(multiply(a, b));
    case '/':
      return b.n === 0n ? null : numberValue(divide(a, b));
    case '^':
      return b.d !== 1n || (a.n === 0n && b.n < 0n) ? null : numberValue(power(a, b.n));
  }
}

export function negated(a: Value): Value | null {
  return a.kind === 'number' ? numberValue(negate(a.value)) : null;
}

/** Whether two values are equal: a blank equals only a blank; null where two kinds meet. */
export function equals(a: Value, b: Value): boolean | null {
  if (a.kind === 'blank' || b.kind === 'blank') return a.kind === b.kind;
  const sign = order(a, b);
  return sign === null ? null : sign === 0;
}

/** −1, 0 or 1; null for blanks and where two kinds meet. */
export function order(a: Value, b: Value): -1 | 0 | 1 | null {
  if (a.kind === 'number') return b.kind === 'number' ? compare(a.value, b.value) : null;
  if (a.kind === 'date') return b.kind === 'date' ? compare(a.ms, b.ms) : null;
  if (a.kind === 'text')
    return b.kind === 'text' ? codePointOrder(foldText(a.value), foldText(b.value)) : null;
  if (a.kind === 'logical' && b.kind === 'logical') return a.value === b.value ? 0 : a.value ? 1 : -1;
  return null;
}

/** Order by code points: surrogates stand for code points above all others, whatever their own numbers. */
export function codePointOrder(a: string, b: string): -1 | 0 | 1 {
  const least = Math.min(a.length, b.length);
  for (let i = 0; i < least; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const surrogateX = x >= 0xd800 && x <= 0xdfff;
    const surrogateY = y >= 0xd800 && y <= 0xdfff;
    if (surrogateX !== surrogateY) return surrogateX ? 1 : -1;
    return x < y ? -1 : 1;
  }
  return a.length === b.length ? 0 : a.length < b.length ? -1 : 1;
}

export function compared(operator: CompareOperator, a: Value, b: Value): Value | null {
  if (operator === '=' || operator === '<>') {
    const same = equals(a, b);
    return same === null ? null : logicalValue(same === (operator === '='));
  }
  const sign = order(a, b);
  if (sign === null) return null;
  switch (operator) {
    case '<':
      return logicalValue(sign < 0);
    case '<=':
      return logicalValue(sign <= 0);
    case '>':
      return logicalValue(sign > 0);
    case '>=':
      return logicalValue(sign >= 0);
  }
}

const numberOf = (v: Value | undefined): Rational | null => (v?.kind === 'number' ? v.value : null);
const dateOf = (v: Value | undefined): Rational | null => (v?.kind === 'date' ? v.ms : null);
const MOST_DIGITS = 2000n;

/** A function of values; `default` is not among them here: its second argument is not always evaluated. */
export function applied(name: FunctionName, args: readonly Value[], unit: Rational): Value | null {
  const result = within(() => apply(name, args, unit));
  return result ?? null;
}

function apply(name: FunctionName, args: readonly Value[], unit: Rational): Value | null {
  const [a, b] = args;
  switch (name) {
    case 'blank':
      return logicalValue(a?.kind === 'blank');
    case 'default':
      return a === undefined || b === undefined ? null : a.kind === 'blank' ? b : a;
    case 'starts_with':
      return a?.kind === 'text' && b?.kind === 'text'
        ? logicalValue(foldText(a.value).startsWith(foldText(b.value)))
        : null;
    case 'min':
    case 'max':
      return extreme(args, name === 'min' ? -1 : 1);
    case 'clamp': {
      const [x, low, high] = args;
      if (x === undefined || low === undefined || high === undefined) return null;
      const least = extreme([x, high], -1);
      return least === null ? null : extreme([low, least], 1);
    }
    case 'year':
    case 'month':
    case 'day': {
      const ms = dateOf(a);
      return ms === null ? null : numberValue(integer(dayOfMs(floorMs(ms))[name]));
    }
    case 'date': {
      const ms = dateOf(a);
      return ms === null ? null : dateValue(startOfDay(ms));
    }
    case 'eomonth':
    case 'edate': {
      const ms = dateOf(a);
      const months = numberOf(b);
      if (ms === null || months === null || months.d !== 1n) return null;
      const n = Number(months.n);
      const day = name === 'edate' ? addMonths(floorMs(ms), n) : endOfMonth(floorMs(ms), n);
      return day === null ? null : dateValue(integer(day));
    }
    case 'hours':
    case 'months': {
      const start = dateOf(a);
      const end = dateOf(b);
      if (start === null || end === null) return null;
      return numberValue(
        name === 'hours'
          ? divide(subtract(end, start), HOUR_MS)
          : integer(wholeMonths(floorMs(start), floorMs(end))),
      );
    }
    case 'abs':
    case 'round':
    case 'round_even':
    case 'mround':
    case 'floor':
    case 'ceiling':
    case 'steps': {
      const x = numberOf(a);
      return x === null ? null : rounded(name, x, b, unit);
    }
  }
}

type Rounding = 'abs' | 'round' | 'round_even' | 'mround' | 'floor' | 'ceiling' | 'steps';

function rounded(name: Rounding, x: Rational, second: Value | undefined, unit: Rational): Value | null {
  if (name === 'abs') return numberValue(absolute(x));
  if (name === 'round' && second === undefined) return multiple(x, unit, roundInteger);
  const y = numberOf(second);
  if (y === null) return null;
  if (name === 'round' || name === 'round_even') {
    if (y.d !== 1n || y.n > MOST_DIGITS || y.n < -MOST_DIGITS) return null;
    const ten = 10n ** (y.n < 0n ? -y.n : y.n);
    const whole = name === 'round' ? roundInteger : roundEvenInteger;
    return numberValue(
      y.n >= 0n
        ? rational(whole({ n: x.n * ten, d: x.d }), ten)
        : rational(whole({ n: x.n, d: x.d * ten }) * ten),
    );
  }
  const size = absolute(y);
  if (size.n === 0n) return null;
  if (name === 'steps') return numberValue(rational(x.n <= 0n ? 0n : floorInteger(divide(x, size))));
  return multiple(
    x,
    size,
    name === 'mround' ? roundInteger : name === 'floor' ? floorInteger : ceilingInteger,
  );
}

function multiple(x: Rational, unit: Rational, whole: (x: Rational) => bigint): Value {
  return numberValue(multiply({ n: whole(divide(x, unit)), d: 1n }, unit));
}

function extreme(args: readonly Value[], wanted: -1 | 1): Value | null {
  let best: Value | null = null;
  for (const x of args) {
    if (x.kind !== 'number' && x.kind !== 'date') return null;
    if (best === null) best = x;
    else {
      const sign = order(x, best);
      if (sign === null) return null;
      if (sign === wanted) best = x;
    }
  }
  return best;
}

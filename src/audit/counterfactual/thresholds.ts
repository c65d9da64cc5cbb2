import type { PlainMachine } from '../../engine/plain/machine.ts';
import { logicalOf } from '../../engine/plain/operands.ts';
import { attempt, type Env, isFault, type Reading } from '../../engine/plain/reading.ts';
import type { Target } from '../../engine/plain/reasons.ts';
import { DAY, dayOfMs, floorMs, msOfDay } from '../../exact/date.ts';
import {
  add,
  ceilingInteger,
  compare,
  divide,
  floorInteger,
  integer,
  multiply,
  type Rational,
  rational,
  sign,
  subtract,
  ZERO,
} from '../../exact/rational.ts';
import type { Expr } from '../../rules/program.ts';
import { hasRow } from './rows.ts';
import type { Touched } from './touched.ts';
import { isReach } from './touched.ts';

/** Something that a rule compares, bands or rounds on the way to the target: where its outcome turns over. */
export interface Turn {
  readonly value: Rational;
  /** The bounds: these, or every multiple of `every`, `off` further on. */
  readonly bounds: readonly Rational[];
  readonly every: Rational | null;
  readonly off: Rational;
}

export type Turns = ReadonlyMap<string, Turn>;

/** Turns that are looked at; more of them would take longer than they are worth. */
const MOST = 2000;
const HALF = rational(1n, 2n);

/** Computes targets with everything that turns on their way. `machine` is used up by it. */
export function turnsOf(machine: PlainMachine, touched: Touched, targets: readonly Target[]): Turns {
  const turns = new Map<string, Turn>();
  const ids = new Map<Expr, number>();
  const { read, scalar } = machine;
  const looking = { read: (expr: Expr, env: Env): Reading => read(expr, env) };

  function isTouched(expr: Expr, env: Env): boolean {
    const reach = touched.reach(expr);
    if (!isReach(reach)) return false;
    return reach.everywhere || [...reach.levels].some(([level, rows]) => hasRow(rows, env.rows[level] ?? -1));
  }

  function note(expr: Expr, env: Env): void {
    const found = turns.size < MOST && isTouched(expr, env) ? turnsAt(machine, expr, env) : [];
    if (found.length === 0) return;
    const id = ids.get(expr) ?? ids.size;
    ids.set(expr, id);
    for (const [i, turn] of found.entries()) turns.set(`${placeName(expr)} ${env.rows.join(' ')} ${i}`, turn);
  }

  Object.assign(machine, {
    read(expr: Expr, env: Env): Reading {
      note(expr, env);
      // The machine reads the side that was chosen by itself.
      if (expr.op === 'if')
        return machine.read(logicalOf(machine, expr.condition, env) ? expr.then : expr.otherwise, env);
      return looking.read(expr, env);
    },
    scalar(id: number): Reading {
      const source = machine.program.scalars[id]?.source;
      if (source?.kind === 'rule')
        note(source.value, { context: { rule: '', keyLevel: 0 }, tables: [], rows: [] });
      return scalar(id);
    },
  });
  for (const target of targets)
    attempt(() =>
      target.kind === 'scalar' ? machine.scalar(target.scalar) : machine.cell(target.column, target.row),
    );
  return turns;
}

function placeName({ op, at }: Expr): string {
  return at.kind === 'rule' ? `${op} ${JSON.stringify(at.line)} ${at.start}-${at.end}` : op;
}

/** What turns in one expression; nothing where an operand is at fault. */
function turnsAt(m: PlainMachine, expr: Expr, env: Env): readonly Turn[] {
  switch (expr.op) {
    case 'compare':
      return between(measured(m, expr.left, env), measured(m, expr.right, env));
    case 'band': {
      const x = measured(m, expr.x, env);
      const lines = m.program.bands[expr.band]?.lines ?? [];
      const bounds = lines.flatMap(({ test }) => ('bound' in test ? [test.bound] : []));
      return x === null ? [] : [{ value: x, bounds, every: null, off: ZERO }];
    }
    case 'call': {
      const args = expr.args.map((arg) => measured(m, arg, env));
      const [x = null, y = null, z = null] = args;
      const { name } = expr;
      switch (name) {
        case 'min':
        case 'max':
          return args.slice(1).flatMap((other) => between(x, other));
        case 'clamp':
          return [...between(x, y), ...between(x, z)];
        case 'abs':
          return between(x, ZERO);
        case 'round':
          if (expr.args.length === 1) return every(x, m.program.unit, HALF);
          return every(x, y === null ? null : ten(y), HALF);
        case 'round_even':
          return every(x, y === null ? null : ten(y), HALF);
        case 'mround':
          return every(x, y, HALF);
        case 'floor':
        case 'ceiling':
        case 'steps':
          return every(x, y, ZERO);
        case 'date':
          return every(x, integer(DAY), ZERO);
        case 'year':
        case 'month':
        case 'day':
        case 'eomonth':
        case 'edate':
          return x === null ? [] : [{ value: x, bounds: monthsAround(x), every: null, off: ZERO }];
        case 'months':
          return [...every(x, integer(DAY), ZERO), ...every(y, integer(DAY), ZERO)];
        case 'default':
        case 'blank':
        case 'hours':
        case 'starts_with':
          return [];
        default: {
          const never: never = name;
          return never;
        }
      }
    }
    default:
      return [];
  }
}

function measured(m: PlainMachine, expr: Expr, env: Env): Rational | null {
  const x = attempt((): Reading => m.read(expr, env));
  if (isFault(x)) return null;
  return x.kind === 'number' ? x.value : x.kind === 'date' ? x.ms : null;
}

function between(a: Rational | null, b: Rational | null): readonly Turn[] {
  return a === null || b === null ? [] : [{ value: subtract(a, b), bounds: [ZERO], every: null, off: ZERO }];
}

function every(x: Rational | null, size: Rational | null, part: Rational): readonly Turn[] {
  if (x === null || size === null || size.n === 0n) return [];
  return [{ value: x, bounds: [], every: size, off: multiply(size, part) }];
}

/** 10^−digits; null for what no number has. */
function ten(digits: Rational): Rational | null {
  if (digits.d !== 1n || digits.n > 30n || digits.n < -30n) return null;
  return digits.n >= 0n ? rational(1n, 10n ** digits.n) : rational(10n ** -digits.n);
}

function monthsAround(x: Rational): readonly Rational[] {
  const { year, month } = dayOfMs(floorMs(x));
  const next = month === 12 ? msOfDay(year + 1, 1, 1) : msOfDay(year, month + 1, 1);
  return [msOfDay(year, month, 1), next].flatMap((ms) => (ms === null ? [] : [integer(ms)]));
}

/**
 * How many steps further the next turn comes, as a whole number of steps that reaches it or is the last before it;
 * null where none is ahead. `here` and `next` are the turns at a place and one step on.
 */
export function nextTurn(here: Turns, next: Turns, most: number): number | null {
  let nearest: Rational | null = null;
  for (const [name, turn] of here) {
    const value = next.get(name)?.value;
    if (value === undefined) continue;
    const slope = subtract(value, turn.value);
    const direction = sign(slope);
    if (direction === 0) continue;
    for (const bound of boundsAhead(turn, direction)) {
      const steps = divide(subtract(bound, turn.value), slope);
      if (steps.n >= 0n && (nearest === null || compare(steps, nearest) < 0)) nearest = steps;
    }
  }
  if (nearest === null) return null;
  const whole = floorInteger(nearest);
  return whole >= BigInt(most) ? null : Number(whole);
}

function boundsAhead({ value, bounds, every: size, off }: Turn, direction: 1 | -1): readonly Rational[] {
  if (size === null) return bounds.filter((bound) => sign(subtract(bound, value)) !== -direction);
  const place = divide(subtract(value, off), size);
  const whole = direction > 0 === size.n > 0n ? ceilingInteger(place) : floorInteger(place);
  return [add(multiply(rational(whole), size), off)];
}

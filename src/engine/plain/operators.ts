import { DAY, inRange } from '../../exact/date.ts';
import {
  add,
  divide,
  integer,
  multiply,
  negate,
  power,
  type Rational,
  subtract,
} from '../../exact/rational.ts';
import type { Expr } from '../../rules/program.ts';
import {
  exactly,
  failBlank,
  failDifferent,
  failKind,
  failZero,
  integerOf,
  logicalOf,
  numberOf,
  present,
} from './operands.ts';
import { type Env, fail, type Machine, type Present, type Reading } from './reading.ts';
import { order, same } from './values.ts';

export type Arithmetic = Extract<Expr, { readonly op: '+' | '-' | '*' | '/' | '^' }>;
export type Connective = Extract<Expr, { readonly op: 'and' | 'or' }>;
type Comparison = Extract<Expr, { readonly op: 'compare' }>;

const DAY_MS = integer(DAY);

function isArithmetic(expr: Expr): expr is Arithmetic {
  return expr.op === '+' || expr.op === '-' || expr.op === '*' || expr.op === '/' || expr.op === '^';
}

function isConnective(expr: Expr): expr is Connective {
  return expr.op === 'and' || expr.op === 'or';
}

/** Left to right without recursion along the left side: a sum of thousands of terms is not deep. */
export function arithmetic(m: Machine, expr: Arithmetic, env: Env): Reading {
  const spine: Arithmetic[] = [];
  let operand: Expr = expr;
  while (isArithmetic(operand)) {
    spine.push(operand);
    operand = operand.left;
  }
  let value = m.read(operand, env);
  for (let i = spine.length - 1; i >= 0; i--) {
    const step = spine[i];
    if (step === undefined) break;
    value = combine(m, step, operand, value, env);
    operand = step;
  }
  return value;
}

function combine(m: Machine, expr: Arithmetic, leftExpr: Expr, left: Reading, env: Env): Present {
  if (left.kind === 'blank') return failBlank(m, leftExpr, left, env);
  if (expr.op === '+' || expr.op === '-') {
    if (left.kind !== 'number' && left.kind !== 'date')
      return failKind(m, leftExpr, left, 'number or date', env);
    const right = present(m, expr.right, env);
    if (right.kind !== 'number' && right.kind !== 'date')
      return failKind(
        m,
        expr.right,
        right,
        left.kind === 'date' && expr.op === '-' ? 'number or date' : 'number',
        env,
      );
    return exactly(m, expr, env, () => sum(m, expr, left, right, env));
  }
  if (left.kind !== 'number') return failKind(m, leftExpr, left, 'number', env);
  const a = left.value;
  if (expr.op === '^') {
    const exponent = integerOf(m, expr.right, env);
    if (a.n === 0n && exponent < 0n) return failZero(m, expr.left, env);
    return numberValueOf(exactly(m, expr, env, () => power(a, exponent)));
  }
  const b = numberOf(m, expr.right, env);
  if (expr.op === '*') return numberValueOf(exactly(m, expr, env, () => multiply(a, b)));
  if (b.n === 0n) return failZero(m, expr.right, env);
  return numberValueOf(exactly(m, expr, env, () => divide(a, b)));
}

function numberValueOf(value: Rational): Present {
  return { kind: 'number', value };
}

type Quantity = Extract<Present, { readonly kind: 'number' | 'date' }>;

function sum(m: Machine, expr: Arithmetic, left: Quantity, right: Quantity, env: Env): Present {
  const plus = expr.op === '+';
  if (left.kind === 'number' && right.kind === 'number')
    return numberValueOf(plus ? add(left.value, right.value) : subtract(left.value, right.value));
  if (left.kind === 'date' && right.kind === 'date') {
    if (plus) return failKind(m, expr.right, right, 'number', env);
    return numberValueOf(divide(subtract(left.ms, right.ms), DAY_MS));
  }
  if (left.kind === 'date' && right.kind === 'number') {
    const days = multiply(right.value, DAY_MS);
    return dated(m, expr, plus ? add(left.ms, days) : subtract(left.ms, days), env);
  }
  if (left.kind === 'number' && right.kind === 'date') {
    if (!plus) return failKind(m, expr.right, right, 'number', env);
    return dated(m, expr, add(right.ms, multiply(left.value, DAY_MS)), env);
  }
  throw new TypeError('no quantities');
}

function dated(m: Machine, expr: Expr, ms: Rational, env: Env): Present {
  if (!inRange(ms)) return fail(m, env, expr.at, expr.at, { code: 'too-large' });
  return { kind: 'date', ms };
}

/** `x = y` as the language has it, `left` read before: a blank equals only a blank. */
function equals(
  m: Machine,
  left: Reading,
  leftExpr: Expr,
  right: Reading,
  rightExpr: Expr,
  env: Env,
): boolean {
  if (left.kind === 'blank' || right.kind === 'blank') return left.kind === right.kind;
  if (left.kind === right.kind) return same(left, right);
  return failDifferent(m, { expr: leftExpr, value: left }, { expr: rightExpr, value: right }, env);
}

export function comparison(m: Machine, expr: Comparison, env: Env): Reading {
  if (expr.operator === '=' || expr.operator === '<>') {
    const left = m.read(expr.left, env);
    const right = m.read(expr.right, env);
    return logicalOutcome(equals(m, left, expr.left, right, expr.right, env) === (expr.operator === '='));
  }
  const left = present(m, expr.left, env);
  const right = present(m, expr.right, env);
  if (left.kind !== right.kind)
    return failDifferent(m, { expr: expr.left, value: left }, { expr: expr.right, value: right }, env);
  const sign = order(left, right);
  switch (expr.operator) {
    case '<':
      return logicalOutcome(sign < 0);
    case '<=':
      return logicalOutcome(sign <= 0);
    case '>':
      return logicalOutcome(sign > 0);
    case '>=':
      return logicalOutcome(sign >= 0);
    default: {
      const never: never = expr.operator;
      return never;
    }
  }
}

function logicalOutcome(value: boolean): Present {
  return { kind: 'logical', value };
}

export function connective(m: Machine, expr: Connective, env: Env): Reading {
  const spine: Connective[] = [];
  let operand: Expr = expr;
  while (isConnective(operand)) {
    spine.push(operand);
    operand = operand.left;
  }
  let value = logicalOf(m, operand, env);
  for (let i = spine.length - 1; i >= 0; i--) {
    const step = spine[i];
    if (step === undefined) break;
    if (value === (step.op === 'and')) value = logicalOf(m, step.right, env);
  }
  return logicalOutcome(value);
}

export function negation(m: Machine, x: Expr, env: Env): Reading {
  return numberValueOf(negate(numberOf(m, x, env)));
}

export function membership(m: Machine, expr: Extract<Expr, { readonly op: 'in' }>, env: Env): Reading {
  const x = m.read(expr.x, env);
  for (const element of expr.list) {
    if (equals(m, x, expr.x, m.read(element, env), element, env)) return logicalOutcome(true);
  }
  return logicalOutcome(false);
}

import { type Rational, TooLarge } from '../../exact/rational.ts';
import type { KindName } from '../../problems/problem.ts';
import type { Expr } from '../../rules/program.ts';
import {
  type Env,
  fail,
  type Machine,
  type Nothing,
  operandPlace,
  originOf,
  type Present,
  valueText,
} from './reading.ts';

/** Ends at a blank operand: at the cell that it came from, else where it is written. */
export function failBlank(m: Machine, expr: Expr, blank: Nothing, env: Env): never {
  const origin = originOf(blank);
  return fail(m, env, origin ?? operandPlace(m, expr, env), expr.at, { code: 'blank-value' });
}

/** Ends at an operand of a kind that doesn't work there. */
export function failKind(m: Machine, expr: Expr, found: Present, expected: KindName, env: Env): never {
  return fail(m, env, operandPlace(m, expr, env), expr.at, {
    code: 'type-mismatch',
    expected,
    found: found.kind,
    value: valueText(found),
  });
}

/** An operand that has been read. */
export interface Operand {
  readonly expr: Expr;
  readonly value: Present;
}

/**
 * Ends at two operands of different kinds: at the cell, where one of them is a sheet cell (`x > 0` with a text in x);
 * of two cells at the one of the aggregated row, which is the row that fails; else at the right one.
 */
export function failDifferent(m: Machine, left: Operand, right: Operand, env: Env): never {
  const depth = ({ expr }: Operand): number => {
    if (operandPlace(m, expr, env).kind !== 'cell') return -1;
    return expr.op === 'sheet' ? expr.level : 0;
  };
  const [wrong, other] = depth(left) > depth(right) ? [left, right] : [right, left];
  return failKind(m, wrong.expr, wrong.value, other.value.kind, env);
}

/** Ends at an operand that makes a division by zero. */
export function failZero(m: Machine, expr: Expr, env: Env): never {
  return fail(m, env, operandPlace(m, expr, env), expr.at, { code: 'division-by-zero' });
}

/** An operand that is not blank. */
export function present(m: Machine, expr: Expr, env: Env): Present {
  const x = m.read(expr, env);
  return x.kind === 'blank' ? failBlank(m, expr, x, env) : x;
}

export function numberOf(m: Machine, expr: Expr, env: Env): Rational {
  const x = present(m, expr, env);
  return x.kind === 'number' ? x.value : failKind(m, expr, x, 'number', env);
}

/** An exact instant, in milliseconds. */
export function dateOf(m: Machine, expr: Expr, env: Env): Rational {
  const x = present(m, expr, env);
  return x.kind === 'date' ? x.ms : failKind(m, expr, x, 'date', env);
}

export function textOf(m: Machine, expr: Expr, env: Env): string {
  const x = present(m, expr, env);
  return x.kind === 'text' ? x.value : failKind(m, expr, x, 'text', env);
}

export function logicalOf(m: Machine, expr: Expr, env: Env): boolean {
  const x = present(m, expr, env);
  return x.kind === 'logical' ? x.value : failKind(m, expr, x, 'logical', env);
}

export function integerOf(m: Machine, expr: Expr, env: Env): bigint {
  const x = numberOf(m, expr, env);
  if (x.d !== 1n) {
    fail(m, env, operandPlace(m, expr, env), expr.at, {
      code: 'not-an-integer',
      value: valueText({ kind: 'number', value: x }),
    });
  }
  return x.n;
}

/** Whether a row is meant: a blank condition does not match. */
export function matches(m: Machine, where: Expr | null, env: Env): boolean {
  if (where === null) return true;
  const x = m.read(where, env);
  if (x.kind === 'blank') return false;
  return x.kind === 'logical' ? x.value : failKind(m, where, x, 'logical', env);
}

/** Exact arithmetic whose overflow is a problem at `expr`. */
export function exactly<T>(m: Machine, expr: Expr, env: Env, compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    if (error instanceof TooLarge) return fail(m, env, expr.at, expr.at, { code: 'too-large' });
    throw error;
  }
}

import type { Expr } from './program.ts';

/** A direct part of an expression, with the level of the row that it is given anew (−1: none). */
export interface Part {
  readonly expr: Expr;
  readonly bound: number;
}

/** The parts right below an expression, in the order in which they are written. */
export function partsOf(expr: Expr): readonly Part[] {
  switch (expr.op) {
    case 'literal':
    case 'asOf':
    case 'sheet':
    case 'column':
    case 'scalar':
    case 'name':
      return [];
    case 'negate':
    case 'not':
    case 'band':
      return open(expr.x);
    case '+':
    case '-':
    case '*':
    case '/':
    case '^':
    case 'compare':
    case 'and':
    case 'or':
      return open(expr.left, expr.right);
    case 'in':
      return open(expr.x, ...expr.list);
    case 'if':
      return open(expr.condition, expr.then, expr.otherwise);
    case 'call':
      return open(...expr.args);
    case 'rank':
      return bound(expr.level, expr.value, expr.where);
    case 'aggregate':
      switch (expr.fn) {
        case 'weighted':
          return bound(expr.level, expr.value, expr.weight, expr.where);
        case 'last':
          return bound(expr.level, expr.value, expr.by, expr.where);
        case 'lookup':
          // The key is read outside.
          return [...open(expr.key), ...bound(expr.level, expr.value, expr.where)];
        default:
          return bound(expr.level, expr.value, expr.where);
      }
    default: {
      const never: never = expr;
      return never;
    }
  }
}

/** The expressions right below one. */
export function childrenOf(expr: Expr): readonly Expr[] {
  return partsOf(expr).map((part) => part.expr);
}

const open = (...exprs: readonly Expr[]): readonly Part[] => exprs.map((expr) => ({ expr, bound: -1 }));

const bound = (level: number, ...exprs: readonly (Expr | null)[]): readonly Part[] =>
  exprs.flatMap((expr) => (expr === null ? [] : [{ expr, bound: level }]));

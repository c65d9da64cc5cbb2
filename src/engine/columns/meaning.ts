import type { Expr } from '../../rules/program.ts';
import { partsOf } from '../../rules/walk.ts';

/** Beyond this many levels the bits of a number run out; rules that nest so deep are left to the plain evaluator. */
export const MOST_LEVELS = 30;

/** What is found out once about an expression. */
export interface Traits {
  /** Levels of rows that it reads from outside, a bit each. */
  readonly levels: number;
  /** Cheap enough to be evaluated where it isn't needed: a few operations and no aggregate. */
  readonly cost: number;
}

export const AGGREGATE_COST = 1000;

/** Remembers the traits of expressions, by identity; long chains are walked without recursion. */
export function createTraits(): (expr: Expr) => Traits {
  const known = new Map<Expr, Traits>();
  const compute = (expr: Expr): Traits => {
    let levels = 0;
    let cost = expr.op === 'aggregate' || expr.op === 'rank' ? AGGREGATE_COST : expr.op === 'band' ? 8 : 1;
    if (expr.op === 'sheet' || expr.op === 'column') levels = 1 << expr.level;
    if (expr.op === 'literal' || expr.op === 'scalar' || expr.op === 'asOf' || expr.op === 'name') cost = 0;
    if (expr.op === 'rank') levels = 1;
    for (const part of partsOf(expr)) {
      const of = known.get(part.expr);
      if (of === undefined) continue;
      levels |= part.bound < 0 ? of.levels : of.levels & ~(1 << part.bound);
      cost += of.cost;
    }
    return { levels, cost };
  };
  return (expr) => {
    const found = known.get(expr);
    if (found !== undefined) return found;
    const stack: Expr[] = [expr];
    for (;;) {
      const top = stack[stack.length - 1];
      if (top === undefined) break;
      const missing = partsOf(top).filter((p) => !known.has(p.expr));
      if (missing.length === 0) {
        known.set(top, compute(top));
        stack.pop();
      } else for (const part of missing) stack.push(part.expr);
    }
    const result = known.get(expr);
    if (result === undefined) throw new RangeError('no traits');
    return result;
  };
}

/** The parts that must all be TRUE, in the order in which they are evaluated. */
export function conjuncts(where: Expr | null): readonly Expr[] {
  if (where === null) return [];
  const out: Expr[] = [];
  const todo: Expr[] = [where];
  for (;;) {
    const next = todo.pop();
    if (next === undefined) return out;
    if (next.op === 'and') todo.push(next.right, next.left);
    else out.push(next);
  }
}

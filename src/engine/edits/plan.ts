import type { Expr, Node, Program } from '../../rules/program.ts';
import { type Over, type Shape, shapeOf } from './shape.ts';

/** What is found out about a program once. */
export interface Plan {
  readonly program: Program;
  /** By place in the program's order. */
  readonly steps: readonly { readonly node: Node; readonly shape: Shape }[];
  /** By expression: an aggregate, or its condition. */
  readonly overs: ReadonlyMap<Expr, Over>;
}

export function planOf(program: Program): Plan {
  const overs = new Map<Expr, Over>();
  const steps = program.order.map((node) => {
    const shape = shapeOf(program, node);
    // The condition of an `each` is one expression for all rules in it.
    return { node, shape: { ...shape, overs: shape.overs.map((over) => overOf(node, over)) } };
  });
  return { program, steps, overs };

  function overOf(node: Node, over: Over): Over {
    const known = overs.get(over.expr);
    if (known !== undefined) return known;
    // Pools are settled whole: nothing is kept for what is in them.
    if (node.kind === 'share') return over;
    overs.set(over.expr, over);
    const { where } = over.expr;
    if (where !== null && over.expr.op === 'aggregate') overs.set(where, over);
    return over;
  }
}

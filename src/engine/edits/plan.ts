import type { Expr, Node, Program, Share } from '../../rules/program.ts';
import { type Over, type Ref, type Shape, shapeOf, shapeOfAll } from './shape.ts';

/** What is found out about a program once. */
export interface Plan {
  readonly program: Program;
  /** By place in the program's order. */
  readonly steps: readonly { readonly node: Node; readonly shape: Shape }[];
  /** By expression: an aggregate, or its condition. */
  readonly overs: ReadonlyMap<Expr, Over>;
  /** By share; null where it has to be divided from the start. */
  readonly divisions: readonly (Division | null)[];
}

/** What the one pool of a share is divided from. */
export interface Division {
  /** A column of the members' own rows. */
  readonly weight: Ref;
  readonly members: Shape;
  /** The pool and its unit. */
  readonly amounts: Shape;
  /** Floor and cap. */
  readonly limits: Shape;
}

export function planOf(program: Program): Plan {
  const overs = new Map<Expr, Over>();
  const steps = program.order.map((node) => {
    const shape = shapeOf(program, node);
    // The condition of an `each` is one expression for all rules in it.
    return { node, shape: { ...shape, overs: shape.overs.map((over) => overOf(node, over)) } };
  });
  return { program, steps, overs, divisions: program.shares.map((share) => divisionOf(program, share)) };

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

function divisionOf(program: Program, share: Share): Division | null {
  const { weight, memberLevel: level } = share;
  if (share.each !== null || (weight.op !== 'sheet' && weight.op !== 'column') || weight.level !== level)
    return null;
  const read = (...exprs: readonly (Expr | null)[]): Shape => shapeOfAll(program, exprs, level + 1);
  return {
    weight:
      weight.op === 'sheet'
        ? { kind: 'sheet', table: weight.table, column: weight.column }
        : { kind: 'column', column: weight.column },
    members: read(share.where),
    amounts: read(share.pool, share.unit),
    limits: read(share.floor, share.cap),
  };
}

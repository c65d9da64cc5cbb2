import type { Definition, Expr, Node, Program } from '../../rules/program.ts';
import { childrenOf } from '../../rules/walk.ts';

function optional(...exprs: readonly (Expr | null)[]): readonly Expr[] {
  return exprs.filter((expr) => expr !== null);
}

/** Whether an expression or one within it passes the test. Without recursion: long sums nest deeply. */
export function some(expr: Expr, test: (expr: Expr) => boolean): boolean {
  const open = [expr];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (test(next)) return true;
    open.push(...childrenOf(next));
  }
  return false;
}

/** Whether an expression reads the row of a level for which `test` holds. */
export function readsLevel(expr: Expr, test: (level: number) => boolean): boolean {
  return some(
    expr,
    (e) =>
      ((e.op === 'sheet' || e.op === 'column') && test(e.level)) || (e.op === 'rank' && test(e.level - 1)),
  );
}

/** The expressions of a definition, its condition first. */
export function expressionsOf(program: Program, definition: Definition): readonly Expr[] {
  switch (definition.kind) {
    case 'rule':
      return optional(definition.where, definition.value);
    case 'score':
      return optional(definition.where, ...definition.lines.map((line) => line.value));
    case 'statement':
      return optional(definition.where, ...definition.components.map((line) => line.value));
    case 'share':
      return [];
    case 'rest':
      return optional(program.shares[definition.share]?.each?.where ?? null);
    default: {
      const never: never = definition;
      return never;
    }
  }
}

/** All expressions of a node but those of the bands that it calls. */
export function nodeExpressions(program: Program, node: Node): readonly Expr[] {
  switch (node.kind) {
    case 'table':
      return optional(program.tables[node.table]?.where ?? null);
    case 'scalar': {
      const source = program.scalars[node.scalar]?.source;
      return source?.kind === 'rule' ? [source.value] : [];
    }
    case 'column':
      return (program.columns[node.column]?.definitions ?? []).flatMap((d) => expressionsOf(program, d));
    case 'share': {
      const share = program.shares[node.share];
      if (share === undefined) return [];
      const { each, pool, unit, where, weight, floor, cap } = share;
      return optional(each?.where ?? null, pool, unit, where, weight, floor, cap);
    }
    case 'check': {
      const check = program.checks[node.check];
      return check === undefined ? [] : optional(check.each?.where ?? null, check.condition);
    }
    default: {
      const never: never = node;
      return never;
    }
  }
}

/** How many nodes long the longest chain of dependencies is: how deep lazy evaluation may go. */
export function longestChain(program: Program): number {
  const scalars = new Map<number, number>();
  const columns = new Map<number, number>();
  const shares = new Map<number, number>();
  const bands = new Map<number, number>();
  let longest = 0;

  const below = (exprs: readonly Expr[]): number => {
    let depth = 0;
    for (const expr of exprs) {
      some(expr, (e) => {
        if (e.op === 'scalar') depth = Math.max(depth, scalars.get(e.scalar) ?? 0);
        else if (e.op === 'column') depth = Math.max(depth, columns.get(e.column) ?? 0);
        else if (e.op === 'band') depth = Math.max(depth, bandDepth(e.band));
        return false;
      });
    }
    return depth;
  };
  // Bands call no bands with rows; what they read comes before their callers in the order.
  const bandDepth = (id: number): number => {
    const known = bands.get(id);
    if (known !== undefined) return known;
    bands.set(id, 0);
    const depth = below((program.bands[id]?.lines ?? []).map((line) => line.value));
    bands.set(id, depth);
    return depth;
  };

  for (const node of program.order) {
    let depth = 1 + below(nodeExpressions(program, node));
    if (node.kind === 'scalar') {
      const source = program.scalars[node.scalar]?.source;
      if (source?.kind === 'rest') depth = Math.max(depth, 1 + (shares.get(source.share) ?? 0));
      scalars.set(node.scalar, depth);
    } else if (node.kind === 'column') {
      for (const d of program.columns[node.column]?.definitions ?? [])
        if (d.kind === 'share' || d.kind === 'rest') depth = Math.max(depth, 1 + (shares.get(d.share) ?? 0));
      columns.set(node.column, depth);
    } else if (node.kind === 'share') shares.set(node.share, depth);
    longest = Math.max(longest, depth);
  }
  return longest;
}

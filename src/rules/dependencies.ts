import type { Definition, Expr, Program } from './program.ts';

/** What an expression needs computed before it. */
export type Need =
  | { readonly kind: 'table'; readonly table: number }
  | { readonly kind: 'scalar'; readonly scalar: number }
  | { readonly kind: 'band'; readonly band: number }
  | { readonly kind: 'column'; readonly column: number }
  | { readonly kind: 'share'; readonly share: number };

type Visit = (need: Need) => void;

/** Calls `visit` for everything that an expression needs. */
export function needsOf(expr: Expr | null, visit: Visit): void {
  if (expr === null) return;
  switch (expr.op) {
    case 'literal':
    case 'asOf':
    case 'sheet':
    case 'name':
      return;
    case 'column':
      return visit({ kind: 'column', column: expr.column });
    case 'scalar':
      return visit({ kind: 'scalar', scalar: expr.scalar });
    case 'negate':
    case 'not':
      return needsOf(expr.x, visit);
    case '+':
    case '-':
    case '*':
    case '/':
    case '^':
    case 'compare':
    case 'and':
    case 'or':
      needsOf(expr.left, visit);
      return needsOf(expr.right, visit);
    case 'in':
      needsOf(expr.x, visit);
      for (const item of expr.list) needsOf(item, visit);
      return;
    case 'if':
      needsOf(expr.condition, visit);
      needsOf(expr.then, visit);
      return needsOf(expr.otherwise, visit);
    case 'call':
      for (const arg of expr.args) needsOf(arg, visit);
      return;
    case 'band':
      visit({ kind: 'band', band: expr.band });
      return needsOf(expr.x, visit);
    case 'rank':
      visit({ kind: 'table', table: expr.table });
      needsOf(expr.value, visit);
      return needsOf(expr.where, visit);
    case 'aggregate': {
      visit({ kind: 'table', table: expr.table });
      needsOf(expr.value, visit);
      needsOf(expr.where, visit);
      if (expr.fn === 'weighted') needsOf(expr.weight, visit);
      if (expr.fn === 'last') needsOf(expr.by, visit);
      if (expr.fn === 'lookup') needsOf(expr.key, visit);
      return;
    }
    default: {
      const never: never = expr;
      return never;
    }
  }
}

function definitionNeeds(definition: Definition, program: Omit<Program, 'order'>, visit: Visit): void {
  switch (definition.kind) {
    case 'rule':
      needsOf(definition.where, visit);
      return needsOf(definition.value, visit);
    case 'score':
      needsOf(definition.where, visit);
      for (const line of definition.lines) needsOf(line.value, visit);
      return;
    case 'statement':
      needsOf(definition.where, visit);
      for (const component of definition.components) needsOf(component.value, visit);
      return;
    case 'share':
      return visit({ kind: 'share', share: definition.share });
    case 'rest':
      needsOf(program.shares[definition.share]?.each?.where ?? null, visit);
      return visit({ kind: 'share', share: definition.share });
  }
}

/** The same for each kind of node. */
export function nodeNeeds(
  node: Need | { kind: 'check'; check: number },
  program: Omit<Program, 'order'>,
  visit: Visit,
): void {
  switch (node.kind) {
    case 'table':
      return needsOf(program.tables[node.table]?.where ?? null, visit);
    case 'scalar': {
      const source = program.scalars[node.scalar]?.source;
      if (source?.kind === 'rule') return needsOf(source.value, visit);
      if (source?.kind === 'rest') visit({ kind: 'share', share: source.share });
      return;
    }
    case 'band':
      for (const line of program.bands[node.band]?.lines ?? []) needsOf(line.value, visit);
      return;
    case 'column': {
      const column = program.columns[node.column];
      if (column === undefined) return;
      visit({ kind: 'table', table: column.table });
      for (const definition of column.definitions) definitionNeeds(definition, program, visit);
      return;
    }
    case 'share': {
      const share = program.shares[node.share];
      if (share === undefined) return;
      visit({ kind: 'table', table: share.table });
      if (share.each !== null) {
        visit({ kind: 'table', table: share.each.table });
        needsOf(share.each.where, visit);
      }
      for (const expr of [share.pool, share.where, share.weight, share.floor, share.cap, share.unit])
        needsOf(expr, visit);
      return;
    }
    case 'check': {
      const check = program.checks[node.check];
      if (check === undefined) return;
      if (check.each !== null) {
        visit({ kind: 'table', table: check.each.table });
        needsOf(check.each.where, visit);
      }
      return needsOf(check.condition, visit);
    }
  }
}

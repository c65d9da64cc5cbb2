import type { Definition, Expr, Program } from './program.ts';
import { childrenOf } from './walk.ts';

/** What an expression needs computed before it. */
export type Need =
  | { readonly kind: 'table'; readonly table: number }
  | { readonly kind: 'scalar'; readonly scalar: number }
  | { readonly kind: 'band'; readonly band: number }
  | { readonly kind: 'column'; readonly column: number }
  | { readonly kind: 'share'; readonly share: number };

type Visit = (need: Need) => void;

/** Calls `visit` for everything that an expression needs. Without recursion: long sums nest deeply. */
export function needsOf(expr: Expr | null, visit: Visit): void {
  const open = expr === null ? [] : [expr];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.op === 'column') visit({ kind: 'column', column: next.column });
    else if (next.op === 'scalar') visit({ kind: 'scalar', scalar: next.scalar });
    else if (next.op === 'band') visit({ kind: 'band', band: next.band });
    else if (next.op === 'rank' || next.op === 'aggregate') visit({ kind: 'table', table: next.table });
    open.push(...childrenOf(next));
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

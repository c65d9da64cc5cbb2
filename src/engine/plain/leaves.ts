import type { Expr } from '../../rules/program.ts';
import { childrenOf } from '../../rules/walk.ts';
import { attempt, type Env, type Machine } from './reading.ts';

/** An expression that has a reason of its own. */
export type Leaf = Extract<
  Expr,
  { readonly op: 'asOf' | 'sheet' | 'column' | 'scalar' | 'name' | 'band' | 'aggregate' | 'rank' }
>;

export function isLeaf(expr: Expr): expr is Leaf {
  switch (expr.op) {
    case 'asOf':
    case 'sheet':
    case 'column':
    case 'scalar':
    case 'name':
    case 'band':
    case 'aggregate':
    case 'rank':
      return true;
    default:
      return false;
  }
}

/** What an expression reads in this environment, in order; the same thing once. */
export function leavesOf(m: Machine, expr: Expr, env: Env): readonly Leaf[] {
  const found: Leaf[] = [];
  const names = new Set<string>();
  const open = [expr];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (!isLeaf(next)) {
      open.push(...[...readChildren(m, next, env)].reverse());
      continue;
    }
    const name = simpleName(next);
    if (name !== null && names.has(name)) continue;
    if (name !== null) names.add(name);
    found.push(next);
  }
  return found;
}

function simpleName(leaf: Leaf): string | null {
  switch (leaf.op) {
    case 'asOf':
      return 'asOf';
    case 'sheet':
      return `sheet ${leaf.table} ${leaf.column} ${leaf.level}`;
    case 'column':
      return `column ${leaf.column} ${leaf.level}`;
    case 'scalar':
      return `scalar ${leaf.scalar}`;
    case 'name':
      return `name ${leaf.name}`;
    default:
      return null;
  }
}

/** The expressions right below one that its evaluation reads. */
function readChildren(m: Machine, expr: Expr, env: Env): readonly Expr[] {
  if (expr.op === 'if') {
    const condition = attempt(() => m.read(expr.condition, env));
    if (condition.kind !== 'logical') return [expr.condition];
    return [expr.condition, condition.value ? expr.then : expr.otherwise];
  }
  if (expr.op === 'and' || expr.op === 'or') {
    const left = attempt(() => m.read(expr.left, env));
    const goesOn = left.kind === 'logical' && left.value === (expr.op === 'and');
    return goesOn ? [expr.left, expr.right] : [expr.left];
  }
  if (expr.op === 'call' && expr.name === 'default') {
    const [x] = expr.args;
    if (x !== undefined && attempt(() => m.read(x, env)).kind !== 'blank') return [x];
  }
  return childrenOf(expr);
}

import type { PlainMachine } from '../../engine/plain/machine.ts';
import { attempt, isFault, type Reading } from '../../engine/plain/reading.ts';
import type { Target } from '../../engine/plain/reasons.ts';
import { nodeExpressions, some } from '../../engine/plain/walk.ts';
import { nodeNeeds } from '../../rules/dependencies.ts';
import type { GraphNode } from '../../rules/order.ts';
import type { Expr, Program } from '../../rules/program.ts';
import { identityOf } from './base.ts';
import type { Touched } from './touched.ts';

/** Something that a target needs, with its expressions. */
export interface Needed {
  readonly node: GraphNode;
  readonly exprs: readonly Expr[];
}

/** Everything that a target needs, however far back, itself and bands among it. */
export function neededBy(program: Program, target: Target): readonly Needed[] {
  const seen = new Set<string>();
  const found: Needed[] = [];
  const open: GraphNode[] = [
    target.kind === 'scalar'
      ? { kind: 'scalar', scalar: target.scalar }
      : { kind: 'column', column: target.column },
  ];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const name = JSON.stringify(node);
    if (seen.has(name)) continue;
    seen.add(name);
    const exprs =
      node.kind === 'band'
        ? (program.bands[node.band]?.lines ?? []).map((line) => line.value)
        : nodeExpressions(program, node);
    found.push({ node, exprs });
    nodeNeeds(node, program, (need) => open.push(need));
  }
  return found;
}

/**
 * The computed columns of a cell's own row through which alone a target depends on the cell: while they stay as they
 * are, so does the target. Null where something else reads the cell itself.
 */
export function localColumns(
  program: Program,
  touched: Touched,
  needed: readonly Needed[],
): readonly number[] | null {
  const { cell } = touched;
  const isCell = (e: Expr): boolean => e.op === 'sheet' && e.table === cell.table && e.column === cell.column;
  const local: number[] = [];
  for (const { node, exprs } of needed) {
    if (node.kind === 'column' && program.columns[node.column]?.table === cell.table) {
      const rows = touched.column(node.column);
      if (rows !== 'all' && [...rows].every((row) => row === cell.row)) {
        if (rows.size > 0) local.push(node.column);
        continue;
      }
    }
    // The row counts whatever the cell holds, or nothing is asked.
    if (node.kind === 'table' && node.table === cell.table && !touched.tables.has(cell.table)) continue;
    if (exprs.some((expr) => some(expr, isCell))) return null;
  }
  return local;
}

/** One text for the same values of these columns in a row. */
export function localState(machine: PlainMachine, columns: readonly number[], row: number): string {
  return columns
    .map((column) => {
      const x = attempt((): Reading => machine.cell(column, row));
      return isFault(x) ? '!' : identityOf(x);
    })
    .join('\n');
}

import { some } from '../engine/plain/walk.ts';
import { toDouble } from '../exact/rational.ts';
import type { Band, Expr, Program } from '../rules/program.ts';
import type { Workbook } from '../workbook/port.ts';
import type { Step } from './waits.ts';

/** The band that turns the hours of a step into points, with its bounds in hours, rising. */
export interface WaitBand {
  readonly name: string;
  readonly bounds: readonly number[];
}

/** The first band of the program that is asked for the hours between a step's two columns; null without one. */
export function bandOf(
  program: Program,
  workbook: Workbook,
  step: Pick<Step, 'table' | 'start' | 'end'>,
): WaitBand | null {
  const table = workbook.tables.findIndex(({ name }) => name === step.table.name);
  const columnAt = (column: number): number =>
    workbook.tables[table]?.columns.findIndex((one) => one.column === column) ?? -1;
  const [start, end] = [columnAt(step.start.column), columnAt(step.end.column)];
  const isColumn = (expr: Expr | undefined, column: number): boolean =>
    expr?.op === 'sheet' && expr.table === table && expr.column === column;
  let found: Band | undefined;
  const look = (expr: Expr): boolean => {
    if (expr.op !== 'band' || expr.x.op !== 'call' || expr.x.name !== 'hours') return false;
    const [from, to] = expr.x.args;
    if (!isColumn(from, start) || !isColumn(to, end)) return false;
    found = program.bands[expr.band];
    return true;
  };
  for (const { definitions } of program.columns)
    for (const definition of definitions) if (definition.kind === 'rule') some(definition.value, look);
  if (found === undefined) return null;
  const bounds = found.lines.flatMap(({ test }) =>
    test.kind === 'upTo' || test.kind === 'below' || test.kind === 'atLeast' || test.kind === 'above'
      ? [toDouble(test.bound)]
      : [],
  );
  return { name: found.name, bounds: bounds.sort((a, b) => a - b) };
}

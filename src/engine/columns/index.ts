import type { Program } from '../../rules/program.ts';
import type { Progress, Workbook } from '../../workbook/port.ts';
import type { Results } from '../results.ts';
import { runColumns } from './run.ts';

export { type ColumnOptions, type ColumnRun, runColumns } from './run.ts';
export { freshStats, type Stats } from './strict.ts';

/** Evaluates a program over whole columns: the same results as the plain evaluator, but for warnings. */
export function evaluateColumns(program: Program, workbook: Workbook, progress: Progress = {}): Results {
  return runColumns(program, workbook, progress).results;
}

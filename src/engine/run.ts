import type { Program } from '../rules/program.ts';
import { filteredReferenceProblems } from '../rules/references.ts';
import type { Progress, Workbook } from '../workbook/port.ts';
import { type ColumnOptions, runColumns } from './columns/index.ts';
import type { Results } from './results.ts';
import { timeOfDayWarnings } from './timeOfDay.ts';

/**
 * Runs a program over a workbook, with warnings and the references of filtered tables. Whatever is wrong with the data is among the problems.
 * Refuses with the signal's reason where `progress` is aborted; it reports nodes done of all.
 */
export function run(
  program: Program,
  workbook: Workbook,
  progress: Progress = {},
  options: ColumnOptions = {},
): Results {
  const { results, sorted } = runColumns(program, workbook, progress, options);
  const further = [
    ...timeOfDayWarnings(program, workbook, results),
    ...filteredReferenceProblems(
      program,
      workbook,
      (table) => results.tables[table]?.rows ?? new Uint32Array(),
    ),
  ];
  return further.length === 0 ? results : { ...results, problems: sorted([...results.problems, ...further]) };
}

import { BLANK } from '../../exact/value.ts';
import type { Problem } from '../../problems/problem.ts';
import type { Program } from '../../rules/program.ts';
import { filteredReferenceProblems } from '../../rules/references.ts';
import type { Progress, Workbook } from '../../workbook/port.ts';
import type { Outcome, Results, ShareResult, TableResult } from '../results.ts';
import { timeOfDayWarnings } from '../timeOfDay.ts';
import { type EvaluatorOptions, evaluateNodes, sortProblems } from './evaluator.ts';
import { createMachine, isListFault, type PlainMachine } from './machine.ts';
import { isShareFault } from './pools.ts';
import { attempt, outcomeOf } from './reading.ts';

/**
 * Runs a program value by value. Whatever is wrong with the data is among the problems, but for what the check of the
 * rules has told already (keys, and references of tables without a condition); never throws for it.
 * Refuses with the signal's reason where `progress` is aborted.
 */
export function evaluate(
  program: Program,
  workbook: Workbook,
  progress: Progress = {},
  options: EvaluatorOptions = {},
): Results {
  const machine = createMachine(program, workbook, options.known ?? {}, options.scan ?? false);
  const problems: Problem[] = [];
  evaluateNodes(
    machine,
    (fault) => problems.push(fault.problem),
    (done, total) => {
      progress.signal?.throwIfAborted();
      progress.report?.(done, total);
    },
  );
  progress.report?.(program.order.length, program.order.length);
  const results: Results = {
    asOf: program.asOf,
    tables: workbook.tables.map((_, table) => tableResult(machine, table)),
    scalars: program.scalars.map((_, id) => outcomeOf(attempt(() => machine.scalar(id)))),
    columns: program.columns.map((column, id) => ({
      at: (row: number): Outcome =>
        machine.counts(column.table, row) ? outcomeOf(attempt(() => machine.cell(id, row))) : BLANK,
    })),
    shares: program.shares.flatMap((_, id) => shareResults(machine, id)),
    problems: [],
  };
  const references = filteredReferenceProblems(
    program,
    workbook,
    (table) => results.tables[table]?.rows ?? new Uint32Array(),
  );
  const warnings = timeOfDayWarnings(program, workbook, results);
  return { ...results, problems: sortProblems(machine, [...references, ...problems, ...warnings]) };
}

function tableResult(machine: PlainMachine, table: number): TableResult {
  const total = machine.workbook.tables[table]?.rows ?? 0;
  const rows = Array.from({ length: total }, (_, row) => row).filter((row) => machine.counts(table, row));
  return { rows: Uint32Array.from(rows), excluded: total - rows.length };
}

/** The pools that settled; what is wrong with the others is among the problems. */
function shareResults(machine: PlainMachine, share: number): readonly ShareResult[] {
  const pools = machine.pools(share);
  if (isListFault(pools)) return [];
  return pools.flatMap(({ result }) => (isShareFault(result) ? [] : [result]));
}

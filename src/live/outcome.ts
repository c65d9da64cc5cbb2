import type { Results } from '../engine/results.ts';
import { displayValueText } from '../exact/text.ts';
import type { Program } from '../rules/program.ts';
import type { Workbook } from '../workbook/port.ts';
import type { RunOutcome } from './protocol.ts';
import { shareSummaries } from './shareView.ts';

/** What a run without errors came to, in short. */
export function outcomeOf(program: Program, workbook: Workbook, results: Results): RunOutcome {
  const rowsOf = (table: number): number => results.tables[table]?.rows.length ?? 0;
  return {
    inputs: program.tables.flatMap(({ name, named }, table) =>
      named ? [{ name, rows: rowsOf(table), excluded: results.tables[table]?.excluded ?? 0 }] : [],
    ),
    values: program.columns.reduce((sum, { table }) => sum + rowsOf(table), program.scalars.length),
    scalars: program.scalars.map(({ name }, id) => {
      const value = results.scalars[id];
      return { name, value: value === undefined || value.kind === 'fault' ? '' : displayValueText(value) };
    }),
    tables: program.tables.flatMap(({ name, columns }, table) =>
      columns.length === 0
        ? []
        : [{ name, rows: rowsOf(table), columns: columns.map((id) => program.columns[id]?.name ?? '') }],
    ),
    shares: shareSummaries(program, workbook, results),
  };
}

import type { Progress, TableRows, WrittenSheet } from '../port.ts';
import type { ExcelApi } from './batch.ts';
import { chartsThere, drawCharts, takeCharts } from './charts.ts';
import type { Target } from './layout.ts';
import { chartSets } from './optional.ts';
import type { ExcelStructure } from './structure.ts';
import { restoreRows, rowsTargets, writeRows } from './tableRows.ts';

/** What is not part of every write: rows of tables of data, and charts. Its code comes when there are such. */
export interface Extra {
  /** Rows that will be written. */
  readonly rows: number;
  /** Writes the tables' rows; `at` hears of the sheet that comes, `step` of rows that are done. */
  tables(at: (sheet: string) => void, step: (rows: number) => void): Promise<readonly WrittenSheet[]>;
  /** Draws the charts of sheets that have been written. */
  charts(): Promise<void>;
  /** Puts back what was; gives the names of the sheets where that failed. */
  undo(): Promise<readonly string[]>;
  /** When all else is written. */
  finish(): Promise<void>;
}

/** Reads what stands where rows and charts go. Refuses as `rowsTargets` does. */
export async function extraOf(
  api: ExcelApi,
  context: Excel.RequestContext,
  structure: ExcelStructure,
  targets: readonly Target[],
  tables: readonly TableRows[],
  date1904: boolean,
  progress?: Progress,
): Promise<Extra> {
  const data = await rowsTargets(context, structure, api.title(), tables, progress);
  const { draws, formats } = chartSets(api.globals);
  const there = draws ? await chartsThere(context, targets) : null;
  return {
    rows: data.reduce((sum, { rows }) => sum + rows.length, 0),
    async tables(at, step) {
      const written: WrittenSheet[] = [];
      for (const target of data) {
        at(target.region.sheet.name);
        written.push(await writeRows(context, target, date1904, step));
      }
      return written;
    },
    async charts() {
      if (there !== null) await drawCharts(context, targets, there, formats);
    },
    async undo() {
      const left = await restoreRows(context, data);
      return there === null ? left : [...left, ...(await takeCharts(context, there, 'drawn'))];
    },
    async finish() {
      // A chart too many, where that fails, is no reason to take back what is written.
      if (there !== null) await takeCharts(context, there, 'old');
    },
  };
}

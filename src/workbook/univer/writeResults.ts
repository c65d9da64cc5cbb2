import type { IStyleData } from '@univerjs/presets';
import { breathe } from '../breathe.ts';
import type { BookChanges, Progress, WrittenSheet } from '../port.ts';
import type { Following } from './following.ts';
import { addSheet, freeId, MUTATION } from './grid.ts';
import { allNames, type Reading } from './reading.ts';
import {
  columnWidths,
  newSheet,
  oldCells,
  overwrite,
  type Plan,
  planSheets,
  putCells,
  replacing,
  resultCells,
  resultTable,
  rowsOf,
  writtenSheet,
} from './results.ts';
import type { Origins } from './save.ts';
import { planRows, putRows } from './tableRows.ts';

export interface ResultHost {
  readonly reading: Reading;
  readonly following: Following;
  readonly origins: Origins;
}

/** Puts result sheets, and other rows of tables, into the grid: all of them, or none. */
export async function writeResults(
  { reading, following, origins }: ResultHost,
  { sheets = [], tables: data = [] }: Pick<BookChanges, 'sheets' | 'tables'>,
  progress: Progress | undefined,
): Promise<readonly WrittenSheet[]> {
  await breathe(progress?.signal);
  const { grid } = reading;
  const tables = following.tables();
  const styles = grid.workbook().getStyles();
  const names = allNames(grid).map(({ name }) => name);
  const plans = planSheets(grid, tables, names, sheets);
  const style = (data: object): string => styles.setValue(data as IStyleData) ?? '';
  const rows = planRows(reading, data, (own) => styles.setValue(own) ?? '');
  const undo: (() => void)[] = [() => following.setTables(tables)];
  const shown = grid.workbook().getActiveSheet().getSheetId();
  let done = 0;
  const total = rows.length + plans.length;
  try {
    for (const plan of rows) {
      following.ours(() => undo.push(putRows(grid, following, plan)));
      progress?.report?.(++done, total);
      if (done < total) await breathe(progress?.signal);
    }
    for (const plan of plans) {
      following.ours(() => write(plan, style));
      // Not only at the end: others could see it in between.
      show(shown);
      progress?.report?.(++done, total);
      // Between sheets only: in the middle of one nobody should see half of it.
      if (done < total) await breathe(progress?.signal);
    }
  } catch (error) {
    following.ours(() => {
      for (const back of undo.reverse()) back();
    });
    throw error;
  } finally {
    show(shown);
  }
  return [...rows.map(({ written }) => written), ...plans.map(writtenSheet)];

  /** A sheet that is put in comes to the front; the one that was looked at goes back there. */
  function show(id: string): void {
    const facade = grid.api.getWorkbook(grid.unitId);
    const sheet = facade?.getSheetBySheetId(id);
    if (facade && sheet && facade.getActiveSheet().getSheetId() !== id) facade.setActiveSheet(sheet);
  }

  function write(plan: Plan, styleOf: (data: object) => string): void {
    const cells = resultCells(plan, styleOf);
    const rows = rowsOf(plan);
    const columns = Math.max(1, plan.headings.length);
    const sheet = plan.existing;
    if (sheet === null) {
      const id = freeId(grid);
      const data = newSheet(
        id,
        plan.name,
        cells,
        { rows, columns },
        {
          columnData: columnWidths(plan.asked.columns),
          freeze: { xSplit: 0, ySplit: 1, startRow: 1, startColumn: -1 },
        },
      );
      addSheet(grid, data, grid.sheets().length);
      undo.push(() => grid.mutate(MUTATION.removeSheet, { unitId: grid.unitId, subUnitId: id }));
      following.setTables([...following.tables(), resultTable(plan, id)]);
      origins.written.set(id, plan.asked);
      undo.push(() => origins.written.delete(id));
      return;
    }
    const id = sheet.getSheetId();
    const was = plan.table?.area;
    const old = oldCells(grid, sheet, Math.max(rows, was?.bottom ?? 0), Math.max(columns, was?.right ?? 0));
    putCells(grid, sheet, overwrite(old, replacing(cells)), rows, columns);
    undo.push(() => putCells(grid, sheet, replacing(old), rows, columns));
    following.setTables([
      ...following.tables().filter((table) => table !== plan.table),
      resultTable(plan, id),
    ]);
    const before = origins.written.get(id);
    origins.written.set(id, plan.asked);
    undo.push(() => {
      if (before === undefined) origins.written.delete(id);
      else origins.written.set(id, before);
    });
  }
}

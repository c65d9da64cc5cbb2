import type { ICellData, Nullable } from '@univerjs/presets';
import type { BookChange } from '../live.ts';
import { type Grid, MOVING, MUTATION } from './grid.ts';
import { type GridTable, grownTables, type Shift, shiftTables } from './tables.ts';

/** What follows the changes of a grid: where its tables are now, which sheets have changed since they were opened. */
export interface Following {
  readonly tables: () => readonly GridTable[];
  setTables(tables: readonly GridTable[]): void;
  /** Ids of sheets whose cells are not all what they were. */
  readonly touched: ReadonlySet<string>;
  /** What formulas spread over: ranges (from 0) by sheet, row and column. */
  spill(sheetId: string, row: number, column: number): Spill | null;
  watch(listener: (change: BookChange) => void): () => void;
  /** Changes of our own making: tables don't grow by them, and their cells are no longer what was opened. */
  ours<T>(work: () => T): T;
  stop(): void;
}

export interface Spill {
  readonly rows: number;
  readonly columns: number;
}

interface RangeLike {
  readonly startRow: number;
  readonly endRow: number;
  readonly startColumn: number;
  readonly endColumn: number;
}

/** What the parameters of the changes have that we look at. */
interface Params {
  readonly unitId?: string;
  readonly subUnitId?: string;
  readonly range?: RangeLike;
  readonly cellValue?: Readonly<Record<number, Readonly<Record<number, Nullable<ICellData>>>>>;
  readonly from?: { readonly subUnitId?: string };
  readonly to?: { readonly subUnitId?: string };
  readonly arrayFormulaRange?: Readonly<
    Record<string, Readonly<Record<string, Readonly<Record<number, Readonly<Record<number, RangeLike>>>>>>>
  >;
}

const ARRAYS = 'formula.mutation.set-array-formula-data';
const SHIFTS: Readonly<Record<string, Shift['what']>> = {
  [MUTATION.insertRows]: 'insert-rows',
  [MUTATION.removeRows]: 'remove-rows',
  [MUTATION.insertColumns]: 'insert-columns',
  [MUTATION.removeColumns]: 'remove-columns',
};
const SHAPES: ReadonlySet<string> = new Set([
  MUTATION.insertSheet,
  MUTATION.removeSheet,
  MUTATION.renameSheet,
  MUTATION.orderSheets,
  MUTATION.setName,
  MUTATION.removeName,
]);

export function followGrid(grid: Grid, first: readonly GridTable[]): Following {
  let tables = first;
  let ours = 0;
  let arrays: NonNullable<Params['arrayFormulaRange']>[string] = {};
  const touched = new Set<string>();
  const listeners = new Set<(change: BookChange) => void>();

  function tell(sheetIds: readonly string[] | null, shape: boolean): void {
    if (listeners.size === 0) return;
    const names = new Map(grid.sheets().map((sheet) => [sheet.getSheetId(), sheet.getName()]));
    const sheets = sheetIds?.flatMap((id) => names.get(id) ?? []) ?? null;
    for (const listener of [...listeners]) listener({ sheets, shape });
  }

  function onValues(sheetId: string, params: Params, fromFormula: boolean): void {
    touched.add(sheetId);
    const { cellValue } = params;
    const before = tables;
    if (!fromFormula && ours === 0 && cellValue !== undefined)
      tables = grownTables(tables, sheetId, (row, left, right) => {
        const line = cellValue[row - 1];
        for (const key in line) {
          const column = Number(key) + 1;
          if (column >= left && column <= right && isWritten(line[Number(key)])) return true;
        }
        return false;
      });
    tell([sheetId], tables !== before);
  }

  const event = grid.api.addEvent(grid.api.Event.CommandExecuted, (command) => {
    const params: Params = command.params ?? {};
    if (command.id === ARRAYS) {
      arrays = params.arrayFormulaRange?.[grid.unitId] ?? {};
      return;
    }
    if (params.unitId !== grid.unitId) return;
    const sheetId = params.subUnitId;
    if (SHAPES.has(command.id)) {
      tell(null, true);
      return;
    }
    const what = SHIFTS[command.id];
    if (sheetId !== undefined && what !== undefined && params.range !== undefined) {
      const { startRow, endRow, startColumn, endColumn } = params.range;
      const rows = what.endsWith('rows');
      const shift = { sheetId, what, first: rows ? startRow : startColumn, last: rows ? endRow : endColumn };
      tables = shiftTables(tables, shift);
      touched.add(sheetId);
      tell([sheetId], true);
    } else if (MOVING.has(command.id)) {
      const ids = [sheetId, params.from?.subUnitId, params.to?.subUnitId].filter((id) => id !== undefined);
      for (const id of ids) touched.add(id);
      tell([...new Set(ids)], false);
    } else if (command.id === MUTATION.values && sheetId !== undefined)
      onValues(sheetId, params, command.options?.fromFormula === true);
  });

  return {
    tables: () => tables,
    setTables(next) {
      tables = next;
    },
    touched,
    spill(sheetId, row, column) {
      const range = arrays[sheetId]?.[row]?.[column];
      if (range === undefined) return null;
      const { startRow, endRow, startColumn, endColumn } = range;
      return { rows: endRow - startRow + 1, columns: endColumn - startColumn + 1 };
    },
    watch(listener) {
      // The same function may watch twice.
      const own = (change: BookChange): void => listener(change);
      listeners.add(own);
      return () => listeners.delete(own);
    },
    ours(work) {
      ours++;
      try {
        return work();
      } finally {
        ours--;
      }
    },
    stop() {
      event.dispose();
      listeners.clear();
    },
  };
}

function isWritten(cell: Nullable<ICellData>): boolean {
  if (!cell) return false;
  return (
    (cell.v !== undefined && cell.v !== null && cell.v !== '') || (cell.f ?? '') !== '' || Boolean(cell.p)
  );
}

import type { ICellData, Nullable } from '@univerjs/presets';
import { type CellRows, type Grid, MOVING, MUTATION } from '../workbook/univer/grid.ts';
import { shiftFormula } from '../workbook/xlsx/references.ts';
import type { Cell } from './dependents.ts';

/** The formulas of a workbook, found once and kept: the engine itself looks through all cells each time. */
export interface FormulaIndex {
  /** As it reads in its cell; null where there is none. */
  at(cell: Cell): string | null;
  each(take: (cell: Cell, formula: string) => void): void;
  stop(): void;
}

const COLUMNS = 16_384;

const CHANGES: ReadonlySet<string> = new Set([
  ...MOVING,
  MUTATION.insertRows,
  MUTATION.removeRows,
  MUTATION.insertColumns,
  MUTATION.removeColumns,
  MUTATION.insertSheet,
  MUTATION.removeSheet,
]);

interface Params {
  readonly unitId?: string;
  readonly subUnitId?: string;
  readonly cellValue?: CellRows;
}

export function formulaIndex(grid: Grid): FormulaIndex {
  const sheets = new Map<string, Map<number, string>>();

  const event = grid.api.addEvent(grid.api.Event.CommandExecuted, ({ id, params, options }) => {
    const { unitId, subUnitId, cellValue }: Params = params ?? {};
    if (unitId !== grid.unitId) return;
    if (CHANGES.has(id)) sheets.clear();
    else if (id === MUTATION.values && subUnitId !== undefined && options?.onlyLocal !== true) {
      const known = sheets.get(subUnitId);
      if (known !== undefined && cellValue !== undefined && concernsFormulas(known, cellValue))
        sheets.delete(subUnitId);
    }
  });

  function sheetOf(sheetId: string): ReadonlyMap<number, string> {
    const known = sheets.get(sheetId);
    if (known !== undefined) return known;
    const sheet = grid.workbook().getSheetBySheetId(sheetId);
    const found = sheet ? formulasOf(grid.cells(sheet)) : new Map<number, string>();
    sheets.set(sheetId, found);
    return found;
  }

  return {
    at: ({ sheetId, row, column }) => sheetOf(sheetId).get(row * COLUMNS + column) ?? null,
    each(take) {
      for (const sheet of grid.sheets()) {
        const sheetId = sheet.getSheetId();
        for (const [key, formula] of sheetOf(sheetId))
          take({ sheetId, row: Math.floor(key / COLUMNS), column: key % COLUMNS }, formula);
      }
    },
    stop: () => event.dispose(),
  };
}

/** Whether a formula comes, goes or changes. */
function concernsFormulas(known: ReadonlyMap<number, string>, cells: CellRows): boolean {
  for (const row in cells)
    for (const column in cells[row]) {
      const cell: Nullable<ICellData> = cells[row]?.[Number(column)];
      if (cell && ((cell.f ?? '') !== '' || (cell.si ?? '') !== '')) return true;
      if (known.has(Number(row) * COLUMNS + Number(column)) && (!cell || 'f' in cell || 'si' in cell))
        return true;
    }
  return false;
}

function formulasOf(rows: CellRows): Map<number, string> {
  const found = new Map<number, string>();
  const masters = new Map<string, { readonly f: string; readonly row: number; readonly column: number }>();
  const filled: { readonly si: string; readonly row: number; readonly column: number }[] = [];
  for (const r in rows) {
    const row = Number(r);
    for (const c in rows[row]) {
      const column = Number(c);
      const cell: Nullable<ICellData> = rows[row]?.[column];
      if (!cell) continue;
      const { f, si } = cell;
      if (f) {
        found.set(row * COLUMNS + column, f);
        if (si) masters.set(si, { f, row, column });
      } else if (si) filled.push({ si, row, column });
    }
  }
  // A filled cell takes its formula from the first one.
  for (const { si, row, column } of filled) {
    const first = masters.get(si);
    if (first !== undefined)
      found.set(row * COLUMNS + column, shiftFormula(first.f, row - first.row, column - first.column));
  }
  return found;
}

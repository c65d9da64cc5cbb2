import type {
  FUniver,
  ICellData,
  IStyleData,
  IWorksheetData,
  Nullable,
  Workbook,
  Worksheet,
} from '@univerjs/presets';
import type {} from '@univerjs/presets/preset-sheets-core';
import { isDateFormat } from '../dateFormat.ts';

/** What the grid calls the changes of a workbook. */
export const MUTATION = {
  values: 'sheet.mutation.set-range-values',
  insertRows: 'sheet.mutation.insert-row',
  removeRows: 'sheet.mutation.remove-rows',
  insertColumns: 'sheet.mutation.insert-col',
  removeColumns: 'sheet.mutation.remove-col',
  insertSheet: 'sheet.mutation.insert-sheet',
  removeSheet: 'sheet.mutation.remove-sheet',
  renameSheet: 'sheet.mutation.set-worksheet-name',
  rowCount: 'sheet.mutation.set-worksheet-row-count',
  columnCount: 'sheet.mutation.set-worksheet-column-count',
  orderSheets: 'sheet.mutation.set-worksheet-order',
  setName: 'formula.mutation.set-defined-name',
  removeName: 'formula.mutation.remove-defined-name',
} as const;

/** Changes that move cells about inside a sheet in other ways. */
export const MOVING: ReadonlySet<string> = new Set([
  'sheet.mutation.move-range',
  'sheet.mutation.move-rows',
  'sheet.mutation.move-columns',
  'sheet.mutation.reorder-range',
]);

/** A sheet of the grid's own API. */
export type SheetFacade = NonNullable<
  ReturnType<NonNullable<ReturnType<FUniver['getWorkbook']>>['getSheetBySheetId']>
>;

export type CellRows = Readonly<Record<number, Readonly<Record<number, Nullable<ICellData>>> | undefined>>;

/** Direct access to the grid's own data, since a call of its API for every cell takes too long. */
export interface Grid {
  readonly api: FUniver;
  readonly unitId: string;
  workbook(): Workbook;
  sheets(): readonly Worksheet[];
  sheet(name: string): Worksheet | undefined;
  /** Rows and columns from 0; what a formula spills is not among them. */
  cells(sheet: Worksheet): CellRows;
  /** Whether a number there is a date: by its own format, else by that of its row or column. */
  isDate(sheet: Worksheet, row: number, column: number, cell: Nullable<ICellData>): boolean;
  /** The same for many cells of a sheet, as long as nothing changes. */
  dates(sheet: Worksheet): (row: number, column: number, cell: Nullable<ICellData>) => boolean;
  /** Runs a change. It can't be taken back by the user. */
  mutate(id: string, params: object): void;
}

export function gridOf(api: FUniver, unitId: string): Grid {
  const patterns = new Map<string, boolean>();

  function workbook(): Workbook {
    const found = api.getWorkbook(unitId)?.getWorkbook();
    if (found === undefined) throw new Error(`no workbook ${unitId}`);
    return found;
  }

  function isDatePattern(pattern: string): boolean {
    let is = patterns.get(pattern);
    if (is === undefined) {
      is = isDateFormat(pattern);
      patterns.set(pattern, is);
    }
    return is;
  }

  function dates(sheet: Worksheet): (row: number, column: number, cell: Nullable<ICellData>) => boolean {
    const styles = workbook().getStyles();
    const { rowData, columnData } = sheet.getConfig();
    // Of each style whether it is a date's; null where it has no number format.
    const known = new Map<string, boolean | null>();
    const ask = (style: Nullable<IStyleData | string>): boolean | null => {
      if (style === null || style === undefined) return null;
      const id = typeof style === 'string' ? style : null;
      const found = id === null ? undefined : known.get(id);
      if (found !== undefined) return found;
      const pattern = styles.get(style)?.n?.pattern;
      const is = pattern === undefined ? null : isDatePattern(pattern);
      if (id !== null) known.set(id, is);
      return is;
    };
    return (row, column, cell) => ask(cell?.s) ?? ask(rowData[row]?.s) ?? ask(columnData[column]?.s) ?? false;
  }

  return {
    api,
    unitId,
    workbook,
    sheets: () => workbook().getSheets(),
    sheet(name) {
      const folded = name.toLowerCase();
      return workbook()
        .getSheets()
        .find((sheet) => sheet.getName().toLowerCase() === folded);
    },
    cells: (sheet) => sheet.getConfig().cellData,
    isDate: (sheet, row, column, cell) => dates(sheet)(row, column, cell),
    dates,
    mutate(id, params) {
      if (api.syncExecuteCommand(id, params) === false) throw new Error(`the grid refused ${id}`);
    },
  };
}

/** An id that no sheet has. */
export function freeId(grid: Grid): string {
  const taken = new Set(grid.sheets().map((sheet) => sheet.getSheetId()));
  let n = taken.size + 1;
  while (taken.has(`a${n}`)) n++;
  return `a${n}`;
}

/** Adds a sheet; the one that is looked at stays. */
export function addSheet(grid: Grid, sheet: IWorksheetData, index: number): void {
  grid.mutate(MUTATION.insertSheet, { unitId: grid.unitId, index, sheet });
}

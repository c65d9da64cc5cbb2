import type { ICellData } from '@univerjs/presets';
import type { SessionState } from '../live/session.ts';
import { columnLetters } from '../problems/problem.ts';
import { parseArea } from '../workbook/area.ts';
import type { OpenBook, Room } from './room.ts';

/** What a cell is set to: a value, or a formula with its `=`; null empties it. */
export type Input = string | number | boolean | null;

/**
 * What tests use in place of a mouse on the grid's canvas, as `window.allotWorkbench`. Sheets by their names, cells as
 * `B2`.
 */
export interface AllotWorkbench {
  /** Rises with every workbook that has been opened; 0 before the first. */
  readonly opened: number;
  /** Types into a cell as a person would. */
  setCell(sheet: string, a1: string, value: Input): void;
  /** Types the same number of values or formulas into a range (`A1:A100`), row by row, at once. */
  setCells(sheet: string, a1: string, values: readonly (readonly Input[])[]): void;
  /** What a cell holds now: its value (an error as its text) and its formula. */
  cell(sheet: string, a1: string): { readonly value: Input; readonly formula: string | null };
  /** Values of a range, row by row. */
  cells(sheet: string, a1: string): readonly (readonly Input[])[];
  addSheet(name: string): void;
  select(sheet: string, a1: string): Promise<void>;
  /** `Staff!B2` of the active cell. */
  selection(): Promise<string | null>;
  setAsOf(asOf: number | null): Promise<void>;
  /** When the session has nothing to do. */
  settled(): Promise<SessionState>;
  state(): SessionState;
  /** The workbook as it would be saved. */
  bytes(): Promise<Uint8Array>;
  insertRows(sheet: string, before: number, count: number): void;
}

export function testing(
  current: () => { readonly room: Room; readonly book: OpenBook; readonly opened: number } | null,
): AllotWorkbench {
  const now = () => {
    const found = current();
    if (found === null) throw new Error('no workbook is open');
    return found;
  };
  const sheetOf = (name: string) => {
    const { room, book } = now();
    const sheet = room.grid.api.getWorkbook(book.unitId)?.getSheetByName(name);
    if (!sheet) throw new Error(`no sheet ${name}`);
    return sheet;
  };
  const rangeOf = (sheet: string, a1: string) => {
    const area = parseArea(a1);
    if (area === null) throw new Error(`no cells ${a1}`);
    const { top, left, bottom, right } = area;
    const found = sheetOf(sheet);
    if (found.getMaxRows() < bottom) found.setRowCount(bottom + 100);
    if (found.getMaxColumns() < right) found.setColumnCount(right + 6);
    return found.getRange(top - 1, left - 1, bottom - top + 1, right - left + 1);
  };
  const cells = (sheet: string, a1: string): Input[][] =>
    rangeOf(sheet, a1)
      .getCellDatas()
      .map((row) => row.map((cell) => (cell ? inputOf(cell) : null)));

  return {
    get opened() {
      return current()?.opened ?? 0;
    },
    setCell: (sheet, a1, value) => void rangeOf(sheet, a1).setValue(typed(value)),
    setCells: (sheet, a1, values) => void rangeOf(sheet, a1).setValues(values.map((row) => row.map(typed))),
    cell: (sheet, a1) => ({
      value: cells(sheet, a1)[0]?.[0] ?? null,
      formula: rangeOf(sheet, a1).getFormula() || null,
    }),
    cells,
    addSheet(name) {
      const { room, book } = now();
      room.grid.api.getWorkbook(book.unitId)?.insertSheet(name);
    },
    async select(sheet, a1) {
      const area = parseArea(a1);
      if (area !== null) await now().book.book.select({ sheet, row: area.top, column: area.left });
    },
    async selection() {
      const found = await now().book.book.selection();
      return found === null ? null : `${found.sheet}!${columnLetters(found.column)}${found.row}`;
    },
    setAsOf: (asOf) => now().book.session.setAsOf(asOf),
    settled: () => now().book.session.settled(),
    state: () => now().book.session.state,
    bytes: () => now().book.book.bytes(),
    insertRows: (sheet, before, count) => void sheetOf(sheet).insertRowsBefore(before - 1, count),
  };
}

function typed(value: Input): ICellData {
  const none = { v: null, f: null, si: null, p: null };
  if (value === null) return none;
  if (typeof value === 'number') return { ...none, v: value, t: 2 };
  if (typeof value === 'boolean') return { ...none, v: value ? 1 : 0, t: 3 };
  return value.startsWith('=') ? { ...none, f: value } : { ...none, v: value, t: 1 };
}

function inputOf({ v, t }: ICellData): Input {
  if (v === undefined || v === null) return null;
  return t === 3 ? v === 1 || v === true : v;
}

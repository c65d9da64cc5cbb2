import { isBlankValue } from '../../exact/cellLoops.ts';
import type { Area } from '../area.ts';
import { breathe } from '../breathe.ts';
import type { Progress } from '../port.ts';
import type { CellRows } from '../tableReading.ts';
import { officeCode } from './batch.ts';
import type { CellBlock, CellMeaning, ExcelCell } from './cells.ts';

/** Cells of one read: far below 5 million, and below 5 MB at a hundred bytes a cell. Longer texts: see `eachBlock`. */
const READ_CELLS = 40_000;

/** Rows of a range as Office.js gives them; `top` is the sheet row (from 1) of the first. */
export interface Block extends CellBlock {
  readonly top: number;
  readonly left: number;
  /** Only where they were asked for. */
  readonly formulas: readonly (readonly unknown[])[];
}

/** The range of an area of a sheet. */
export function rangeOf(sheet: Excel.Worksheet, { top, left, bottom, right }: Area): Excel.Range {
  return sheet.getRangeByIndexes(top - 1, left - 1, bottom - top + 1, right - left + 1);
}

/**
 * Hands an area of a sheet to `take`, some rows at a time. Where an answer is too large for Excel, fewer rows are asked for.
 */
export async function eachBlock(
  context: Excel.RequestContext,
  sheet: Excel.Worksheet,
  area: Area,
  take: (block: Block) => void,
  options: {
    readonly formulas?: boolean;
    readonly progress?: Progress;
    readonly done?: (rows: number) => void;
  } = {},
): Promise<void> {
  const { formulas = false, progress, done } = options;
  const width = area.right - area.left + 1;
  let height = Math.max(1, Math.floor(READ_CELLS / width));
  let top = area.top;
  while (top <= area.bottom) {
    progress?.signal?.throwIfAborted();
    const bottom = Math.min(area.bottom, top + height - 1);
    const range = rangeOf(sheet, { ...area, top, bottom });
    range.load(formulas ? 'values,valueTypes,numberFormat,formulas' : 'values,valueTypes,numberFormat');
    try {
      await context.sync();
    } catch (error) {
      if (officeCode(error) !== 'ResponsePayloadSizeLimitExceeded' || bottom === top) throw error;
      height = Math.max(1, Math.floor((bottom - top + 1) / 2));
      continue;
    }
    take({
      top,
      left: area.left,
      values: range.values,
      types: range.valueTypes,
      formats: range.numberFormat,
      formulas: formulas ? range.formulas : [],
    });
    range.untrack();
    top = bottom + 1;
    done?.(top - area.top);
    if (top <= area.bottom) await breathe(progress?.signal);
  }
}

/** A block for a table's reader. */
export function rowsOfBlock(block: Block, meaning: CellMeaning): CellRows {
  const { top, left, values } = block;
  return {
    top,
    left,
    height: values.length,
    nextBlank: (from, to, columns) => {
      let row = from;
      while (row < to && isAnyThere(values[row], columns)) row++;
      return row;
    },
    push: (builder, column, from, to, blanks) => meaning.pushColumn(builder, block, column, from, to, blanks),
  };
}

function isAnyThere(cells: readonly unknown[] | undefined, columns: readonly number[]): boolean {
  for (let i = 0; i < columns.length; i++) if (!isBlankValue(cells?.[columns[i] ?? 0])) return true;
  return false;
}

/** Visits the cells of a block row by row. The object is the same one each time. */
export function eachCellOf(block: Block, visit: (cell: Readonly<ExcelCell>, formula: unknown) => void): void {
  const cell: ExcelCell = { row: 0, column: 0, value: '', type: '', format: '' };
  for (const [i, values] of block.values.entries()) {
    const types = block.types[i] ?? [];
    const formats = block.formats[i] ?? [];
    const formulas = block.formulas[i] ?? [];
    cell.row = block.top + i;
    for (let j = 0; j < values.length; j++) {
      cell.column = block.left + j;
      cell.value = values[j];
      cell.type = types[j] ?? '';
      cell.format = formats[j];
      visit(cell, formulas[j]);
    }
  }
}

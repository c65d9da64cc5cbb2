import { fileError } from '../bookError.ts';
import type { Progress, SheetTable } from '../port.ts';
import { type TableRegion, tableReader } from '../tableReading.ts';
import { type CellContext, isBlankCell, pushCell } from './cells.ts';
import type { RawCell } from './rawCell.ts';
import { eachCell } from './sheet.ts';
import type { BookSheet } from './structure.ts';
import type { Zip } from './zip.ts';

/** Reads the cells of regions, all of one sheet, in one pass. */
export function readTables(
  zip: Zip,
  sheet: BookSheet,
  regions: readonly TableRegion[],
  context: CellContext,
  progress?: Progress,
): readonly SheetTable[] {
  const reader = tableReader<Readonly<RawCell>>(regions, {
    isBlank: (cell) => isBlankCell(cell, context),
    push: (builder, cell) => pushCell(builder, cell, context),
    disorder: (cell) => fileError(zip.path, 'broken-part', `${sheet.entry.name} row ${cell.row}`),
  });
  let count = 0;
  eachCell(zip, sheet.entry, (cell) => {
    if ((++count & 0xffff) === 0) progress?.signal?.throwIfAborted();
    reader.take(cell);
    return true;
  });
  return reader.finish();
}

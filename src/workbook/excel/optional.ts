import type { OfficeGlobals } from './office.ts';

/**
 * The members that not every host has. Each is used only after it was asked for, and goes without where it is missing.
 */

const has = ({ Office }: OfficeGlobals, version: string): boolean =>
  Office.context.requirements.isSetSupported('ExcelApi', version);

/** Runs a batch whose changes are one step of Undo, where the host can make them one. */
export function runAsOneStep<T>(
  globals: OfficeGlobals,
  batch: (context: Excel.RequestContext) => Promise<T>,
): Promise<T> {
  const options: Excel.RunOptions = { delayForCellEdit: true };
  return globals.Excel.run(has(globals, '1.20') ? { ...options, mergeUndoGroup: true } : options, batch);
}

/** Which parts of the charts API the host has: drawing from ranges; number formats of axes. */
export function chartSets(globals: OfficeGlobals): { readonly draws: boolean; readonly formats: boolean } {
  return { draws: has(globals, '1.7'), formats: has(globals, '1.8') };
}

/** Hears of sheets that get another name; null where the host doesn't tell. */
export function onSheetRenamed(
  globals: OfficeGlobals,
  sheets: Excel.WorksheetCollection,
  handler: (before: string, after: string) => Promise<void>,
): OfficeExtension.EventHandlerResult<Excel.WorksheetNameChangedEventArgs> | null {
  if (!has(globals, '1.17')) return null;
  return sheets.onNameChanged.add(({ nameBefore, nameAfter }) => handler(nameBefore, nameAfter));
}

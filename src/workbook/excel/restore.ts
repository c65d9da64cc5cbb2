import { type Backup, backUp, putBack } from './backup.ts';
import { rangeOf } from './blocks.ts';
import type { Target } from './layout.ts';
import { readStructure } from './structure.ts';

/**
 * Puts a workbook back to what it was before results were written, however far that came: it looks at what is there now.
 * Gives the names of the sheets that could not be put back.
 */
export async function restore(
  context: Excel.RequestContext,
  targets: readonly Target[],
  backups: ReadonlyMap<Target, Backup>,
): Promise<readonly string[]> {
  const left: string[] = [];
  for (const target of [...targets].reverse()) {
    let done = false;
    for (let tries = 3; tries > 0 && !done; tries--) {
      try {
        if (target.old === null) await removeSheet(context, target.name);
        else await restoreSheet(context, target, backups.get(target));
        done = true;
      } catch {
        // Once more: each attempt begins with what is there.
      }
    }
    if (!done) left.push(target.name);
  }
  return left.reverse();
}

async function removeSheet(context: Excel.RequestContext, name: string): Promise<void> {
  const sheet = context.workbook.worksheets.getItemOrNullObject(name);
  await context.sync();
  if (sheet.isNullObject) return;
  sheet.delete();
  await context.sync();
}

async function restoreSheet(
  context: Excel.RequestContext,
  target: Target,
  backup: Backup | undefined,
): Promise<void> {
  const sheet = context.workbook.worksheets.getItem(target.name);
  // A protected sheet refuses this as it refused to be written; then it is what it was.
  if (await isAsBefore(context, target, sheet, backup)) return;
  if (target.old?.table == null) await removeNewTable(context, target, sheet);
  else await restoreTable(context, target, sheet);
  rangeOf(sheet, target.touched).clear('Contents');
  await context.sync();
  if (backup !== undefined) await putBack(context, sheet, backup);
}

async function isAsBefore(
  context: Excel.RequestContext,
  target: Target,
  sheet: Excel.Worksheet,
  backup: Backup | undefined,
): Promise<boolean> {
  const { sheets } = await readStructure(context);
  const now = sheets.find((one) => one.name === target.name);
  const alike = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
  if (!alike(now?.tables, target.old?.sheet.tables) || !alike(now?.used, target.old?.sheet.used))
    return false;
  return backup === undefined || alike(await backUp(context, sheet, backup.area), backup);
}

/** A table that was made on a sheet of ours that had lost its own. */
async function removeNewTable(
  context: Excel.RequestContext,
  target: Target,
  sheet: Excel.Worksheet,
): Promise<void> {
  const known = new Set(target.old?.sheet.tables.map((table) => table.name));
  sheet.tables.load('items/name');
  await context.sync();
  for (const table of sheet.tables.items) if (!known.has(table.name)) table.convertToRange();
}

async function restoreTable(
  context: Excel.RequestContext,
  target: Target,
  sheet: Excel.Worksheet,
): Promise<void> {
  const old = target.old?.table;
  if (old == null) return;
  const table = sheet.tables.getItem(old.name);
  table.load('showTotals,showHeaders');
  table.columns.load('items/name');
  await context.sync();
  const fold = (name: string): string => name.toLowerCase();
  const wanted = new Set(old.columns.map(fold));
  const have = table.columns.items.map((column) => column.name);
  // Those that are missing first: a table can't lose its last column.
  let count = have.length;
  const names = have.map(fold);
  for (const [i, name] of old.columns.entries()) {
    if (names.includes(fold(name))) continue;
    const before = old.columns[i - 1];
    const at = before === undefined ? 0 : names.indexOf(fold(before)) + 1;
    table.columns.add(at === count ? -1 : at, undefined, name);
    names.splice(at, 0, fold(name));
    count++;
  }
  for (const name of have) if (!wanted.has(fold(name))) table.columns.getItem(name).delete();
  if (table.showTotals) table.showTotals = false;
  if (!table.showHeaders) table.showHeaders = true;
  table.resize(rangeOf(sheet, { ...old.area, bottom: old.area.bottom - old.totalsRows }));
  if (old.totalsRows === 1) table.showTotals = true;
  if (old.headerRows === 0) table.showHeaders = false;
  await context.sync();
}

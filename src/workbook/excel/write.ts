import { fileError } from '../bookError.ts';
import type { LiveChanges } from '../live.ts';
import type { Progress, WrittenSheet } from '../port.ts';
import { freeTableName } from '../sheetNames.ts';
import { type Backup, backUp, oldArea, slices, WRITE_CELLS } from './backup.ts';
import { type ExcelApi, excelError } from './batch.ts';
import { rangeOf } from './blocks.ts';
import type { Extra } from './extra.ts';
import { type CellInput, cellInput, columnPoints, textInput, UNTOUCHED } from './input.ts';
import { finalRef, type Target, targetsOf } from './layout.ts';
import { backUpParts, type KeptPart, putParts, restoreParts } from './parts.ts';
import { restore } from './restore.ts';
import { readStructure } from './structure.ts';

/** A write while it goes on. */
interface Writing {
  readonly context: Excel.RequestContext;
  readonly date1904: boolean;
  readonly progress: Progress | undefined;
  /** Names that a new table may not have, lower-cased; it grows. */
  readonly taken: Set<string>;
  /** Rows written so far, of so many. */
  done: number;
  readonly total: number;
  /** The sheet that is being written. */
  current: string;
}

/**
 * Writes results and texts of ours, and other rows into tables of data. A table of ours that is there is resized and
 * rewritten in place, others get a sheet of their own.
 * What goes wrong or is aborted is undone: old contents are read before anything is written, and what can't be put back
 * (columns that go) is done last.
 */
export function writeResults(
  api: ExcelApi,
  { sheets = [], parts = [], tables = [] }: LiveChanges,
  date1904: boolean,
  progress?: Progress,
): Promise<readonly WrittenSheet[]> {
  return api.write(async (context) => {
    progress?.signal?.throwIfAborted();
    if (sheets.length === 0 && parts.length === 0 && tables.length === 0) return [];
    const { application } = context.workbook;
    application.load('calculationMode');
    const structure = await readStructure(context);
    const targets = targetsOf(structure, sheets);
    const backups = new Map<Target, Backup>();
    for (const target of targets) {
      const area = oldArea(target);
      if (area !== null) backups.set(target, await backUp(context, sheetOf(context, target), area, progress));
    }
    const kept = await backUpParts(context, parts);
    const extra =
      tables.length > 0 || sheets.some(({ charts }) => charts !== undefined)
        ? await (await extras()).extraOf(api, context, structure, targets, tables, date1904, progress)
        : null;
    const total = targets.reduce((sum, target) => sum + target.output.rows.length, extra?.rows ?? 0);
    const writing: Writing = {
      context,
      date1904,
      progress,
      taken: new Set(structure.taken),
      done: 0,
      total,
      current: '',
    };
    const { calculationMode } = application;
    let left: readonly string[] = [];
    let outcome: { readonly written: readonly WrittenSheet[] } | { readonly error: unknown };
    try {
      outcome = {
        written: await writeAll(writing, targets, kept, extra, calculationMode !== 'Manual'),
      };
    } catch (error) {
      outcome = { error };
      left = [
        ...(await restore(context, targets, backups)),
        ...(await restoreParts(context, kept)),
        ...((await extra?.undo()) ?? []),
      ];
    }
    if (calculationMode !== 'Manual' && !(await calculateAgain(context, calculationMode)))
      left = [...left, 'calculationMode'];
    if (left.length > 0) throw fileError(api.title(), 'half-written', left.join(', '));
    if ('error' in outcome)
      throw excelError(api.title(), outcome.error, 'not-written', writing.current || undefined);
    await extra?.finish();
    progress?.report?.(total, total);
    return outcome.written;
  });
}

/** What most writes don't need. */
const extras = () => import(/* webpackChunkName: "excel-extra" */ './extra.ts');

/** Sets the mode of calculation back; false where Excel refuses time and again. */
async function calculateAgain(
  context: Excel.RequestContext,
  mode: Excel.Application['calculationMode'],
): Promise<boolean> {
  for (let tries = 3; tries > 0; tries--) {
    try {
      context.workbook.application.calculationMode = mode;
      await context.sync();
      return true;
    } catch {
      // Once more.
    }
  }
  return false;
}

async function writeAll(
  writing: Writing,
  targets: readonly Target[],
  parts: readonly KeptPart[],
  extra: Extra | null,
  calculates: boolean,
): Promise<readonly WrittenSheet[]> {
  const { context } = writing;
  if (calculates) context.workbook.application.calculationMode = 'Manual';
  const at = (sheet: string): void => {
    writing.current = sheet;
  };
  const step = (rows: number): void => {
    writing.done = Math.min(writing.total, writing.done + rows);
    writing.progress?.report?.(writing.done, writing.total);
    writing.progress?.signal?.throwIfAborted();
  };
  const written = [...((await extra?.tables(at, step)) ?? [])];
  for (const target of targets) {
    writing.current = target.name;
    written.push(await writeTarget(writing, target));
  }
  writing.current = '';
  await putParts(context, parts);
  await extra?.charts();
  let last = false;
  for (const target of targets) last = dropColumns(context, target) || last;
  if (last) await context.sync();
  return written;
}

function sheetOf(context: Excel.RequestContext, target: Target): Excel.Worksheet {
  return context.workbook.worksheets.getItem(target.name);
}

async function writeTarget(writing: Writing, target: Target): Promise<WrittenSheet> {
  const { context } = writing;
  const { worksheets } = context.workbook;
  const sheet = target.old === null ? worksheets.add(target.name) : sheetOf(context, target);
  const old = target.old?.table ?? null;
  const table = old === null ? makeTable(writing, target, sheet) : sheet.tables.getItem(old.name);
  if (old !== null) fitTable(target, table);
  await context.sync();
  await writeRows(writing, target, sheet);
  finish(target, sheet);
  table.load('name');
  await context.sync();
  return {
    asked: target.output.name,
    sheet: target.name,
    ref: finalRef(target),
    table: table.name,
    replaced: target.old !== null,
  };
}

/** A table where there was none: its headings first, so that it gets no others. */
function makeTable(writing: Writing, target: Target, sheet: Excel.Worksheet): Excel.Table {
  const { touched, bottom, columns } = target;
  if (target.old !== null) rangeOf(sheet, touched).clear('Contents');
  const area = { top: 1, left: 1, bottom, right: columns.length };
  putHeadings(target, sheet);
  const table = sheet.tables.add(rangeOf(sheet, area), true);
  const name = freeTableName(target.output.name, writing.taken);
  writing.taken.add(name.toLowerCase());
  table.name = name;
  table.style = 'TableStyleMedium2';
  if (target.old === null) sheet.freezePanes.freezeRows(1);
  return table;
}

/** Gives a table that is there the columns that it lacks and the rows that it needs. */
function fitTable(target: Target, table: Excel.Table): void {
  const { old, columns, bottom } = target;
  if (old?.table?.headerRows === 0) table.showHeaders = true;
  if (old?.table?.totalsRows === 1) table.showTotals = false;
  table.clearFilters();
  let count = old?.table?.columns.length ?? 0;
  for (const [i, { heading, added }] of columns.entries()) {
    if (!added) continue;
    table.columns.add(i === count ? -1 : i, undefined, heading);
    count++;
  }
  table.resize(rangeOf(table.worksheet, { top: 1, left: 1, bottom, right: columns.length }));
}

/** The rows of a result, in the order of the layout; one blank row where there are none. */
async function writeRows(writing: Writing, target: Target, sheet: Excel.Worksheet): Promise<void> {
  const { context, date1904, progress } = writing;
  const { output, columns } = target;
  const rows =
    output.rows.length === 0 ? [output.columns.map(() => ({ kind: 'blank' as const }))] : output.rows;
  // Rows are made when their turn comes, as many as may go together; long texts make them fewer.
  const most = Math.max(1, Math.floor(WRITE_CELLS / columns.length));
  for (let start = 0; start < rows.length; ) {
    progress?.signal?.throwIfAborted();
    const some = rows.slice(start, start + most).map((row) =>
      columns.map(({ source }): CellInput => {
        const column = source === null ? undefined : output.columns[source];
        if (source === null || column === undefined) return UNTOUCHED;
        return cellInput(row[source] ?? { kind: 'blank' }, column, date1904);
      }),
    );
    const inputs = some.map((row) => row.map((cell) => cell.value));
    const to = slices(inputs)[0]?.to ?? some.length;
    const range = rangeOf(sheet, { top: start + 2, left: 1, bottom: start + to + 1, right: columns.length });
    range.numberFormat = some.slice(0, to).map((row) => row.map((cell) => cell.format));
    range.values = inputs.slice(0, to);
    range.untrack();
    await context.sync();
    start += to;
    writing.done += Math.min(to, output.rows.length);
    progress?.report?.(writing.done, writing.total);
  }
}

/** Writes the headings; those of columns that go are left alone. Under the format of texts an apostrophe could show. */
function putHeadings({ columns }: Target, sheet: Excel.Worksheet): void {
  const range = rangeOf(sheet, { top: 1, left: 1, bottom: 1, right: columns.length });
  range.numberFormat = [columns.map(({ source }) => (source === null ? null : 'General'))];
  range.values = [columns.map(({ heading, source }) => (source === null ? null : textInput(heading)))];
}

/** Headings, widths, and no cells that are left over below. */
function finish(target: Target, sheet: Excel.Worksheet): void {
  const { columns, bottom, old, output, touched } = target;
  if (touched.bottom > bottom)
    rangeOf(sheet, { top: bottom + 1, left: 1, bottom: touched.bottom, right: columns.length }).clear(
      'Contents',
    );
  putHeadings(target, sheet);
  // Widths that somebody set stay as long as the columns are as many as before.
  const final = columns.flatMap(({ source }) => source ?? []);
  if (old?.table?.columns.length === final.length) return;
  for (const [i, source] of final.entries()) {
    const characters = output.columns[source]?.width ?? 8;
    const range = rangeOf(sheet, { top: 1, left: i + 1, bottom: 1, right: i + 1 });
    range.format.columnWidth = columnPoints(characters);
  }
}

/** Takes away the columns that a table no longer has. References to them are lost: that is why it comes last. */
function dropColumns(context: Excel.RequestContext, target: Target): boolean {
  const old = target.old?.table ?? null;
  const gone = target.columns.filter((column) => column.source === null);
  if (old === null || gone.length === 0) return false;
  const { columns } = sheetOf(context, target).tables.getItem(old.name);
  for (const { heading } of gone) columns.getItem(heading).delete();
  return true;
}

import { fileError } from '../bookError.ts';
import { isDateFormat } from '../dateFormat.ts';
import { foldName } from '../names.ts';
import type { OutputCell, Progress, TableRow, TableRows, WrittenSheet } from '../port.ts';
import { type RowRoom, rowRoom } from '../rowRoom.ts';
import type { TableRegion, TableShape } from '../tableReading.ts';
import { type Backup, backUp, putBack, slices, WRITE_CELLS } from './backup.ts';
import { rangeOf } from './blocks.ts';
import { type CellInput, cellInput, type Input, UNTOUCHED } from './input.ts';
import { readRegions } from './read.ts';
import { type ExcelSheet, type ExcelStructure, readStructure } from './structure.ts';

/** A table of data that gets other rows, and what stands where they go. */
export interface RowsTarget {
  readonly region: TableRegion<ExcelSheet>;
  /** Null where the table is a sheet under its headings. */
  readonly table: TableShape | null;
  readonly room: RowRoom;
  readonly rows: readonly TableRow[];
  /** Sheet rows of the rows that `was` speaks of. */
  readonly sheetRows: readonly number[];
  /** The last row that it has, and will have. */
  readonly oldLast: number;
  readonly newLast: number;
  readonly backup: Backup;
}

/** Reads what stands in the tables that get other rows. Refuses with `missing`, `formula-cell` and `no-room`. */
export async function rowsTargets(
  context: Excel.RequestContext,
  structure: ExcelStructure,
  title: string,
  tables: readonly TableRows[],
  progress?: Progress,
): Promise<readonly RowsTarget[]> {
  if (tables.length === 0) return [];
  const regions = await readRegions(context, structure);
  const found: RowsTarget[] = [];
  for (const { table: name, rows } of tables) {
    const region = regions.find(({ head }) => foldName(head.name) === foldName(name));
    if (region === undefined) throw fileError(title, 'missing', name);
    found.push(await rowsTarget(context, title, region, rows, progress));
  }
  return found;
}

async function rowsTarget(
  context: Excel.RequestContext,
  title: string,
  region: TableRegion<ExcelSheet>,
  rows: readonly TableRow[],
  progress?: Progress,
): Promise<RowsTarget> {
  const { sheet, columns, top, head } = region;
  const table = sheet.tables.find(({ name }) => name === head.name) ?? null;
  const inside = columns.map(({ column }) => column);
  const room = rowRoom(title, region, table, rows.length);
  const { left, right, newLast } = room;
  const used = sheet.used?.bottom ?? 0;
  const bottom = Math.max(table === null ? Math.min(region.bottom, used) : region.bottom, newLast, top);
  const backup = await backUp(
    context,
    context.workbook.worksheets.getItem(sheet.name),
    { top, left, bottom, right },
    progress,
  );
  const { inputAt } = reading(backup);
  const isFilled = (row: number, column: number): boolean => inputAt(row, column) !== '';
  const isRow = (row: number): boolean => inside.some((column) => isFilled(row, column));
  let oldLast = table === null ? top - 1 : region.bottom;
  if (table === null) for (let row = top; row <= bottom; row++) if (isRow(row)) oldLast = row;
  const sheetRows: number[] = [];
  for (let row = top; row <= oldLast; row++) {
    for (const column of inside)
      if (isFormulaInput(inputAt(row, column))) room.refuse('formula-cell', row, column);
    if (isRow(row)) sheetRows.push(row);
  }
  room.growFrom(
    oldLast,
    sheet.tables.filter((other) => other !== table).map((other) => other.area),
  );
  if (table !== null)
    for (let row = oldLast + 1; row <= newLast; row++)
      for (let column = left; column <= right; column++)
        if (isFilled(row, column)) room.refuse('no-room', row, column);
  return { region, table, room, rows, sheetRows, oldLast, newLast, backup };
}

/** A text that looks like a formula is put back with an apostrophe. */
const isFormulaInput = (input: Input): boolean => typeof input === 'string' && input.startsWith('=');

interface Reading {
  readonly inputAt: (row: number, column: number) => Input;
  readonly formatAt: (row: number, column: number) => string;
}

/** What was kept of an area, by row and column of the sheet. */
function reading({ area: { top, left }, pieces }: Backup): Reading {
  const inputs = pieces.flatMap((piece) => piece.inputs);
  const formats = pieces.flatMap((piece) => piece.formats);
  return {
    inputAt: (row, column) => inputs[row - top]?.[column - left] ?? '',
    formatAt: (row, column) => String(formats[row - top]?.[column - left] ?? 'General'),
  };
}

/** Writes the rows; the Excel table grows before and shrinks after. `step` hears of rows that are done. */
export async function writeRows(
  context: Excel.RequestContext,
  target: RowsTarget,
  date1904: boolean,
  step: (rows: number) => void,
): Promise<WrittenSheet> {
  const { region, table, room, oldLast, newLast, backup } = target;
  const { left, right } = backup.area;
  const sheet = context.workbook.worksheets.getItem(region.sheet.name);
  const excel = table === null ? null : sheet.tables.getItem(table.name);
  if (newLast > oldLast) excel?.resize(rangeOf(sheet, room.area));
  const lines = rowInputs(target, date1904);
  const most = Math.max(1, Math.floor(WRITE_CELLS / (right - left + 1)));
  for (let start = 0; start < lines.length; ) {
    const some = lines.slice(start, start + most);
    const to = slices(some.map((line) => line.map(({ value }) => value)))[0]?.to ?? some.length;
    const now = some.slice(0, to);
    if (now.some((line) => line.some((cell) => cell !== UNTOUCHED))) {
      const top = region.top + start;
      const range = rangeOf(sheet, { top, left, bottom: top + to - 1, right });
      // Under the format of texts a number would become one, and an apostrophe could show: that format comes last.
      const formats = now.map((line) => line.map(({ format }) => format));
      range.numberFormat = formats.map((line) => line.map((format) => (format === '@' ? 'General' : format)));
      range.values = now.map((line) => line.map(({ value }) => value));
      if (formats.some((line) => line.includes('@'))) range.numberFormat = formats;
      range.untrack();
      await context.sync();
    }
    start += to;
    step(to);
  }
  if (newLast < oldLast) excel?.resize(rangeOf(sheet, room.area));
  excel?.reapplyFilters();
  await context.sync();
  return room.written;
}

/** What goes into every row that the table has or had, from left to right. */
function rowInputs(
  { region: { top, columns }, rows, sheetRows, oldLast, newLast, backup }: RowsTarget,
  date1904: boolean,
): readonly (readonly CellInput[])[] {
  const { inputAt, formatAt } = reading(backup);
  const { left, right } = backup.area;
  const place = new Map(columns.map(({ column }, i) => [column, i]));
  const looks = new Map(columns.map(({ column }) => [column, lookOf(column)]));
  const lines: CellInput[][] = [];
  for (let row = top; row <= Math.max(oldLast, newLast); row++) {
    const wanted = rows[row - top];
    const line: CellInput[] = [];
    for (let column = left; column <= right; column++) {
      const i = place.get(column);
      line.push(i === undefined ? UNTOUCHED : inputOf(wanted, i, row, column));
    }
    lines.push(line);
  }
  return lines;

  function lookOf(column: number): string {
    for (const row of sheetRows) if (inputAt(row, column) !== '') return formatAt(row, column);
    return formatAt(top, column);
  }

  function inputOf(wanted: TableRow | undefined, i: number, row: number, column: number): CellInput {
    const look = looks.get(column) ?? 'General';
    if (wanted === undefined) return { value: '', format: formatAt(row, column) };
    const from = wanted.was === null ? undefined : sheetRows[wanted.was];
    const cell = wanted.cells[i] ?? null;
    if (from === undefined) return styled(cell ?? { kind: 'blank' }, look, date1904);
    if (cell !== null) return styled(cell, formatAt(from, column), date1904);
    if (from === row) return UNTOUCHED;
    return { value: inputAt(from, column), format: formatAt(from, column) };
  }
}

/** A cell under a format that shows it as what it is. */
function styled(cell: OutputCell, format: string, date1904: boolean): CellInput {
  const plain = cell.kind === 'text' || cell.kind === 'blank';
  const shown =
    !plain && (format === '@' || (cell.kind !== 'date' && isDateFormat(format))) ? 'General' : format;
  return cellInput(cell, { heading: '', width: 0, format: shown }, date1904);
}

/** Puts tables back to what they were, however far writing came; gives the names of the sheets where that failed. */
export async function restoreRows(
  context: Excel.RequestContext,
  targets: readonly RowsTarget[],
): Promise<readonly string[]> {
  const left: string[] = [];
  for (const target of [...targets].reverse()) {
    const { name } = target.region.sheet;
    let done = false;
    for (let tries = 3; tries > 0 && !done; tries--) {
      try {
        await restoreOne(context, target);
        done = true;
      } catch {
        // Once more: each attempt begins with what is there.
      }
    }
    if (!done) left.push(name);
  }
  return left.reverse();
}

async function restoreOne(
  context: Excel.RequestContext,
  { region, table, oldLast, newLast, backup }: RowsTarget,
): Promise<void> {
  const sheet = context.workbook.worksheets.getItem(region.sheet.name);
  const alike = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
  const { sheets } = await readStructure(context);
  const now = sheets.find((one) => one.name === region.sheet.name);
  // A protected sheet refuses this as it refused to be written; then it is what it was.
  if (alike(now?.tables, region.sheet.tables) && alike(await backUp(context, sheet, backup.area), backup))
    return;
  const excel = table === null ? null : sheet.tables.getItem(table.name);
  if (newLast !== oldLast && table !== null) excel?.resize(rangeOf(sheet, table.area));
  await context.sync();
  await putBack(context, sheet, backup);
}

import type { ICellData, Nullable, Worksheet } from '@univerjs/presets';
import type { Problem } from '../../problems/problem.ts';
import { cellReference } from '../area.ts';
import { fileError } from '../bookError.ts';
import { breathe } from '../breathe.ts';
import { foldName, isOurSheet, isRuleSheet } from '../names.ts';
import type { BookReader, DefinedName, Progress, RuleLine, SheetTable, Workbook } from '../port.ts';
import { LAST_RULE_COLUMN, type RuleCell, ruleLines } from '../ruleReading.ts';
import { sheetName } from '../sheetNames.ts';
import { regionsOf, type SheetShape, type TableRegion, tableReader } from '../tableReading.ts';
import { type Content, contentOf, isFormula, meaningOf, pushContent } from './cells.ts';
import type { Grid } from './grid.ts';
import type { GridTable } from './tables.ts';

export interface OpenSheet extends SheetShape {
  readonly worksheet: Worksheet;
}

/** What of the grid is needed to read it. */
export interface Reading {
  readonly grid: Grid;
  /** The tables as they are now. */
  readonly tables: () => readonly GridTable[];
}

/** Rules, names and headings as they are now. */
export function openGrid(reading: Reading): BookReader {
  const { grid } = reading;
  const rules: RuleLine[] = [];
  const problems: Problem[] = [];
  let hasRules = false;
  const regions: TableRegion<OpenSheet>[] = [];
  for (const worksheet of grid.sheets()) {
    const name = worksheet.getName();
    if (isRuleSheet(name)) {
      hasRules = true;
      const read = ruleLines(name, ruleCells(grid, worksheet));
      for (const line of read.lines) rules.push(line);
      problems.push(...read.problems);
    } else if (!isOurSheet(name))
      regions.push(...regionsOf(openSheet(reading, worksheet), firstRow(grid, worksheet)));
  }
  const names = definedNames(grid);
  return {
    rules,
    hasRules,
    names,
    problems,
    tables: regions.map((region) => region.head),
    async read(only, progress) {
      const wanted = only === undefined ? null : new Set(only.map(foldName));
      const chosen = regions.filter((region) => wanted === null || wanted.has(foldName(region.head.name)));
      const tables = await readRegions(reading, chosen, progress);
      return { tables, names, rules, hasRules, problems } satisfies Workbook;
    },
  };
}

/** The table of a sheet of ours as it is now; null where there is none. */
export async function readOurs(reading: Reading, name: string): Promise<SheetTable | null> {
  const worksheet = reading.grid.sheet(sheetName(name));
  if (worksheet === undefined || !isOurSheet(worksheet.getName())) return null;
  const [region] = regionsOf(openSheet(reading, worksheet), firstRow(reading.grid, worksheet));
  return region === undefined ? null : ((await readRegions(reading, [region], undefined))[0] ?? null);
}

/** A sheet with its tables, headings as they stand in their cells. */
export function openSheet({ grid, tables }: Reading, worksheet: Worksheet): OpenSheet {
  const id = worksheet.getSheetId();
  const rows = grid.cells(worksheet);
  const own = tables().filter((table) => table.sheetId === id);
  return {
    name: worksheet.getName(),
    worksheet,
    tables: own.map((table) => {
      const { area, headerRows, columns } = table;
      if (headerRows === 0) return table;
      const headings = columns.map((column, i) => {
        const content = contentOf(rows[area.top - 1]?.[area.left - 1 + i]);
        return content.kind === 'text'
          ? content.text
          : content.kind === 'number'
            ? String(content.number)
            : column;
      });
      return { ...table, columns: headings };
    }),
  };
}

/** The cells of row 1 that are not blank; null where one of them is no text. */
export function firstRow(
  grid: Grid,
  sheet: Worksheet,
): readonly { readonly column: number; readonly text: string }[] | null {
  const found: { column: number; text: string }[] = [];
  for (const [column, cell] of Object.entries(grid.cells(sheet)[0] ?? {})) {
    const content = contentOf(cell);
    if (content.kind === 'blank') continue;
    if (content.kind !== 'text') return null;
    if (content.text.trim() !== '') found.push({ column: Number(column) + 1, text: content.text });
  }
  return found;
}

interface PlacedCell {
  row: number;
  column: number;
  content: Content;
  cell: Nullable<ICellData>;
}

async function readRegions(
  { grid }: Reading,
  chosen: readonly TableRegion<OpenSheet>[],
  progress: Progress | undefined,
): Promise<readonly SheetTable[]> {
  const done = new Map<TableRegion<OpenSheet>, SheetTable>();
  const sheets = new Set(chosen.map((region) => region.sheet.worksheet));
  let past = 0;
  for (const worksheet of sheets) {
    await breathe(progress?.signal);
    const these = chosen.filter((region) => region.sheet.worksheet === worksheet);
    const isDate = grid.dates(worksheet);
    const reader = tableReader<PlacedCell>(these, {
      isBlank: ({ content }) => content.kind === 'blank',
      push: (builder, { content, cell, row, column }) =>
        pushContent(builder, content, content.kind === 'number' && isDate(row - 1, column - 1, cell)),
      disorder: ({ row }) => new Error(`row ${row}`),
    });
    const columns = [...new Set(these.flatMap((region) => region.columns.map((one) => one.column)))].sort(
      (a, b) => a - b,
    );
    const rows = grid.cells(worksheet);
    const placed: PlacedCell = { row: 0, column: 0, content: { kind: 'blank' }, cell: null };
    // The grid's rows are keyed by whole numbers, which come in order.
    for (const key in rows) {
      const row = rows[key];
      if (row === undefined || row === null) continue;
      placed.row = Number(key) + 1;
      for (const column of columns) {
        const cell = row[column - 1];
        if (cell === undefined || cell === null) continue;
        placed.column = column;
        placed.cell = cell;
        placed.content = contentOf(cell);
        reader.take(placed);
      }
    }
    const tables = reader.finish();
    these.forEach((region, i) => {
      const table = tables[i];
      if (table !== undefined) done.set(region, table);
    });
    progress?.report?.(++past, sheets.size);
  }
  return chosen.flatMap((region) => done.get(region) ?? []);
}

/** What stands in columns A to C of a sheet, row by row. */
export function ruleCells(grid: Grid, sheet: Worksheet): readonly RuleCell[] {
  const found: RuleCell[] = [];
  const rows = grid.cells(sheet);
  for (const key in rows) {
    for (let c = 0; c < LAST_RULE_COLUMN; c++) {
      const cell = rows[key]?.[c];
      if (cell === undefined || cell === null) continue;
      const formula = isFormula(cell);
      const content = contentOf(cell);
      if (content.kind === 'blank' && !formula) continue;
      const row = Number(key);
      const { value, error } = meaningOf(
        content,
        content.kind === 'number' && grid.isDate(sheet, row, c, cell),
      );
      found.push({ row: row + 1, column: c + 1, formula, value, shown: error ?? String(cell.v ?? '') });
    }
  }
  return found;
}

/** Names that refer to one cell; one of the whole workbook goes before one of a sheet, among these the first sheet's. */
function definedNames(grid: Grid): readonly DefinedName[] {
  const names = new Map<string, DefinedName>();
  for (const { name, formula } of allNames(grid)) {
    const at = cellReference(formula);
    if (at === null || names.has(name.toLowerCase())) continue;
    const sheet = grid.sheet(at.sheet);
    if (sheet === undefined) continue;
    const cell = grid.cells(sheet)[at.row - 1]?.[at.column - 1];
    const content = contentOf(cell);
    const { value, error } = meaningOf(
      content,
      content.kind === 'number' && grid.isDate(sheet, at.row - 1, at.column - 1, cell),
    );
    const place = { name, sheet: sheet.getName(), row: at.row, column: at.column };
    names.set(name.toLowerCase(), error === undefined ? { ...place, value } : { ...place, value, error });
  }
  return [...names.values()];
}

export interface GridName {
  readonly name: string;
  readonly formula: string;
  /** Null where it belongs to the whole workbook. */
  readonly sheetId: string | null;
}

/** All defined names, those of the whole workbook first. */
export function allNames({ api, unitId, sheets }: Grid): readonly GridName[] {
  const order = new Map(sheets().map((sheet, i) => [sheet.getSheetId(), i]));
  const place = (id: string | null): number => (id === null ? -1 : (order.get(id) ?? order.size));
  return (api.getWorkbook(unitId)?.getDefinedNames() ?? [])
    .map((name): GridName => {
      const scope = name.getLocalSheetId();
      return {
        name: name.getName(),
        formula: name.getFormulaOrRefString(),
        sheetId: scope === undefined || !order.has(scope) ? null : scope,
      };
    })
    .sort((a, b) => place(a.sheetId) - place(b.sheetId));
}

/** A refusal that names a sheet of the open workbook. */
export function noSheet(name: string): Error {
  return fileError(name, 'missing');
}

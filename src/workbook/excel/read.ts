import type { Problem } from '../../problems/problem.ts';
import type { Area } from '../area.ts';
import { foldName } from '../names.ts';
import type { BookReader, DefinedName, Progress, RuleLine, SheetTable, Workbook } from '../port.ts';
import { LAST_RULE_COLUMN, type RuleCell, ruleLines } from '../ruleReading.ts';
import { sheetName } from '../sheetNames.ts';
import { regionsOf, type TableRegion, tableReader } from '../tableReading.ts';
import type { ExcelApi } from './batch.ts';
import { eachBlock, eachCellOf, rangeOf, rowsOfBlock } from './blocks.ts';
import { type CellMeaning, type ExcelCell, isBlank, isFormula } from './cells.ts';
import { type ExcelSheet, type ExcelStructure, readStructure } from './structure.ts';

/** Rules, names and headings as they are now; cells come with its `read`, as they are then. */
export function openExcel(api: ExcelApi, meaning: CellMeaning, progress?: Progress): Promise<BookReader> {
  return api.read(async (context) => {
    progress?.signal?.throwIfAborted();
    const structure = await readStructure(context);
    const rules: RuleLine[] = [];
    const problems: Problem[] = [];
    for (const sheet of structure.sheets) {
      if (sheet.use !== 'rules') continue;
      const read = ruleLines(sheet.name, await readRuleCells(context, sheet, meaning, progress));
      for (const line of read.lines) rules.push(line);
      problems.push(...read.problems);
    }
    const regions = await readRegions(context, structure);
    const names = await readNames(context, structure, meaning);
    const hasRules = structure.sheets.some((sheet) => sheet.use === 'rules');
    return {
      rules,
      hasRules,
      names,
      problems,
      tables: regions.map((region) => region.head),
      read: async (only, again) => ({
        tables: await readTables(api, meaning, only, again),
        names,
        rules,
        hasRules,
        problems,
      }),
    };
  });
}

/** The table of a sheet of ours as it is now; null where there is none. */
export function readOurs(api: ExcelApi, meaning: CellMeaning, name: string): Promise<SheetTable | null> {
  return api.read(async (context) => {
    const wanted = sheetName(name).toLowerCase();
    const { sheets } = await readStructure(context);
    const sheet = sheets.find((one) => one.use === 'ours' && one.name.toLowerCase() === wanted);
    if (sheet === undefined) return null;
    const [region] = await regionsOfSheets(context, [sheet]);
    return region === undefined ? null : readTable(context, meaning, region, bodyOf(region), {});
  });
}

/** The cells of a rule sheet's columns A to C that are not blank, or have a formula. */
export async function readRuleCells(
  context: Excel.RequestContext,
  sheet: Pick<ExcelSheet, 'name' | 'used'>,
  meaning: CellMeaning,
  progress?: Progress,
): Promise<readonly RuleCell[]> {
  if (sheet.used === null) return [];
  const area: Area = { top: 1, left: 1, bottom: sheet.used.bottom, right: LAST_RULE_COLUMN };
  const cells: RuleCell[] = [];
  await eachBlock(
    context,
    context.workbook.worksheets.getItem(sheet.name),
    area,
    (block) =>
      eachCellOf(block, (cell, formula) => {
        const hasFormula = isFormula(formula, cell.value);
        if (isBlank(cell) && !hasFormula) return;
        const { value, error } = meaning.value(cell);
        const { row, column } = cell;
        cells.push({ row, column, formula: hasFormula, value, shown: error ?? String(cell.value) });
      }),
    { formulas: true, ...(progress === undefined ? {} : { progress }) },
  );
  return cells;
}

/** The tables of all sheets that hold data. */
export function readRegions(
  context: Excel.RequestContext,
  structure: ExcelStructure,
): Promise<readonly TableRegion<ExcelSheet>[]> {
  return regionsOfSheets(
    context,
    structure.sheets.filter((sheet) => sheet.use === 'data'),
  );
}

async function regionsOfSheets(
  context: Excel.RequestContext,
  data: readonly ExcelSheet[],
): Promise<readonly TableRegion<ExcelSheet>[]> {
  const heads = data.map(({ name, tables, used }) => {
    if (tables.length > 0 || used === null || used.top > 1) return null;
    const row = rangeOf(context.workbook.worksheets.getItem(name), { ...used, top: 1, bottom: 1 });
    row.load('values,valueTypes');
    return row;
  });
  await context.sync();
  return data.flatMap((sheet, i) => {
    const row = heads[i] ?? null;
    return regionsOf(sheet, row === null ? null : headingCells(row, sheet.used?.left ?? 1));
  });
}

/** The cells of a heading row; null where one of them is no text. */
export function headingCells(
  row: Pick<Excel.Range, 'values' | 'valueTypes'>,
  left: number,
): readonly { readonly column: number; readonly text: string }[] | null {
  const values: readonly unknown[] = row.values[0] ?? [];
  const types: readonly string[] = row.valueTypes[0] ?? [];
  const cells: { column: number; text: string }[] = [];
  for (const [i, value] of values.entries()) {
    if (isBlank({ value })) continue;
    if (typeof value !== 'string' || types[i] === 'Error') return null;
    if (value.trim() !== '') cells.push({ column: left + i, text: value });
  }
  return cells;
}

async function readNames(
  context: Excel.RequestContext,
  structure: ExcelStructure,
  meaning: CellMeaning,
): Promise<readonly DefinedName[]> {
  const cells = structure.names.map(({ sheet, row, column }) => {
    const range = context.workbook.worksheets.getItem(sheet).getCell(row - 1, column - 1);
    range.load('values,valueTypes,numberFormat');
    return range;
  });
  if (cells.length > 0) await context.sync();
  return structure.names.map((name, i) => {
    const { row, column } = name;
    const range = cells[i];
    const type: string = range?.valueTypes[0]?.[0] ?? '';
    const format: unknown = range?.numberFormat[0]?.[0];
    const value: unknown = range?.values[0]?.[0];
    return { ...name, ...meaning.value({ row, column, value, type, format }) };
  });
}

function readTables(
  api: ExcelApi,
  meaning: CellMeaning,
  only: readonly string[] | undefined,
  progress: Progress | undefined,
): Promise<Workbook['tables']> {
  return api.read(async (context) => {
    progress?.signal?.throwIfAborted();
    const wanted = only === undefined ? null : new Set(only.map(foldName));
    if (wanted?.size === 0) {
      progress?.report?.(0, 0);
      return [];
    }
    const regions = await readRegions(context, await readStructure(context));
    const chosen = regions.filter(({ head }) => wanted === null || wanted.has(foldName(head.name)));
    const areas = chosen.map(bodyOf);
    const total = areas.reduce((sum, area) => sum + rowsOf(area), 0);
    const tables: SheetTable[] = [];
    let past = 0;
    for (const [i, region] of chosen.entries()) {
      const area = areas[i] ?? null;
      const before = past;
      const table = await readTable(context, meaning, region, area, {
        ...progress,
        report: (rows) => progress?.report?.(before + rows, total),
      });
      tables.push(table);
      past += rowsOf(area);
    }
    progress?.report?.(total, total);
    return tables;
  });
}

const rowsOf = (area: Area | null): number => (area === null ? 0 : area.bottom - area.top + 1);

/** What is to be read of a table: its headed columns, down to the last row that holds something. */
function bodyOf({ sheet, columns, top, bottom }: TableRegion<ExcelSheet>): Area | null {
  const left = Math.min(...columns.map((one) => one.column));
  const right = Math.max(...columns.map((one) => one.column));
  const last = Math.min(bottom, sheet.used?.bottom ?? 0);
  return columns.length === 0 || last < top ? null : { top, left, bottom: last, right };
}

async function readTable(
  context: Excel.RequestContext,
  meaning: CellMeaning,
  region: TableRegion<ExcelSheet>,
  area: Area | null,
  progress: Progress,
): Promise<SheetTable> {
  const reader = tableReader<Readonly<ExcelCell>>(
    [region],
    {
      isBlank,
      push: (builder, { value, type, format }) => meaning.push(builder, value, type, format),
      disorder: ({ row }) => new Error(`row ${row} twice`),
    },
    rowsOf(area),
  );
  if (area !== null)
    await eachBlock(
      context,
      context.workbook.worksheets.getItem(region.sheet.name),
      area,
      (block) => reader.takeRows(rowsOfBlock(block, meaning)),
      { progress, done: (rows) => progress.report?.(rows, rowsOf(area)) },
    );
  const [table] = reader.finish();
  if (table === undefined) throw new Error('a region without a table');
  return table;
}

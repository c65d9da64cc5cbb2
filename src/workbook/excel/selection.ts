import { exactValueText } from '../../exact/text.ts';
import { fileError } from '../bookError.ts';
import type { CellAddress, Selection } from '../live.ts';
import { isRuleSheet } from '../names.ts';
import { regionsOf, type TableShape } from '../tableReading.ts';
import { type ExcelApi, officeCode } from './batch.ts';
import { type CellMeaning, isFormula } from './cells.ts';
import { headingCells } from './read.ts';
import { areaOf } from './structure.ts';

/** Shows a cell and selects it. Refuses with `missing` where there is no such sheet. */
export function selectCell(api: ExcelApi, { sheet: name, row, column }: CellAddress): Promise<void> {
  return api.read(async (context) => {
    const sheet = context.workbook.worksheets.getItemOrNullObject(name);
    await context.sync();
    if (sheet.isNullObject) throw fileError(api.title(), 'missing', name);
    sheet.activate();
    sheet.getCell(row - 1, column - 1).select();
    await context.sync();
  });
}

/** The active cell and what it belongs to; null where none is. */
export function activeCell(api: ExcelApi, meaning: CellMeaning): Promise<Selection | null> {
  return api.read(async (context) => {
    const cell = context.workbook.getActiveCell();
    cell.load('rowIndex,columnIndex,formulas,values');
    const { worksheet: sheet } = cell;
    sheet.load('name');
    sheet.tables.load('items/name,items/showHeaders,items/showTotals');
    const used = sheet.getUsedRangeOrNullObject(true);
    used.load('rowIndex,columnIndex,rowCount,columnCount');
    try {
      await context.sync();
    } catch (error) {
      // A chart sheet has no active cell, a chart or a picture may be what is selected.
      if (officeCode(error) !== null) return null;
      throw error;
    }
    const place = { sheet: sheet.name, row: cell.rowIndex + 1, column: cell.columnIndex + 1 };
    const formula: unknown = cell.formulas[0]?.[0];
    const own = isFormula(formula, cell.values[0]?.[0]) ? formula : null;
    const tables = await shapesOf(context, sheet);
    const firstRow =
      tables.length > 0 || used.isNullObject || used.rowIndex > 0 || isRuleSheet(sheet.name)
        ? null
        : await firstRowOf(context, sheet, used);
    const inTable = await tableOf(context, meaning, { sheet, tables, firstRow }, place);
    return { ...place, formula: own, inTable };
  });
}

async function shapesOf(
  context: Excel.RequestContext,
  sheet: Excel.Worksheet,
): Promise<readonly TableShape[]> {
  const { items } = sheet.tables;
  if (items.length === 0) return [];
  const ranges = items.map((table) => {
    const range = table.getRange();
    range.load('rowIndex,columnIndex,rowCount,columnCount');
    table.columns.load('items/name');
    return range;
  });
  await context.sync();
  return items.flatMap((table, i) => {
    const range = ranges[i];
    if (range === undefined) return [];
    const columns = table.columns.items.map((column) => column.name);
    const headerRows = table.showHeaders ? 1 : 0;
    return [
      { name: table.name, area: areaOf(range), headerRows, totalsRows: table.showTotals ? 1 : 0, columns },
    ];
  });
}

async function firstRowOf(
  context: Excel.RequestContext,
  sheet: Excel.Worksheet,
  used: Excel.Range,
): Promise<ReturnType<typeof headingCells>> {
  const row = sheet.getRangeByIndexes(0, used.columnIndex, 1, used.columnCount);
  row.load('values,valueTypes');
  await context.sync();
  return headingCells(row, used.columnIndex + 1);
}

interface Around {
  readonly sheet: Excel.Worksheet;
  readonly tables: readonly TableShape[];
  readonly firstRow: ReturnType<typeof headingCells>;
}

async function tableOf(
  context: Excel.RequestContext,
  meaning: CellMeaning,
  { sheet, tables, firstRow }: Around,
  { row, column }: CellAddress,
): Promise<Selection['inTable']> {
  for (const region of regionsOf({ name: sheet.name, tables }, firstRow)) {
    const headed = region.columns.find((one) => one.column === column);
    const first = region.columns[0];
    if (headed === undefined || first === undefined || row < region.top || row > region.bottom) continue;
    const key = sheet.getCell(row - 1, first.column - 1);
    key.load('values,valueTypes,numberFormat');
    await context.sync();
    const type: string = key.valueTypes[0]?.[0] ?? '';
    const format: unknown = key.numberFormat[0]?.[0];
    const { value, error } = meaning.value({ row, column, value: key.values[0]?.[0], type, format });
    return {
      table: region.head.name,
      heading: headed.heading,
      key: value === null ? (error ?? '') : exactValueText(value),
    };
  }
  return null;
}

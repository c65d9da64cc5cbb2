import { type Area, type CellName, cellReference } from '../area.ts';
import { isOurSheet, isRuleSheet } from '../names.ts';
import type { SheetShape, TableShape } from '../tableReading.ts';

/** A worksheet as it is now, before any cell is read. */
export interface ExcelSheet extends SheetShape {
  readonly id: string;
  readonly use: 'rules' | 'ours' | 'data';
  /** The cells that hold something; null where there are none. */
  readonly used: Area | null;
}

export interface ExcelStructure {
  /** In order, hidden ones too. */
  readonly sheets: readonly ExcelSheet[];
  /** Names that refer to one cell: the workbook's go before those of a sheet. */
  readonly names: readonly CellName[];
  /** Names of tables and of anything else that a new table may not be called, lower-cased. */
  readonly taken: ReadonlySet<string>;
}

/** Sheets, tables and names, in three exchanges whatever their number. */
export async function readStructure(context: Excel.RequestContext): Promise<ExcelStructure> {
  const { worksheets, names } = context.workbook;
  worksheets.load('items/name,items/id');
  names.load('items/name,items/formula');
  await context.sync();
  const found = worksheets.items.map((sheet) => {
    const used = sheet.getUsedRangeOrNullObject(true);
    used.load('rowIndex,columnIndex,rowCount,columnCount');
    sheet.tables.load('items/name,items/showHeaders,items/showTotals');
    sheet.names.load('items/name,items/formula');
    return { sheet, used };
  });
  await context.sync();
  const tables = found.map(({ sheet }) =>
    sheet.tables.items.map((table) => {
      const range = table.getRange();
      range.load('rowIndex,columnIndex,rowCount,columnCount');
      table.columns.load('items/name');
      return { table, range };
    }),
  );
  await context.sync();
  const sheets = found.map(({ sheet, used }, i): ExcelSheet => {
    const use = isRuleSheet(sheet.name) ? 'rules' : isOurSheet(sheet.name) ? 'ours' : 'data';
    const shapes = (tables[i] ?? []).map(
      ({ table, range }): TableShape => ({
        name: table.name,
        area: areaOf(range),
        headerRows: table.showHeaders ? 1 : 0,
        totalsRows: table.showTotals ? 1 : 0,
        columns: table.columns.items.map((column) => column.name),
      }),
    );
    return {
      name: sheet.name,
      id: sheet.id,
      use,
      tables: shapes,
      used: used.isNullObject ? null : areaOf(used),
    };
  });
  const items = [...names.items, ...found.flatMap(({ sheet }) => sheet.names.items)];
  return {
    sheets,
    names: cellNames(items, sheets),
    taken: new Set(
      [...items, ...sheets.flatMap((sheet) => sheet.tables)].map(({ name }) => name.toLowerCase()),
    ),
  };
}

/** A loaded range as an area. */
export function areaOf(
  range: Pick<Excel.Range, 'rowIndex' | 'columnIndex' | 'rowCount' | 'columnCount'>,
): Area {
  const { rowIndex, columnIndex, rowCount, columnCount } = range;
  return {
    top: rowIndex + 1,
    left: columnIndex + 1,
    bottom: rowIndex + rowCount,
    right: columnIndex + columnCount,
  };
}

function cellNames(
  items: readonly Pick<Excel.NamedItem, 'name' | 'formula'>[],
  sheets: readonly ExcelSheet[],
): readonly CellName[] {
  const found = new Map<string, CellName>();
  for (const { name, formula } of items) {
    const cell = typeof formula === 'string' ? cellReference(formula) : null;
    if (cell === null || /^_xlnm\./i.test(name) || found.has(name.toLowerCase())) continue;
    const sheet = sheets.find((one) => one.name.toLowerCase() === cell.sheet.toLowerCase());
    if (sheet !== undefined) found.set(name.toLowerCase(), { ...cell, name, sheet: sheet.name });
  }
  return [...found.values()];
}

/**
 * Whether the workbook counts days from 1904. Office.js has no member that says so: Excel is asked for the serial of a day.
 * A host that doesn't answer counts from 1900, as nearly all do.
 */
export async function countsFrom1904(context: Excel.RequestContext): Promise<boolean> {
  try {
    const day = context.workbook.functions.date(2000, 1, 1);
    day.load('value');
    await context.sync();
    return day.value === 35_064;
  } catch {
    return false;
  }
}

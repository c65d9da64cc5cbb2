import type { ICellData, IStyleData, IWorkbookData, IWorksheetData } from '@univerjs/presets';
import { serialOfMs } from '../../exact/date.ts';
import { toDouble } from '../../exact/rational.ts';
import { breathe } from '../breathe.ts';
import { isDateFormat } from '../dateFormat.ts';
import type { Progress } from '../port.ts';
import { readContext } from '../xlsx/book.ts';
import { type CellContext, cellText, cellValue } from '../xlsx/cells.ts';
import type { RawCell } from '../xlsx/rawCell.ts';
import { eachCell } from '../xlsx/sheet.ts';
import type { BookSheet, Structure } from '../xlsx/structure.ts';
import { child, children } from '../xlsx/xml.ts';
import { looksTyped } from './cells.ts';
import { isCalculable } from './formulas.ts';
import { cellId, type FileFormula, sheetFormulas } from './sheetFormulas.ts';
import { sheetLayout } from './sheetLayout.ts';
import { gridStyles } from './styles.ts';
import type { GridTable } from './tables.ts';

/** A workbook file as the grid takes it. */
export interface LoadedBook {
  readonly data: Partial<IWorkbookData> & { readonly id: string };
  readonly tables: readonly GridTable[];
  /** Ids of the grid's sheets, in the order of `structure.sheets`. */
  readonly sheetIds: readonly string[];
}

/** What is needed to turn the cells of a file into those of the grid. */
export interface LoadContext {
  readonly structure: Structure;
  readonly cells: CellContext;
  readonly styles: readonly IStyleData[];
  /** Whether the grid can calculate a function of that name (in capitals). */
  readonly knows: (name: string) => boolean;
}

export function loadContext(structure: Structure, knows: (name: string) => boolean): LoadContext {
  return { structure, cells: readContext(structure), styles: gridStyles(structure), knows };
}

const DEFINED_NAMES = 'SHEET_DEFINED_NAME_PLUGIN';
/** The style of a date that the file wrote as text of its own kind: its number needs a format. */
const DATE_STYLE = 'date';

/** Turns a workbook file into what the grid opens. `id` is the new unit's. Refuses with a BookError. */
export async function loadBook(
  context: LoadContext,
  { id, title }: { readonly id: string; readonly title: string },
  progress?: Progress,
): Promise<LoadedBook> {
  const { structure, styles } = context;
  const total = structure.sheets.reduce((sum, sheet) => sum + sheet.entry.size, 0);
  const sheets: Record<string, Partial<IWorksheetData>> = {};
  const sheetIds: string[] = [];
  const tables: GridTable[] = [];
  let past = 0;
  for (const sheet of structure.sheets) {
    await breathe(progress?.signal);
    const sheetId = `s${sheetIds.length + 1}`;
    sheetIds.push(sheetId);
    sheets[sheetId] = { id: sheetId, ...loadSheet(context, sheet) };
    for (const { name, area, headerRows, totalsRows, columns, part } of sheet.tables)
      tables.push({ name, sheetId, area, headerRows, totalsRows, columns, part });
    past += sheet.entry.size;
    progress?.report?.(past, total);
  }
  const data = {
    id,
    name: title,
    appVersion: '0.25.1',
    sheetOrder: sheetIds,
    sheets,
    styles: {
      ...Object.fromEntries(styles.map((style, i) => [styleId(i), style])),
      [DATE_STYLE]: { n: { pattern: 'yyyy-mm-dd' } },
    },
    resources: [{ name: DEFINED_NAMES, data: JSON.stringify(definedNames(structure, sheetIds)) }],
  };
  return { data, tables, sheetIds };
}

const styleId = (index: number): string => `x${index}`;

/** One sheet of a file as the grid has it. */
export function loadSheet(context: LoadContext, sheet: BookSheet): Omit<Partial<IWorksheetData>, 'id'> {
  const layout = sheetLayout(context.structure, sheet, styleId);
  const { cellData, rows, columns } = loadCells(context, sheet);
  return {
    name: sheet.name,
    ...layout,
    cellData,
    rowCount: Math.max(200, rows + 100),
    columnCount: Math.max(26, columns + 6),
  };
}

export interface LoadedCells {
  readonly cellData: Record<number, Record<number, ICellData>>;
  /** The last row and column with anything in them. */
  readonly rows: number;
  readonly columns: number;
}

/** The cells of a sheet, rows and columns from 0 as the grid counts them. */
export function loadCells(context: LoadContext, sheet: BookSheet): LoadedCells {
  const { structure, cells } = context;
  const own = { ...cells, sheet: sheet.name };
  const cellData: Record<number, Record<number, ICellData>> = {};
  const formulas: RawCell[] = [];
  let rows = 0;
  let columns = 0;
  eachCell(structure.zip, sheet.entry, (cell) => {
    const made = cellOf(context, own, cell);
    if (made === null && !cell.formula) return true;
    const row = cellData[cell.row - 1] ?? {};
    cellData[cell.row - 1] = row;
    row[cell.column - 1] ??= made ?? {};
    if (cell.formula) formulas.push({ ...cell });
    rows = Math.max(rows, cell.row);
    columns = Math.max(columns, cell.column);
    return true;
  });
  if (formulas.length > 0)
    putFormulas(context, sheetFormulas(structure.zip, sheet.entry), formulas, cellData);
  return { cellData, rows, columns };
}

/** A cell's value and style; null where it has neither. */
function cellOf(context: LoadContext, own: CellContext, cell: Readonly<RawCell>): ICellData | null {
  const styled = cell.style === 0 ? {} : { s: styleId(cell.style) };
  const { text, type } = cell;
  if (text === '' || (cell.formula && type === 'e' && text === '#GETTING_DATA'))
    return cell.style === 0 ? null : styled;
  switch (type) {
    case 'n': {
      const x = Number(text);
      const moved = own.date1904 && own.dates[cell.style] === true ? x + 1462 : x;
      return { v: moved, t: 2, ...styled };
    }
    case 'b':
      return { v: text === '1' || text.toLowerCase() === 'true' ? 1 : 0, t: 3, ...styled };
    case 'e':
      return { v: text, t: 1, ...styled };
    case 'd': {
      const { value } = cellValue(cell, own);
      if (value?.kind !== 'date') return { v: text, t: 4, ...styled };
      const dated = isDateFormat(context.styles[cell.style]?.n?.pattern ?? '');
      return { v: serialOfMs(toDouble(value.ms), false), t: 2, s: dated ? styleId(cell.style) : DATE_STYLE };
    }
    default: {
      const shown = cellText(cell, own) ?? text;
      // A text that would be something else if it were typed is marked as one.
      return shown === '' ? styled : { v: shown, t: !cell.formula && looksTyped(shown) ? 4 : 1, ...styled };
    }
  }
}

/** Gives cells their formulas. What the grid can't calculate keeps its value, and its formula beside it. */
function putFormulas(
  { knows }: LoadContext,
  formulas: ReadonlyMap<number, FileFormula>,
  cells: readonly RawCell[],
  cellData: Record<number, Record<number, ICellData>>,
): void {
  for (const { row, column } of cells) {
    const formula = formulas.get(cellId(row, column));
    const cell = cellData[row - 1]?.[column - 1];
    if (formula === undefined || cell === undefined) continue;
    if (!isCalculable(formula.text, knows)) {
      cell.custom = { formula: formula.text };
      continue;
    }
    cell.f = formula.text;
    if (formula.spills === null) continue;
    // The grid spreads the values itself; stored ones would be in its way.
    delete cell.v;
    const { top, left, bottom, right } = formula.spills;
    for (let r = top; r <= bottom; r++)
      for (let c = left; c <= right; c++) {
        const part = cellData[r - 1]?.[c - 1];
        if (part === undefined || part === cell) continue;
        delete part.v;
        delete part.t;
      }
  }
}

interface GridName {
  readonly id: string;
  readonly name: string;
  readonly formulaOrRefString: string;
  readonly comment: string;
  readonly localSheetId: string;
}

const WHOLE_BOOK = 'AllDefaultWorkbook';

function definedNames({ workbook }: Structure, sheetIds: readonly string[]): Record<string, GridName> {
  const names: Record<string, GridName> = {};
  children(child(workbook.root, 'definedNames'), 'definedName').forEach((node, i) => {
    const { name = '', localSheetId, hidden } = node.attributes;
    if (/^_xlnm\./i.test(name) || hidden === '1' || node.text.trim() === '') return;
    const sheet = localSheetId === undefined ? WHOLE_BOOK : sheetIds[Number(localSheetId)];
    if (sheet === undefined) return;
    const id = `n${i + 1}`;
    names[id] = { id, name, formulaOrRefString: node.text.trim(), comment: '', localSheetId: sheet };
  });
  return names;
}

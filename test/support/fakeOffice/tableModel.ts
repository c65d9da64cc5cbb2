import { type Area, MAX_COLUMN } from '../../../src/workbook/area.ts';
import { fakeError } from './errors.ts';
import {
  type BookModel,
  cellAt,
  overlaps,
  putCell,
  rewriteFormulas,
  type SheetModel,
  shiftCells,
  type TableModel,
} from './model.ts';

/** What Excel does to tables, formulas that refer to them included. */

export function newTable(book: BookModel, sheet: SheetModel, area: Area, hasHeaders: boolean): TableModel {
  if (!hasHeaders) throw fakeError('NotImplemented', 'a table without headings');
  if (sheet.tables.some((one) => overlaps(one.area, area)))
    throw fakeError('InvalidArgument', 'tables overlap');
  const all = book.sheets.flatMap((one) => one.tables);
  let n = 1;
  while (all.some((one) => one.name === `Table${n}`)) n++;
  const table: TableModel = {
    id: `{table-${book.nextId++}}`,
    name: `Table${n}`,
    area: area.top === area.bottom ? { ...area, bottom: area.bottom + 1 } : area,
    showHeaders: true,
    showTotals: false,
    style: 'TableStyleMedium2',
    columns: [],
    deleted: false,
  };
  for (let column = area.left; column <= area.right; column++) addedColumn(book, sheet, table, column);
  sheet.tables.push(table);
  return table;
}

/** A column by what its heading cell says; a cell that says nothing gets a name. */
function addedColumn(book: BookModel, sheet: SheetModel, table: TableModel, column: number): void {
  const text = String(cellAt(sheet, table.area.top, column).value);
  let name = text;
  for (let n = 1; name === '' || hasColumn(table, name); n++) name = `${text || 'Column'}${n}`;
  table.columns.splice(column - table.area.left, 0, { id: book.nextId++, name });
  heading(sheet, table.area.top, column, name);
}

const hasColumn = (table: TableModel, name: string): boolean =>
  table.columns.some((one) => one.name.toLowerCase() === name.toLowerCase());

function heading(sheet: SheetModel, row: number, column: number, name: string): void {
  const { format } = cellAt(sheet, row, column);
  putCell(sheet, row, column, { value: name, isError: false, formula: null, format });
}

export function renameTable(book: BookModel, table: TableModel, name: string): void {
  const taken = [...book.sheets.flatMap((sheet) => sheet.tables), ...book.names].some(
    (one) => one !== table && one.name.toLowerCase() === name.toLowerCase(),
  );
  if (taken || !/^[\p{L}_][\p{L}\p{N}_.]*$/u.test(name))
    throw fakeError('InvalidArgument', `table name ${name}`);
  const old = table.name;
  table.name = name;
  rewriteFormulas(book, (formula) => formula.replaceAll(`${old}[`, `${name}[`));
}

/** Columns follow their heading cells: a heading that is written is the column's new name, in formulas too. */
export function renameColumns(book: BookModel, sheet: SheetModel): void {
  for (const table of sheet.tables) {
    if (!table.showHeaders) continue;
    for (const [i, column] of table.columns.entries()) {
      const at = table.area.left + i;
      const text = String(cellAt(sheet, table.area.top, at).value);
      const old = column.name;
      if (text === old) continue;
      const twice = table.columns.some(
        (one) => one !== column && one.name.toLowerCase() === text.toLowerCase(),
      );
      if (text === '' || twice) {
        column.name = text === '' ? `Column${i + 1}` : `${text}2`;
      } else column.name = text;
      heading(sheet, table.area.top, at, column.name);
      const { name } = column;
      rewriteFormulas(book, (formula) =>
        formula.replaceAll(`${table.name}[${old}]`, `${table.name}[${name}]`),
      );
    }
  }
}

export function addColumn(
  book: BookModel,
  sheet: SheetModel,
  table: TableModel,
  index: number | undefined,
  name: string | undefined,
): void {
  const count = table.columns.length;
  const i = index === undefined || index === -1 ? count : index;
  if (index !== undefined && (index > count - 1 || index < -1))
    throw fakeError('InvalidArgument', `column ${index} of ${count}`);
  if (name !== undefined && hasColumn(table, name))
    throw fakeError('InvalidArgument', `column ${name} twice`);
  const column = table.area.left + i;
  makeRoom(sheet, table, column, 1);
  table.area = { ...table.area, right: table.area.right + 1 };
  if (name !== undefined) heading(sheet, table.area.top, column, name);
  addedColumn(book, sheet, table, column);
}

export function deleteColumn(book: BookModel, sheet: SheetModel, table: TableModel, name: string): void {
  const i = table.columns.findIndex((one) => one.name.toLowerCase() === name.toLowerCase());
  if (i < 0) throw fakeError('ItemNotFound', `column ${name}`);
  if (table.columns.length === 1) throw fakeError('InvalidOperation', 'the last column');
  makeRoom(sheet, table, table.area.left + i, -1);
  const [gone] = table.columns.splice(i, 1);
  table.area = { ...table.area, right: table.area.right - 1 };
  rewriteFormulas(book, (formula) => formula.replaceAll(`${table.name}[${gone?.name}]`, '#REF!'));
}

/** Moves what stands at the right of a table's rows. */
function makeRoom(sheet: SheetModel, table: TableModel, column: number, by: 1 | -1): void {
  const beside = { ...table.area, left: table.area.right + 1, right: MAX_COLUMN };
  for (const other of sheet.tables) {
    if (other === table || !overlaps(other.area, beside)) continue;
    if (other.area.top < table.area.top || other.area.bottom > table.area.bottom)
      throw fakeError('InvalidOperation', 'another table is in the way');
    other.area = { ...other.area, left: other.area.left + by, right: other.area.right + by };
  }
  shiftCells(sheet, table.area, column, by);
}

export function resizeTable(book: BookModel, sheet: SheetModel, table: TableModel, area: Area): void {
  const old = table.area;
  if (area.top !== old.top || !overlaps(area, old) || area.bottom < area.top + 1)
    throw fakeError('InvalidArgument', 'the headings must stay where they are');
  if (sheet.tables.some((one) => one !== table && overlaps(one.area, area)))
    throw fakeError('InvalidArgument', 'tables overlap');
  if (area.left !== old.left) throw fakeError('NotImplemented', 'resize to the left');
  if (table.showTotals) throw fakeError('NotImplemented', 'resize with a totals row');
  while (table.area.right > area.right) {
    const gone = table.columns.pop();
    table.area = { ...table.area, right: table.area.right - 1 };
    rewriteFormulas(book, (formula) => formula.replaceAll(`${table.name}[${gone?.name}]`, '#REF!'));
  }
  while (table.area.right < area.right) {
    table.area = { ...table.area, right: table.area.right + 1 };
    addedColumn(book, sheet, table, table.area.right);
  }
  table.area = area;
}

/** A totals row comes below the table, or goes and takes its cells with it. */
export function showTotals(sheet: SheetModel, table: TableModel, show: boolean): void {
  if (table.showTotals === show) return;
  table.showTotals = show;
  const { area } = table;
  if (!show)
    for (let column = area.left; column <= area.right; column++) {
      const { format } = cellAt(sheet, area.bottom, column);
      putCell(sheet, area.bottom, column, { value: '', isError: false, formula: null, format });
    }
  table.area = { ...area, bottom: area.bottom + (show ? 1 : -1) };
}

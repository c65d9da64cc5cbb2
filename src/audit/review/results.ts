import { columnValue } from '../../exact/column.ts';
import { floorMs } from '../../exact/date.ts';
import { cellRational } from '../../exact/decimal.ts';
import { equal, toDouble } from '../../exact/rational.ts';
import { exactValueText } from '../../exact/text.ts';
import { BLANK, foldText, type Value } from '../../exact/value.ts';
import type { Language } from '../../problems/messages/index.ts';
import type { Place } from '../../problems/problem.ts';
import { resultSheets } from '../../report/sheets.ts';
import type { BookInspection, BookStore, OutputCell, OutputSheet, SheetTable } from '../../workbook/port.ts';
import { freeSheetName, tableHeadings } from '../../workbook/sheetNames.ts';
import type { ChangedCell, ResultCheck } from './review.ts';
import type { Ran } from './rows.ts';

const LANGUAGES: readonly Language[] = ['en', 'zh-CN'];
/** Cells that are told. */
const MOST = 1000;

/** Compares the result sheets that a book has with what a run gives, cell by cell. */
export async function checkResults(
  { program, workbook, results }: Ran,
  book: Pick<BookStore, 'ours'>,
  inspection: BookInspection | null,
): Promise<ResultCheck> {
  const changed: ChangedCell[] = [];
  let sheets = 0;
  const taken = new Set<string>();
  const byLanguage = LANGUAGES.map((language) => resultSheets(program, workbook, results, language));
  for (const [i, expected] of (byLanguage[0] ?? []).entries()) {
    const name = freeSheetName(expected.name, taken);
    taken.add(name.toLowerCase());
    const found = await book.ours(name);
    if (found === null) continue;
    // Fixed headings are in the language of whoever wrote the results.
    const sheet =
      byLanguage.flatMap((list) => list[i] ?? []).find((one) => sameHeadings(one, found)) ?? expected;
    const day = otherDay(sheet, found);
    if (day !== null) return { kind: 'other-day', asOf: day };
    sheets++;
    changed.push(...changedCells(sheet, found, keyColumns(sheet, byLanguage)));
    for (const { sheet: of, row, column } of inspection?.formulas ?? [])
      if (of === found.sheet && row > found.headingRow) noteFormula(changed, found, row, column);
  }
  return sheets === 0 ? { kind: 'none' } : { kind: 'compared', sheets, changed: changed.slice(0, MOST) };
}

/** A formula in place of a result is told even where it comes to the same. */
function noteFormula(changed: ChangedCell[], found: SheetTable, row: number, column: number): void {
  const at: Place = { kind: 'cell', sheet: found.sheet, row, column };
  const index = found.sheetRows.indexOf(row);
  const own = found.columns.find((one) => one.column === column);
  const known = changed.findIndex(
    (one) =>
      one.at.kind === 'cell' &&
      one.at.sheet === found.sheet &&
      one.at.row === row &&
      one.at.column === column,
  );
  const before = changed[known];
  if (before !== undefined) changed[known] = { ...before, kind: 'formula' };
  else {
    const value = own === undefined || index < 0 ? null : columnValue(own.data, index);
    const key = index < 0 ? '' : keyOf(found, index, 1);
    changed.push({ at, kind: 'formula', key, heading: own?.heading ?? '', result: value, found: value });
  }
}

function sameHeadings(sheet: OutputSheet, found: SheetTable): boolean {
  const headings = headingsOf(sheet);
  return headings.every((heading, i) => found.columns[i]?.heading === heading);
}

const headingsOf = ({ columns }: OutputSheet): readonly string[] =>
  tableHeadings(columns.map(({ heading }) => heading)).map((heading) => heading.trim());

/** The as-of date that results say they are of, where that is another one. */
function otherDay(sheet: OutputSheet, found: SheetTable): Value | null {
  const [first] = sheet.rows;
  const [name, expected] = first ?? [];
  if (name?.kind !== 'text' || name.value !== 'as_of' || expected === undefined) return null;
  const value = found.columns[1] === undefined ? null : columnValue(found.columns[1].data, 0);
  return value === null || isSame(expected, value) ? null : value;
}

/** How many columns at the beginning tell the rows of a sheet apart. */
function keyColumns(sheet: OutputSheet, byLanguage: readonly (readonly OutputSheet[])[]): number {
  const same = byLanguage.map((list) => list.find(({ name }) => name === sheet.name));
  const [en, zh] = same;
  // Sheets of tables have the same headings in both languages.
  if (en !== undefined && zh !== undefined && en.columns[0]?.heading === zh.columns[0]?.heading) return 1;
  if (sheet.columns.length === 7) return 4;
  return sheet.columns.length === 9 ? 3 : 1;
}

function changedCells(sheet: OutputSheet, found: SheetTable, keys: number): readonly ChangedCell[] {
  const changed: ChangedCell[] = [];
  const headings = headingsOf(sheet);
  const rows = new Map<string, number>();
  for (let row = 0; row < found.rows; row++) rows.set(foldText(keyOf(found, row, keys)), row);
  const expected = new Set<string>();
  for (const cells of sheet.rows) {
    const key = cells.slice(0, keys).map(cellText).join(' · ');
    expected.add(foldText(key));
    const row = rows.get(foldText(key));
    if (row === undefined) {
      const at: Place = { kind: 'cell', sheet: found.sheet, row: found.headingRow, column: 1 };
      changed.push({ at, kind: 'row-missing', key, heading: '', result: null, found: null });
      continue;
    }
    for (const [i, heading] of headings.entries()) {
      const column = found.columns.find((one) => one.heading === heading);
      if (i < keys || column === undefined) continue;
      const value = columnValue(column.data, row);
      const result = cells[i] ?? BLANK;
      if (value !== null && isSame(result, value)) continue;
      const at: Place = {
        kind: 'cell',
        sheet: found.sheet,
        row: found.sheetRows[row] ?? 0,
        column: column.column,
      };
      changed.push({ at, kind: 'cell', key, heading, result, found: value });
    }
  }
  for (let row = 0; row < found.rows; row++) {
    const key = keyOf(found, row, keys);
    if (expected.has(foldText(key))) continue;
    const at: Place = { kind: 'cell', sheet: found.sheet, row: found.sheetRows[row] ?? 0, column: 1 };
    changed.push({ at, kind: 'row-added', key, heading: '', result: null, found: null });
  }
  return changed;
}

function keyOf(found: SheetTable, row: number, keys: number): string {
  return found.columns
    .slice(0, keys)
    .map(({ data }) => cellText(columnValue(data, row) ?? BLANK))
    .join(' · ');
}

/** What a result comes to as a cell: the double that is closest to it, or the millisecond. */
function cellText(cell: OutputCell | Value): string {
  return cell.kind === 'number'
    ? exactValueText({ kind: 'number', value: cellRational(toDouble(cell.value)) })
    : exactValueText(cell);
}

function isSame(result: OutputCell, cell: Value): boolean {
  if (result.kind === 'number' && cell.kind === 'number')
    return equal(cellRational(toDouble(result.value)), cell.value);
  if (result.kind === 'date' && cell.kind === 'date') return floorMs(result.ms) === floorMs(cell.ms);
  if (result.kind === 'blank' || cell.kind === 'blank')
    return cellText(result) === '' && cellText(cell) === '';
  return result.kind === cell.kind && cellText(result) === cellText(cell);
}

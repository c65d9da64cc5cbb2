import { columnValue } from '../../exact/column.ts';
import { type ColumnBuilder, columnBuilder } from '../../exact/columnBuilder.ts';
import { parseDate } from '../../exact/date.ts';
import { TooLarge } from '../../exact/rational.ts';
import type { Language } from '../../problems/messages/index.ts';
import { BookError } from '../../workbook/bookError.ts';
import { fileLines } from '../../workbook/csv/rules.ts';
import { foldName } from '../../workbook/names.ts';
import type { DefinedName, SheetTable, Workbook } from '../../workbook/port.ts';
import { sheetRows } from '../../workbook/sheetRows.ts';
import { texts } from '../texts.ts';
import type { InlineCell, InlineTable, Subject, Wrong } from './requests.ts';

type Inline = Exclude<Subject, { readonly book: string }>;

/** What the file of rules is called that came with a request, in places. */
const RULES = 'rules';
const NAMES = 'names';
/** Cells that rows may lack at their ends, of all tables: a short request must not become an endless table. */
const MOST_LACKING = 10_000_000;

/**
 * Rules and tables of a request as a workbook; or which part of it means nothing. Row 1 of a table is that of its
 * headings, so that places are those of a sheet with it. Refuses with a BookError (`too-large`).
 */
export function inlineWorkbook(
  { rules, tables = [], names = {} }: Inline,
  language: Language,
):
  | { readonly kind: 'workbook'; readonly workbook: Workbook }
  | { readonly kind: 'wrong'; readonly wrong: Wrong } {
  const t = texts(language).body;
  const seen = new Set<string>();
  const read: SheetTable[] = [];
  let lacking = 0;
  for (const [i, table] of tables.entries()) {
    if (seen.has(foldName(table.name)))
      return { kind: 'wrong', wrong: { detail: t.tableTwice(table.name), pointer: `/tables/${i}/name` } };
    seen.add(foldName(table.name));
    for (const row of table.rows) lacking += Math.max(0, table.columns.length - row.length);
    if (lacking > MOST_LACKING)
      return { kind: 'wrong', wrong: { detail: t.lacking(MOST_LACKING), pointer: `/tables/${i}/rows` } };
    const found = inlineTable(table, `/tables/${i}`, language);
    if ('detail' in found) return { kind: 'wrong', wrong: found };
    read.push(found);
  }
  const defined: DefinedName[] = [];
  const named = new Set<string>();
  for (const [i, [name, cell]] of Object.entries(names).entries()) {
    const builder = columnBuilder(1);
    const place = { sheet: NAMES, row: i + 1, column: 2 };
    const detail = named.has(foldName(name)) ? t.nameTwice(name) : push(builder, cell, place, language);
    named.add(foldName(name));
    const pointer = `/names/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (detail !== null) return { kind: 'wrong', wrong: { detail, pointer } };
    defined.push({ name, ...place, value: columnValue(builder.finish(), 0) });
  }
  const lines = fileLines(rules, RULES);
  return {
    kind: 'workbook',
    workbook: { tables: read, names: defined, rules: lines, hasRules: true, problems: [] },
  };
}

function inlineTable(
  { name, columns, rows }: InlineTable,
  pointer: string,
  language: Language,
): SheetTable | Wrong {
  const t = texts(language).body;
  const headed = columns.flatMap((column, index) => {
    const heading = column.trim();
    return heading === '' ? [] : [{ heading, index, builder: columnBuilder(rows.length) }];
  });
  const places = sheetRows();
  for (const [i, row] of rows.entries()) {
    if (row.length > columns.length)
      return { detail: t.longRow(row.length, columns.length), pointer: `${pointer}/rows/${i}` };
    // as in a sheet: a row that is blank throughout is no row, and those below it keep their numbers
    if (headed.every(({ index }) => isBlank(row[index]))) continue;
    places.add(i + 2, 1);
    for (const { builder, index } of headed) {
      const place = { sheet: name, row: i + 2, column: index + 1 };
      const detail = push(builder, row[index] ?? null, place, language);
      if (detail !== null) return { detail, pointer: `${pointer}/rows/${i}/${index}` };
    }
  }
  return Object.assign(places.finish(), {
    name,
    sheet: name,
    columns: headed.map(({ heading, index, builder }) => ({
      heading,
      column: index + 1,
      data: builder.finish(),
    })),
    headingRow: 1,
  });
}

const isBlank = (cell: InlineCell | undefined): boolean => cell === undefined || cell === null || cell === '';

/** Adds a cell to a column; a sentence where it can't be one. */
function push(
  builder: ColumnBuilder,
  cell: InlineCell,
  place: { readonly sheet: string; readonly row: number; readonly column: number },
  language: Language,
): string | null {
  const t = texts(language).body;
  try {
    if (cell === null || cell === '') builder.blank();
    else if (typeof cell === 'string') builder.text(cell);
    else if (typeof cell === 'boolean') builder.logical(cell);
    else if (typeof cell === 'number') {
      // JSON has rounded it before anybody here could see it
      if (!Number.isFinite(cell) || (Number.isInteger(cell) && !Number.isSafeInteger(cell)))
        return t.bigInteger;
      builder.double(cell);
    } else if ('number' in cell) {
      if (!builder.decimal(cell.number, false)) return t.cell;
    } else {
      const ms = parseDate(cell.date.replace('T', ' '));
      if (ms === null) return t.day;
      builder.date(ms);
    }
    return null;
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    throw new BookError({ code: 'too-large', severity: 'error', at: { kind: 'cell', ...place } });
  }
}

import { parseDate } from '../exact/date.ts';
import { add, integer, type Rational, rational, ZERO } from '../exact/rational.ts';
import { foldText } from '../exact/value.ts';
import type { Language } from '../problems/messages/index.ts';
import { outputColumn } from '../report/format.ts';
import { split } from '../report/sheets.ts';
import { words } from '../report/words.ts';
import type { OutputCell, OutputSheet } from '../workbook/port.ts';
import { fieldText, fieldValue, line, sortedLines } from './canonical.ts';
import type { EarlierAmounts, RunAdjustments } from './compare/adjust.ts';
import { type ColumnName, columnId } from './compare/columns.ts';
import { compareWords } from './compare/words.ts';
import { keepTable, type PaidTable, paidRows } from './paid.ts';
import type { RunRecord } from './record.ts';

/** What is kept and written of adjustments: a row a person and column, and a row a column. */

const ADJUSTMENTS = 'Allot Adjustments';
const TOTALS = 'Allot Adjustment Totals';
export const ADJUSTMENT_SHEETS: readonly string[] = [ADJUSTMENTS, TOTALS];

type Kind = 'adjustments' | 'adjustment-totals';
const KINDS: readonly Kind[] = ['adjustments', 'adjustment-totals'];
/** Columns that name the adjustment and its run: they are no part of a line of the digest. */
const ABOUT = 3;

const number = (value: Rational): OutputCell => ({ kind: 'number', value });
const maybe = (value: Rational | null): OutputCell => (value === null ? { kind: 'blank' } : number(value));
const text = (value: string): OutputCell => (value === '' ? { kind: 'blank' } : { kind: 'text', value });
const count = (n: number): OutputCell => number(rational(BigInt(n)));

/** A value in canonical form as a cell. */
function cellOf(field: string): OutputCell {
  return fieldValue(field) ?? text(fieldText(field));
}

/** What an adjustment gives, as its record keeps it. `row`: the number of its row in the ledger. */
export function keptAdjustments(
  row: number,
  { run, asOf, columns }: RunAdjustments,
  language: Language,
): readonly PaidTable[] {
  const w = compareWords(language);
  const { table: tableWord, key: keyWord } = words(language);
  const about: readonly OutputCell[] = [
    count(row),
    count(Number(run)),
    { kind: 'date', ms: integer(parseDate(asOf) ?? 0) },
  ];
  const named = [w.ledgerRow, w.run, w.period, tableWord, w.column];
  const people = columns.flatMap(({ table, column, rows }) =>
    rows.map(({ keyField, paid, earlier, now, adjustment }) => [
      ...about,
      text(table),
      text(column),
      cellOf(keyField),
      maybe(paid),
      number(earlier),
      maybe(now),
      number(adjustment),
    ]),
  );
  const totals = columns.map(({ table, column, rows, total, shared }) => [
    ...about,
    text(table),
    text(column),
    count(rows.length),
    number(total),
    maybe(shared?.paid ?? null),
    maybe(shared?.earlier ?? null),
    maybe(shared?.now ?? null),
    maybe(shared?.difference ?? null),
    maybe(shared?.unallocated.paid ?? null),
    maybe(shared?.unallocated.now ?? null),
  ]);
  const further = [w.given, w.givenBefore, w.givenNow, w.givenMore, w.leftOverThen, w.leftOverNow];
  return [
    keepTable(
      'adjustments',
      sheetOf(ADJUSTMENTS, [...named, keyWord, w.paid, w.earlier, w.now, w.adjustment], people),
    ),
    keepTable('adjustment-totals', sheetOf(TOTALS, [...named, w.people, w.adjustment, ...further], totals)),
  ];
}

function sheetOf(
  name: string,
  headings: readonly string[],
  rows: readonly (readonly OutputCell[])[],
): OutputSheet {
  const columns = headings.map((heading, i) =>
    outputColumn(
      heading,
      rows.map((row) => row[i] ?? { kind: 'blank' }),
    ),
  );
  return { name, columns, rows };
}

const isOf =
  (kind: Kind) =>
  (sheet: RunRecord['sheets'][number]): sheet is PaidTable =>
    sheet.kind === kind;

const rowsOf = ({ sheets }: Pick<RunRecord, 'sheets'>, kind: Kind): readonly (readonly string[])[] =>
  sheets.filter(isOf(kind)).flatMap((sheet) => [...paidRows(sheet, sheets)]);

/** The result sheets of all adjustments of a workbook, oldest first, with the headings of the last; with what each is kept as. */
export function adjustmentSheets(
  records: readonly Pick<RunRecord, 'sheets'>[],
): readonly { readonly output: OutputSheet; readonly kept: PaidTable }[] {
  return KINDS.flatMap((kind) => {
    const last = records.at(-1)?.sheets.find(isOf(kind));
    if (last === undefined) return [];
    const rows = records.flatMap((record) => rowsOf(record, kind).map((cells) => cells.map(cellOf)));
    return split(sheetOf(last.name, last.headings, rows)).map((output) => ({
      output,
      kept: keepTable(kind, output),
    }));
  });
}

/** What an adjustment's `Results` is the digest of, from what is kept of it. */
export function adjustmentsText({
  asOf,
  run = 0,
  sheets,
}: Pick<RunRecord, 'asOf' | 'run' | 'sheets'>): string {
  const lines = KINDS.flatMap((kind) =>
    rowsOf({ sheets }, kind).map((cells) => {
      const [table = '-', column = '-', ...values] = cells.slice(ABOUT);
      return line([kind === 'adjustments' ? 'A' : 'T', table.slice(2), column.slice(2), ...values]);
    }),
  );
  return line(['allot-adjustments-1', asOf, String(run)]) + sortedLines(lines).join('');
}

/** What adjustments gave together, from their records. */
export function earlierAmounts(records: readonly RunRecord[]): EarlierAmounts {
  const columns = new Map<string, ColumnName>();
  const amounts = new Map<string, Map<string, { key: string; amount: Rational }>>();
  const shares = new Map<string, Rational>();
  const numberOf = (field: string | undefined): Rational => {
    const value = fieldValue(field ?? '-');
    return value?.kind === 'number' ? value.value : ZERO;
  };
  const columnOf = (cells: readonly string[]): string => {
    const column = { table: fieldText(cells[ABOUT] ?? '-'), column: fieldText(cells[ABOUT + 1] ?? '-') };
    const id = columnId(column);
    if (!columns.has(id)) columns.set(id, column);
    return id;
  };
  for (const record of records) {
    for (const cells of rowsOf(record, 'adjustments')) {
      const id = columnOf(cells);
      const keyed = amounts.get(id) ?? new Map<string, { key: string; amount: Rational }>();
      amounts.set(id, keyed);
      const key = cells[ABOUT + 2] ?? '-';
      const known = keyed.get(foldText(key));
      const amount = add(known?.amount ?? ZERO, numberOf(cells[ABOUT + 6]));
      keyed.set(foldText(key), { key: known?.key ?? key, amount });
    }
    for (const cells of rowsOf(record, 'adjustment-totals')) {
      const id = columnOf(cells);
      shares.set(id, add(shares.get(id) ?? ZERO, numberOf(cells[ABOUT + 7])));
    }
  }
  return {
    columns: [...columns.values()],
    amounts: (column) => amounts.get(columnId(column)) ?? new Map(),
    shared: (column) => shares.get(columnId(column)) ?? ZERO,
  };
}

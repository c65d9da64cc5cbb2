import { foldName } from '../../../grammar/tree.ts';
import { displayText, exactText } from '../../exact/decimal.ts';
import { add, type Rational, sign, subtract, ZERO } from '../../exact/rational.ts';
import { foldText } from '../../exact/value.ts';
import type { Language } from '../../problems/messages/index.ts';
import { tableText } from '../../report/table.ts';
import { keyValue } from '../../report/values.ts';
import { words } from '../../report/words.ts';
import type { OutputSheet } from '../../workbook/port.ts';
import { fieldText, fieldValue, valueField } from '../canonical.ts';
import { paidRows } from '../paid.ts';
import type { RunRecord } from '../record.ts';
import { tableIndex } from './compare.ts';
import { sheetOf } from './report.ts';
import type { Side } from './sides.ts';
import type { ColumnName } from './split.ts';
import { compareWords } from './words.ts';

/** What was paid in a run: all that adjusting takes of its record. */
export interface PaidAmounts {
  /** The run's number in the ledger. */
  readonly run: string;
  /** `2026-03-31`. */
  readonly asOf: string;
  /** The amounts of a column by key; null where the run had no such column. */
  amounts(
    column: ColumnName,
  ): ReadonlyMap<string, { readonly key: string; readonly amount: Rational }> | null;
  /** What a share gave out over all its pools; null where the run had no such share. */
  shared(share: string, table: string): Rational | null;
}

/** What a record says was paid. */
export function paidAmounts(record: RunRecord): PaidAmounts {
  const { sheets } = record;
  const numberOf = (field: string | undefined): Rational | null => {
    const value = field === undefined ? null : fieldValue(field);
    return value?.kind === 'number' ? value.value : null;
  };
  return {
    run: String(record.number),
    asOf: record.asOf,
    amounts({ table, column }) {
      const found = new Map<string, { key: string; amount: Rational }>();
      let there = false;
      for (const sheet of sheets) {
        if (sheet.kind !== 'table' || foldName(sheet.table ?? '') !== foldName(table)) continue;
        const at = sheet.headings.findIndex((heading, i) => i > 0 && foldName(heading) === foldName(column));
        if (at < 0) continue;
        there = true;
        for (const cells of paidRows(sheet, sheets)) {
          const key = cells[0] ?? '-';
          const amount = numberOf(cells[at]);
          if (amount !== null) found.set(foldText(key), { key: fieldText(key), amount });
        }
      }
      return there ? found : null;
    },
    shared(share, table) {
      let total: Rational | null = null;
      for (const sheet of sheets) {
        if (sheet.kind !== 'shares') continue;
        for (const cells of paidRows(sheet, sheets)) {
          const [name, of] = cells.map(fieldText);
          if (foldName(name ?? '') !== foldName(share) || foldName(of ?? '') !== foldName(table)) continue;
          total = add(total ?? ZERO, numberOf(cells[5]) ?? ZERO);
        }
      }
      return total;
    },
  };
}

export interface Adjustment {
  readonly key: string;
  /** Null where nothing was paid, or nothing is due. */
  readonly paid: Rational | null;
  readonly now: Rational | null;
  /** What is due now less what was paid. */
  readonly adjustment: Rational;
}

export interface ColumnAdjustments extends ColumnName {
  /** Only those to whom something is due, or who were paid too much; in the order of the rows, then those who left. */
  readonly rows: readonly Adjustment[];
  readonly total: Rational;
  /** What the share gave out and gives out now: the adjustments add up to the difference. Null for no share. */
  readonly shared: { readonly paid: Rational; readonly now: Rational } | null;
}

export interface RunAdjustments {
  readonly run: string;
  readonly asOf: string;
  readonly columns: readonly ColumnAdjustments[];
}

/** The supplements to a paid run: what its period comes to now, less what was paid, person by person. */
export function adjustments(paid: PaidAmounts, now: Side, columns: readonly ColumnName[]): RunAdjustments {
  return {
    run: paid.run,
    asOf: paid.asOf,
    columns: columns.map((column) => columnAdjustments(paid, now, column)),
  };
}

function columnAdjustments(paid: PaidAmounts, now: Side, name: ColumnName): ColumnAdjustments {
  const { program, workbook, results } = now;
  const table = tableIndex(program, name.table);
  const column = program.columns.findIndex(
    (c) => c.table === table && foldName(c.name) === foldName(name.column),
  );
  const before = paid.amounts(name) ?? new Map<string, { key: string; amount: Rational }>();
  const seen = new Set<string>();
  const rows: Adjustment[] = [];
  const put = (key: string, was: Rational | null, is: Rational | null): void => {
    const adjustment = subtract(is ?? ZERO, was ?? ZERO);
    if (sign(adjustment) !== 0) rows.push({ key, paid: was, now: is, adjustment });
  };
  for (const row of results.tables[table]?.rows ?? []) {
    const field = valueField(keyValue(program, workbook, table, row));
    const id = foldText(field);
    seen.add(id);
    const value = column < 0 ? undefined : results.columns[column]?.at(row);
    put(fieldText(field), before.get(id)?.amount ?? null, value?.kind === 'number' ? value.value : null);
  }
  for (const [id, { key, amount }] of before) if (!seen.has(id)) put(key, amount, null);
  return {
    ...name,
    rows,
    total: rows.reduce((sum, { adjustment }) => add(sum, adjustment), ZERO),
    shared: sharedOf(paid, now, name, table),
  };
}

function sharedOf(
  paid: PaidAmounts,
  { program, results }: Side,
  { table: tableName, column }: ColumnName,
  table: number,
): ColumnAdjustments['shared'] {
  const before = paid.shared(column, tableName);
  let after: Rational | null = null;
  for (const { share, shared } of results.shares) {
    const found = program.shares[share];
    if (found?.table !== table || foldName(found.name) !== foldName(column)) continue;
    after = add(after ?? ZERO, shared);
  }
  return before === null && after === null ? null : { paid: before ?? ZERO, now: after ?? ZERO };
}

/** `Allot Adjustments`: one row a run, column and person. */
export function adjustmentSheet(runs: readonly RunAdjustments[], language: Language): OutputSheet {
  const w = compareWords(language);
  const { table, key } = words(language);
  const text = (value: string) => ({ kind: 'text', value }) as const;
  const amount = (value: Rational | null) =>
    value === null ? ({ kind: 'blank' } as const) : ({ kind: 'number', value } as const);
  return sheetOf(
    'Allot Adjustments',
    [w.run, w.period, table, w.column, key, w.paid, w.now, w.adjustment],
    runs.flatMap(({ run, asOf, columns }) =>
      columns.flatMap((one) =>
        one.rows.map((row) => [
          text(run),
          text(asOf),
          text(one.table),
          text(one.column),
          text(row.key),
          amount(row.paid),
          amount(row.now),
          amount(row.adjustment),
        ]),
      ),
    ),
  );
}

/** The object of `allot adjust --json`: numbers are exact and strings. */
export function adjustmentJson(runs: readonly RunAdjustments[]): string {
  const maybe = (x: Rational | null): string | null => (x === null ? null : exactText(x));
  const object = {
    runs: runs.map(({ run, asOf, columns }) => ({
      run: Number(run),
      asOf,
      columns: columns.map(({ table, column, rows, total, shared }) => ({
        table,
        column,
        total: exactText(total),
        shared:
          shared === null
            ? null
            : {
                paid: exactText(shared.paid),
                now: exactText(shared.now),
                difference: exactText(subtract(shared.now, shared.paid)),
              },
        rows: rows.map(({ key, paid, now, adjustment }) => ({
          key,
          paid: maybe(paid),
          now: maybe(now),
          adjustment: exactText(adjustment),
        })),
      })),
    })),
  };
  return `${JSON.stringify(object, null, 2)}\n`;
}

/** Rows of each column that are shown to people. */
const ROWS = 20;

export function* adjustmentText(
  runs: readonly RunAdjustments[],
  language: Language,
  width: number,
): Generator<string> {
  const w = compareWords(language);
  for (const { run, asOf, columns } of runs)
    for (const { table, column, rows, total, shared } of columns) {
      const name = `${table}[${column}]`;
      yield `${w.adjustSummary({ run, asOf, name, people: rows.length, total: displayText(total) })}\n`;
      if (shared !== null)
        yield `${w.pools(
          column,
          displayText(shared.paid),
          displayText(shared.now),
          displayText(subtract(shared.now, shared.paid)),
        )}\n`;
      if (rows.length > 0)
        yield tableText(
          [
            { heading: words(language).key, align: 'left' },
            ...[w.paid, w.now, w.adjustment].map((heading) => ({ heading, align: 'right' }) as const),
          ],
          rows
            .slice(0, ROWS)
            .map((row) => [
              row.key,
              row.paid === null ? '–' : displayText(row.paid),
              row.now === null ? '–' : displayText(row.now),
              displayText(row.adjustment),
            ]),
          width,
        );
      if (rows.length > ROWS) yield `  ${w.moreRows(rows.length - ROWS)}\n`;
      yield '\n';
    }
}

import { foldName } from '../../../grammar/tree.ts';
import { add, type Rational, sign, subtract, ZERO } from '../../exact/rational.ts';
import { foldText } from '../../exact/value.ts';
import { keyValue } from '../../report/values.ts';
import { fieldText, fieldValue, valueField } from '../canonical.ts';
import { type PaidSheet, paidRows } from '../paid.ts';
import type { RunRecord } from '../record.ts';
import { type ColumnName, columnId, payColumns, tableIndex } from './columns.ts';
import type { Side } from './sides.ts';

/** Amounts of a column by the folded key, each with the key as it was written. */
export type KeyedAmounts = ReadonlyMap<string, { readonly key: string; readonly amount: Rational }>;

/** What a share's pools came to together. */
export interface Given {
  readonly shared: Rational;
  readonly unallocated: Rational;
}

/** What was paid in a run: all that adjusting takes of its record. */
export interface PaidAmounts {
  /** The run's number in the ledger. */
  readonly run: string;
  /** `2026-03-31`. */
  readonly asOf: string;
  /** What its shares and statements paid into. */
  readonly columns: readonly ColumnName[];
  /** The amounts of a column, by the key's canonical form; null where the run had no such column. */
  amounts(column: ColumnName): KeyedAmounts | null;
  /** What a share gave out over all its pools; null where the run had no such share. */
  given(share: string, table: string): Given | null;
}

/** What earlier adjustments of the same run gave: amounts by column and key, and what each share gave out more. */
export interface EarlierAmounts {
  readonly columns: readonly ColumnName[];
  amounts(column: ColumnName): KeyedAmounts;
  shared(column: ColumnName): Rational;
}

export const NOTHING_EARLIER: EarlierAmounts = {
  columns: [],
  amounts: () => new Map(),
  shared: () => ZERO,
};

function numberOf(field: string | undefined): Rational | null {
  const value = field === undefined ? null : fieldValue(field);
  return value?.kind === 'number' ? value.value : null;
}

/** What a record says was paid. */
export function paidAmounts(record: RunRecord): PaidAmounts {
  const { sheets } = record;
  return {
    run: String(record.number),
    asOf: record.asOf,
    columns: paidColumns(sheets),
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
          if (amount !== null) found.set(foldText(key), { key, amount });
        }
      }
      return there ? found : null;
    },
    given(share, table) {
      let total: Given | null = null;
      for (const sheet of sheets) {
        if (sheet.kind !== 'shares') continue;
        for (const cells of paidRows(sheet, sheets)) {
          const [name, of] = cells.map(fieldText);
          if (foldName(name ?? '') !== foldName(share) || foldName(of ?? '') !== foldName(table)) continue;
          total = plus(total, {
            shared: numberOf(cells[5]) ?? ZERO,
            unallocated: numberOf(cells[6]) ?? ZERO,
          });
        }
      }
      return total;
    },
  };
}

function plus(sum: Given | null, { shared, unallocated }: Given): Given {
  return {
    shared: add(sum?.shared ?? ZERO, shared),
    unallocated: add(sum?.unallocated ?? ZERO, unallocated),
  };
}

function paidColumns(sheets: readonly PaidSheet[]): readonly ColumnName[] {
  const found = new Map<string, ColumnName>();
  const put = (column: ColumnName): void => {
    if (!found.has(columnId(column))) found.set(columnId(column), column);
  };
  for (const sheet of sheets)
    if (sheet.kind === 'shares')
      for (const [share = '', table = ''] of paidRows(sheet, sheets))
        put({ table: fieldText(table), column: fieldText(share) });
  for (const sheet of sheets)
    if (sheet.kind === 'statements')
      for (const { table, statement } of sheet.groups) put({ table, column: statement });
  return [...found.values()];
}

export interface Adjustment {
  /** As people read it, and in its canonical form. */
  readonly key: string;
  readonly keyField: string;
  /** Null where nothing was paid, or nothing is due. */
  readonly paid: Rational | null;
  readonly now: Rational | null;
  /** What earlier adjustments gave. */
  readonly earlier: Rational;
  /** What is due now less what was paid and what earlier adjustments gave. */
  readonly adjustment: Rational;
}

export interface ColumnAdjustments extends ColumnName {
  /** Only those to whom something is due, or who were paid too much; in the order of the rows, then those who left. */
  readonly rows: readonly Adjustment[];
  readonly total: Rational;
  /** Null for no share. */
  readonly shared: SharedAdjustment | null;
}

/** What a share gave out and gives out now. The adjustments of its column add up to the difference. */
export interface SharedAdjustment {
  readonly paid: Rational;
  readonly earlier: Rational;
  readonly now: Rational;
  readonly difference: Rational;
  /** What could not be given out of its pools, then and now. */
  readonly unallocated: { readonly paid: Rational; readonly now: Rational };
}

export interface RunAdjustments {
  readonly run: string;
  readonly asOf: string;
  readonly columns: readonly ColumnAdjustments[];
}

/** The columns that a run and its adjustments paid into, or that its period would pay into now. */
export function adjustableColumns(
  paid: PaidAmounts,
  now: Pick<Side, 'program'>,
  earlier: EarlierAmounts,
): readonly ColumnName[] {
  const found = new Map<string, ColumnName>();
  for (const column of [...payColumns([now]), ...paid.columns, ...earlier.columns])
    if (!found.has(columnId(column))) found.set(columnId(column), column);
  return [...found.values()];
}

/** The supplements to a paid run: what its period comes to now, less what was paid and adjusted, person by person. */
export function adjustments(
  paid: PaidAmounts,
  now: Side,
  columns: readonly ColumnName[],
  earlier: EarlierAmounts = NOTHING_EARLIER,
): RunAdjustments {
  return {
    run: paid.run,
    asOf: paid.asOf,
    columns: columns.map((column) => columnAdjustments(paid, now, column, earlier)),
  };
}

function columnAdjustments(
  paid: PaidAmounts,
  now: Side,
  name: ColumnName,
  earlier: EarlierAmounts,
): ColumnAdjustments {
  const { program, workbook, results } = now;
  const table = tableIndex(program, name.table);
  const column = program.columns.findIndex(
    (c) => c.table === table && foldName(c.name) === foldName(name.column),
  );
  const before: KeyedAmounts = paid.amounts(name) ?? new Map();
  const given = earlier.amounts(name);
  const seen = new Set<string>();
  const rows: Adjustment[] = [];
  const put = (id: string, keyField: string, is: Rational | null): void => {
    if (seen.has(id)) return;
    seen.add(id);
    const was = before.get(id)?.amount ?? null;
    const had = given.get(id)?.amount ?? ZERO;
    const adjustment = subtract(subtract(is ?? ZERO, was ?? ZERO), had);
    if (sign(adjustment) === 0) return;
    rows.push({ key: fieldText(keyField), keyField, paid: was, earlier: had, now: is, adjustment });
  };
  for (const row of results.tables[table]?.rows ?? []) {
    const field = valueField(keyValue(program, workbook, table, row));
    const value = column < 0 ? undefined : results.columns[column]?.at(row);
    put(foldText(field), field, value?.kind === 'number' ? value.value : null);
  }
  for (const list of [before, given]) for (const [id, { key }] of list) put(id, key, null);
  return {
    ...name,
    rows,
    total: rows.reduce((sum, { adjustment }) => add(sum, adjustment), ZERO),
    shared: sharedOf(paid, now, name, table, earlier),
  };
}

function sharedOf(
  paid: PaidAmounts,
  { program, results }: Side,
  name: ColumnName,
  table: number,
  earlier: EarlierAmounts,
): SharedAdjustment | null {
  const before = paid.given(name.column, name.table);
  let after: Given | null = null;
  for (const result of results.shares) {
    const found = program.shares[result.share];
    if (found?.table !== table || foldName(found.name) !== foldName(name.column)) continue;
    after = plus(after, result);
  }
  const had = earlier.shared(name);
  if (before === null && after === null && sign(had) === 0) return null;
  const [was, is] = [before?.shared ?? ZERO, after?.shared ?? ZERO];
  return {
    paid: was,
    earlier: had,
    now: is,
    difference: subtract(subtract(is, was), had),
    unallocated: { paid: before?.unallocated ?? ZERO, now: after?.unallocated ?? ZERO },
  };
}

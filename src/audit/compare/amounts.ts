import { foldName } from '../../../grammar/tree.ts';
import { compareKeys } from '../../engine/plain/index.ts';
import { columnValue } from '../../exact/column.ts';
import { type Rational, subtract, ZERO } from '../../exact/rational.ts';
import { exactValueText } from '../../exact/text.ts';
import { foldText, type Value } from '../../exact/value.ts';
import type { Problem } from '../../problems/problem.ts';
import { cellOf } from '../../rules/keys.ts';
import type { SheetTable } from '../../workbook/port.ts';
import { type ColumnComparison, comparisonOf, groupReader, tableIndex } from './compare.ts';
import { keyIdentity, type Side } from './sides.ts';
import type { ColumnName } from './split.ts';

/** Amounts of an old payroll by key as people read it, in lower case: `7` and `"7"` are one, as files mix them up. */
export interface OldAmounts {
  readonly amounts: ReadonlyMap<string, { readonly key: string; readonly amount: Rational }>;
  readonly problems: readonly Problem[];
}

export type FoundAmounts =
  | ({ readonly kind: 'amounts' } & OldAmounts)
  /** No table has such a column; what there is. */
  | { readonly kind: 'unknown'; readonly name: string; readonly there: readonly string[] };

/** Reads a column of amounts; `keyColumn` null: the first column of the table that has it. */
export function oldAmounts(
  tables: readonly SheetTable[],
  name: string,
  keyColumn: string | null,
): FoundAmounts {
  const find = (table: SheetTable, heading: string) =>
    table.columns.findIndex((column) => foldName(column.heading) === foldName(heading));
  const table = tables.find(
    (one) => find(one, name) >= 0 && (keyColumn === null || find(one, keyColumn) >= 0),
  );
  if (table === undefined) {
    const there = tables.flatMap(({ columns }) => columns.map(({ heading }) => heading));
    const unknown = keyColumn !== null && tables.some((one) => find(one, name) >= 0) ? keyColumn : name;
    return { kind: 'unknown', name: unknown, there };
  }
  const column = find(table, name);
  const keyAt = keyColumn === null ? 0 : find(table, keyColumn);
  const amounts = new Map<string, { key: string; amount: Rational }>();
  const first = new Map<string, number>();
  const problems: Problem[] = [];
  for (let row = 0; row < table.rows; row++) {
    const key = cellValueOf(table, keyAt, row);
    const value = cellValueOf(table, column, row);
    const error = { severity: 'error', at: cellOf(table, column, row) } as const;
    if (key === null || key.kind === 'blank') {
      // A line of totals has no key; one with a key that can't be read has.
      if (key === null)
        problems.push({ ...error, code: 'cell-error', value: '', at: cellOf(table, keyAt, row) });
      continue;
    }
    const text = exactValueText(key);
    const id = foldText(text);
    const before = first.get(id);
    if (before !== undefined) {
      problems.push({
        severity: 'error',
        code: 'duplicate-key',
        table: table.name,
        first: cellOf(table, keyAt, before),
        at: cellOf(table, keyAt, row),
        key: text,
      });
      continue;
    }
    first.set(id, row);
    if (value === null) problems.push({ ...error, code: 'cell-error', value: '', key: text });
    else if (value.kind === 'number') amounts.set(id, { key: text, amount: value.value });
    else if (value.kind !== 'blank')
      problems.push({
        ...error,
        code: 'type-mismatch',
        expected: 'number',
        found: value.kind,
        value: exactValueText(value),
        key: text,
      });
  }
  return { kind: 'amounts', amounts, problems };
}

function cellValueOf(table: SheetTable, column: number, row: number): Value | null {
  const data = table.columns[column]?.data;
  return data === undefined ? null : columnValue(data, row);
}

/** A column against amounts from elsewhere: those are before. Nobody knows their reasons. */
export function compareAmounts(
  side: Side,
  name: ColumnName,
  { amounts }: OldAmounts,
  group: string | null,
): ColumnComparison {
  const { program, workbook, results } = side;
  const table = tableIndex(program, name.table);
  const column = program.columns.findIndex(
    (c) => c.table === table && foldName(c.name) === foldName(name.column),
  );
  const groupOf = group === null ? null : groupReader([side], name.table, group);
  const seen = new Set<string>();
  const keyData = workbook.tables[table]?.columns[program.tables[table]?.key ?? 0]?.data;
  const rows = Array.from(results.tables[table]?.rows ?? [], (row) => {
    const key = (keyData === undefined ? null : columnValue(keyData, row)) ?? ({ kind: 'blank' } as const);
    const text = exactValueText(key);
    const before = amounts.get(foldText(text))?.amount ?? null;
    seen.add(foldText(text));
    const value = results.columns[column]?.at(row);
    const after = value?.kind === 'number' ? value.value : null;
    const identity = keyIdentity(program, workbook, table, row);
    return {
      value: key,
      key: text,
      before,
      after,
      group: groupOf?.(identity) ?? (group === null ? null : ''),
    };
  });
  const gone = [...amounts].flatMap(([id, { key, amount }]) =>
    seen.has(id)
      ? []
      : [
          {
            value: { kind: 'text', value: key } as const,
            key,
            before: amount,
            after: null,
            group: group === null ? null : '',
          },
        ],
  );
  const all = [...rows, ...gone]
    .sort((a, b) =>
      a.value.kind === 'blank' || b.value.kind === 'blank' ? 0 : compareKeys(a.value, b.value),
    )
    .map(({ value: _, ...row }) => ({
      ...row,
      difference: subtract(row.after ?? ZERO, row.before ?? ZERO),
      parts: null,
    }));
  return comparisonOf(name, all, group !== null);
}

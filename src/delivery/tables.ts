import { digestTable } from '../audit/digest.ts';
import { columnValue } from '../exact/column.ts';
import { exactValueText } from '../exact/text.ts';
import { foldText, type Value } from '../exact/value.ts';
import { keyTextAt } from '../rules/keys.ts';
import { foldName } from '../workbook/names.ts';
import type { BookReader, SheetTable } from '../workbook/port.ts';
import { type Changed, DeliveryRefused, EXAMPLES, type Payment } from './model.ts';
import type { PaidOut } from './paying.ts';

/** What a column of the table holds in the row of somebody who is paid. Refuses with a DeliveryRefused. */
export type Lookup = (payment: Payment, heading: string) => Value;

export interface Lookups {
  readonly lookup: Lookup;
  /** Rows of people that are otherwise now than in the run: what is looked up may be, too. */
  readonly changed: readonly Changed[];
}

/**
 * Looks into the tables whose rows were paid, as they are now: the run's record keeps of its inputs no more than digests.
 * Refuses with a DeliveryRefused, and with a BookError.
 */
export async function lookups(
  book: BookReader,
  paid: PaidOut,
  payments: readonly Payment[],
): Promise<Lookups> {
  const names = [...new Set(payments.map(({ table }) => table))];
  const { tables } = await book.read(names);
  const found = new Map(
    names.map((name) => {
      const table = tables.find((one) => foldName(one.name) === foldName(name));
      const kept = paid.verified.record?.inputs.find((one) => foldName(one.name) === foldName(name));
      const state = paid.verified.states.get(foldName(name));
      const heading = kept?.headings[kept.key];
      const column = table?.columns.find((one) => one.heading === heading);
      if (table === undefined || column === undefined)
        throw new DeliveryRefused({ kind: 'no-table', table: name });
      const rows = new Map<string, number>();
      const again = new Set<string>();
      for (let row = 0; row < table.rows; row++) {
        const key = foldText(keyTextAt(column.data, row));
        if (rows.has(key)) again.add(key);
        rows.set(key, row);
      }
      return [name, { table, rows, again, state }] as const;
    }),
  );
  const changed: Changed[] = [];
  for (const [name, { table, rows, again, state }] of found) {
    const own = payments.filter((payment) => payment.table === name);
    const members = [...new Set(own.map(({ member }) => member))];
    const refuse = (kind: 'no-row' | 'several-rows', those: readonly string[]): void => {
      if (those.length === 0) return;
      const some = those.slice(0, EXAMPLES);
      throw new DeliveryRefused({ kind, table: name, count: those.length, members: some });
    };
    refuse(
      'no-row',
      members.filter((member) => !rows.has(foldText(member))),
    );
    refuse(
      'several-rows',
      members.filter((member) => again.has(foldText(member))),
    );
    if (state === undefined) continue;
    const was = new Map(state.keys.map((key, i) => [foldText(key), state.rows[i]]));
    const now = digestTable(table).rows;
    const other = members.filter(
      (member) => now[rows.get(foldText(member)) ?? -1] !== was.get(foldText(member)),
    );
    if (other.length > 0)
      changed.push({ table: name, count: other.length, members: other.slice(0, EXAMPLES) });
  }
  const columns = new Map<string, SheetTable['columns'][number]>();
  function columnOf(table: SheetTable, heading: string): SheetTable['columns'][number] {
    const id = `${table.name}\n${heading}`;
    const known = columns.get(id) ?? table.columns.find((one) => foldName(one.heading) === foldName(heading));
    if (known === undefined)
      throw new DeliveryRefused({
        kind: 'unknown-heading',
        table: table.name,
        heading,
        known: table.columns.map((one) => one.heading),
      });
    columns.set(id, known);
    return known;
  }
  return {
    changed,
    lookup({ table: name, member }, heading) {
      const one = found.get(name);
      if (one === undefined) throw new DeliveryRefused({ kind: 'no-table', table: name });
      const row = one.rows.get(foldText(member)) ?? -1;
      const { data } = columnOf(one.table, heading);
      const value = columnValue(data, row);
      if (value !== null) return value;
      const error = data.texts[data.payload[row] ?? 0] ?? '';
      throw new DeliveryRefused({ kind: 'error-value', table: one.table.name, heading, member, error });
    },
  };
}

/** A value of a table as a word: a department's name or number. */
export const wordOf = (value: Value): string => exactValueText(value).trim();

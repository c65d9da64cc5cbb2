import { digestTable } from '../audit/digest.ts';
import { inputsText, nextRow } from '../audit/ledger.ts';
import { type Doer, type Plan, planned, type Refusal, writableLedger } from '../audit/pay.ts';
import type { BookStore } from '../workbook/port.ts';
import type { Refreshed } from './refresh.ts';

/** What writing a refresh does, all in one go: the tables' rows, and a row of the ledger that says so. */
export async function planRefresh(
  book: BookStore,
  { report, tables, next }: Extract<Refreshed, { readonly kind: 'staged' }>,
  { by, time, key }: Doer,
): Promise<Plan | Refusal> {
  const found = await writableLedger(book, by);
  if (found.kind !== 'ledger') return found;
  const note = report.tables
    .filter(({ table }) => tables.some((one) => one.table === table))
    .map(
      ({ table, kind, added, changed, removed }) =>
        `${table} from ${kind}: ${added} added, ${changed} changed, ${removed} removed`,
    )
    .join('; ');
  const row = nextRow(found.ledger, {
    Time: time,
    By: by.trim(),
    Event: 'refreshed',
    Inputs: inputsText(next.map((table) => [table.name, digestTable(table).digest])),
    Note: note,
  });
  return planned(found.ledger, row, key, { tables });
}

import { columnValue, type SheetColumn } from '../exact/column.ts';
import { exactValueText } from '../exact/text.ts';
import type { OutputCell, OutputColumn, OutputSheet, SheetTable } from '../workbook/port.ts';
import { field, line } from './canonical.ts';
import { digestText } from './digest.ts';

export const LEDGER_SHEET = 'Allot Ledger';

/** The columns of the ledger in the order in which a row is digested. */
export const HEADINGS = [
  'Number',
  'Time',
  'As of',
  'By',
  'Event',
  'Rules',
  'Inputs',
  'Results',
  'Totals',
  'Record',
  'Statements',
  'Note',
  'Previous',
  'Digest',
  'Signature',
] as const;

export type Heading = (typeof HEADINGS)[number];
export type LedgerCells = Readonly<Record<Heading, string>>;

/**
 * What a row says happened. `draft`: a proposal was withdrawn; `adjusted`: supplements to a locked run were paid;
 * `refreshed`: tables got rows from their sources; `delivered`: a destination has the amounts of a run or an adjustment.
 */
export const EVENTS = [
  'paid',
  'locked',
  'approved',
  'proposed',
  'draft',
  'adjusted',
  'refreshed',
  'delivered',
] as const;
export type LedgerEvent = (typeof EVENTS)[number];

export interface LedgerRow {
  readonly cells: LedgerCells;
  /** Row of the sheet, from 1. */
  readonly sheetRow: number;
}

export interface Ledger {
  /** In sheet order. */
  readonly rows: readonly LedgerRow[];
  /** The sheet; null where there is none. */
  readonly table: SheetTable | null;
  /** Columns that a ledger has and this one lacks. */
  readonly lacking: readonly Heading[];
}

/** What `Previous` says in the first row. */
export const NO_DIGEST = '0'.repeat(64);

/** Reads the ledger's sheet; null where the workbook has none. */
export function readLedger(table: SheetTable | null): Ledger {
  if (table === null) return { rows: [], table, lacking: [] };
  const columns = new Map(table.columns.map(({ heading, data }) => [heading, data]));
  const lacking = HEADINGS.filter((heading) => !columns.has(heading));
  const rows = Array.from({ length: table.rows }, (_, row): LedgerRow => {
    const cells = cellsOf((heading) => cellText(columns.get(heading), row));
    return { cells, sheetRow: table.sheetRows[row] ?? 0 };
  });
  return { rows, table, lacking };
}

/** A cell as text: an Excel error value shows itself. */
function cellText(column: SheetColumn | undefined, row: number): string {
  if (column === undefined) return '';
  const value = columnValue(column, row);
  return value === null ? (column.texts[column.payload[row] ?? 0] ?? '') : exactValueText(value);
}

export function cellsOf(text: (heading: Heading) => string): LedgerCells {
  return {
    Number: text('Number'),
    Time: text('Time'),
    'As of': text('As of'),
    By: text('By'),
    Event: text('Event'),
    Rules: text('Rules'),
    Inputs: text('Inputs'),
    Results: text('Results'),
    Totals: text('Totals'),
    Record: text('Record'),
    Statements: text('Statements'),
    Note: text('Note'),
    Previous: text('Previous'),
    Digest: text('Digest'),
    Signature: text('Signature'),
  };
}

/** What a row's `Digest` is the digest of. */
export function rowText(cells: LedgerCells): string {
  const lines = HEADINGS.filter((heading) => heading !== 'Digest' && heading !== 'Signature').map((heading) =>
    line([heading, field(cells[heading])]),
  );
  return line(['allot-ledger-1']) + lines.join('');
}

export const rowDigest = (cells: LedgerCells): string => digestText(rowText(cells));

/** What a new row says, but for its number and its place in the chain. */
export type NewRow = Partial<Omit<LedgerCells, 'Number' | 'Previous' | 'Digest' | 'Signature' | 'Event'>> & {
  readonly Event: LedgerEvent;
};

/** The row that comes after these, with its digest and no signature yet. */
export function nextRow({ rows }: Ledger, row: NewRow): LedgerCells {
  const open = cellsOf((heading) => {
    if (heading === 'Number') return String(rows.length + 1);
    if (heading === 'Previous') return rows.at(-1)?.cells.Digest ?? NO_DIGEST;
    if (heading === 'Digest' || heading === 'Signature') return '';
    return row[heading] ?? '';
  });
  return { ...open, Digest: rowDigest(open) };
}

const WIDTHS: Readonly<Record<Heading, number>> = {
  Number: 8,
  Time: 22,
  'As of': 12,
  By: 16,
  Event: 10,
  Rules: 20,
  Inputs: 20,
  Results: 20,
  Totals: 32,
  Record: 20,
  Statements: 20,
  Note: 32,
  Previous: 20,
  Digest: 20,
  Signature: 20,
};

/** The ledger with one row more. What others put into columns of their own beside it stays. */
export function ledgerSheet({ rows, table }: Ledger, added: LedgerCells): OutputSheet {
  const own: readonly string[] = HEADINGS;
  const further = table?.columns.filter(({ heading }) => !own.includes(heading)) ?? [];
  const columns = [
    ...HEADINGS.map((heading): OutputColumn => ({ heading, width: WIDTHS[heading] })),
    ...further.map(({ heading }): OutputColumn => ({ heading, width: 16 })),
  ];
  const text = (value: string): OutputCell => (value === '' ? { kind: 'blank' } : { kind: 'text', value });
  const cells = (row: LedgerCells): readonly OutputCell[] => HEADINGS.map((heading) => text(row[heading]));
  return {
    name: LEDGER_SHEET,
    columns,
    rows: [
      ...rows.map((row, i) => [
        ...cells(row.cells),
        ...further.map(({ data }) => columnValue(data, i) ?? text(cellText(data, i))),
      ]),
      cells(added),
    ],
  };
}

/** `Staff=<digest> Tickets=<digest>`: the digest of each table that the rules speak of; `:names` for defined names. */
export function inputsText(inputs: readonly (readonly [name: string, digest: string])[]): string {
  return inputs.map(([name, digest]) => `${name}=${digest}`).join(' ');
}

/** The same the other way. A name may have spaces and `=` in it. */
export function inputsOf(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', digest = ''] of text.matchAll(/(\S.*?)=([0-9a-f]{64})(?= |$)/g))
    found.set(name, digest);
  return found;
}

/** What stands for the defined names among the tables: no sheet or table can be called so. */
export const NAMES_INPUT = ':names';

/** Rows of an event. */
export function rowsOf(ledger: Ledger, event: LedgerEvent): readonly LedgerRow[] {
  return ledger.rows.filter(({ cells }) => cells.Event === event);
}

/** The number of the run that a `locked` row locks; null for any other row. */
export function lockedRun({ Event, Note }: LedgerCells): string | null {
  return Event === 'locked' ? (/^run (\d+)$/.exec(Note)?.[1] ?? null) : null;
}

/** The number of the run that an `adjusted` row adjusts; null for any other row. */
export function adjustedRun({ Event, Note }: LedgerCells): string | null {
  return Event === 'adjusted' ? (/^run (\d+)(?:; |$)/.exec(Note)?.[1] ?? null) : null;
}

/** What a `delivered` row says: the number of the run or adjustment, to whom, and where that was; null for any other row. */
export function deliveredTo({
  Event,
  Note,
}: LedgerCells): { readonly run: string; readonly name: string; readonly where: string } | null {
  if (Event !== 'delivered') return null;
  const found = /^(?:run|adjustment) (\d+) to (.+): \d+ amounts? by ([a-z]+ .*)$/s.exec(Note);
  return found === null ? null : { run: found[1] ?? '', name: found[2] ?? '', where: found[3] ?? '' };
}

/** A delivered run of a period (an as-of date such as 2026-03-31), and to whom; null where none was. */
export function deliveredIn(
  ledger: Ledger,
  asOf: string,
): { readonly run: string; readonly name: string } | null {
  for (const { cells } of rowsOf(ledger, 'delivered')) {
    const to = cells['As of'] === asOf ? deliveredTo(cells) : null;
    if (to !== null) return { run: to.run, name: to.name };
  }
  return null;
}

/** The row that locks a period (an as-of date such as 2026-03-31), if one does. */
export function lockOf(ledger: Ledger, asOf: string): LedgerRow | null {
  return ledger.rows.find(({ cells }) => cells.Event === 'locked' && cells['As of'] === asOf) ?? null;
}

/** The name of the part that keeps the record of a paid run. */
export const recordName = (run: string | number): string => `record-${run}`;

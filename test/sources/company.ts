import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { scratch } from '../cli/files.ts';
import { said } from '../cli/inProcess.ts';
import { type SourceRow, smallBook } from './books.ts';

/** The in-process command line says that today is 2026-03-31. */
export const TABLES = {
  Staff: ['Id Name Base', 'E1|Anna|#5000', 'E2|Bo|#4500.5', 'E3|Cy|#4000.25'],
  Tickets: [
    'Ticket Engineer Opened Hours Pay',
    'T1|E1|2026-02-03|#1.5|#100',
    'T2|E2|2026-02-10|#2|#200',
    'T3|E3|2026-02-20|#4|#150',
  ],
  Complaints: ['Complaint TicketNo', 'C1|T1', 'C2|?', 'C3|T9'],
} as const;

export const RULES = [
  'table Staff key Id',
  'table Tickets key Ticket where date(Opened) > eomonth(as_of, -1) and date(Opened) <= as_of',
  '  Engineer in Staff',
  '# A complaint and the ticket it became.',
  'table Complaints key Complaint',
  '  TicketNo in Tickets',
  'pool = 100.5',
  'each Staff',
  '  worked = sum(Tickets[Pay] where Tickets[Engineer] = [@Id])',
  'share pool among Staff where worked > 0 by worked as reward',
];

export interface Done {
  readonly file: string;
  readonly before: Buffer;
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Refreshes Tickets (or another table) of a small book from a CSV. */
export async function refresh(
  csv: string,
  { table = 'Tickets', mode = 'merge', options = '', mapping = '', kind = 'csv' }: Partial<SourceRow> = {},
  more: readonly string[] = [],
  language = 'en',
): Promise<Done> {
  const folder = scratch();
  writeFileSync(path.join(folder, 'in.csv'), csv);
  const file = smallBook(
    folder,
    TABLES,
    [{ table, kind, location: 'in.csv', mode, options, mapping }],
    RULES,
  );
  const before = readFileSync(file);
  return { file, before, ...(await said(['refresh', file, ...more], language)) };
}

export const HEAD = 'ticket,engineer,opened,hours,pay\n';

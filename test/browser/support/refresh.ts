import { readFileSync } from 'node:fs';
import { buildWorkbook } from '../../../src/workbook/xlsx/build.ts';
import { scratch } from '../../cli/files.ts';
import { cell, smallBook } from '../../sources/books.ts';
import { HEAD, RULES, TABLES } from '../../sources/company.ts';

const SOURCES = [
  {
    table: 'Tickets',
    kind: 'csv',
    location: 'exports/tickets 2026-03.csv',
    note: 'on the first of the month',
  },
  { table: 'Staff', kind: 'workbook', location: 'exports/people.xlsx#Staff', mode: 'merge' },
  { table: 'Complaints', kind: 'rest', location: 'https://api.example.com/complaints?since=2026' },
];

export interface Upload {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

export const csv = (name: string, text: string): Upload => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(text),
});

/** People as another program exports them: Anna earns more, Di is new. */
export const PEOPLE: Upload = {
  name: 'people.xlsx',
  mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  buffer: Buffer.from(
    buildWorkbook({
      sheets: [
        {
          kind: 'table',
          name: 'Staff',
          columns: ['id', 'name', 'base'].map((heading) => ({ heading, width: 8 })),
          rows: [
            ['E1', 'Anna', '#5600'],
            ['E4', 'Di', '#4100'],
          ].map((row) => row.map(cell)),
        },
      ],
    }),
  ),
};

/** T1 has another amount, T2 stays, T3 is gone, T4 is new. */
export const TICKETS = csv(
  'tickets_2026-04.csv',
  `${HEAD}T1,E1,2026-02-03,1.5,110\nT2,E2,2026-02-10,2,200\nT4,E4,2026-03-05,1,120\n`,
);

export function book(): { readonly file: string; readonly bytes: Uint8Array } {
  const clean = { ...TABLES, Complaints: ['Complaint TicketNo', 'C1|T1'] };
  const file = smallBook(scratch(), clean, SOURCES, RULES);
  return { file, bytes: readFileSync(file) };
}

/** Words of a test in the pane's languages. */
export const EN = {
  run: 'Run',
  open: 'Refresh tables from files',
  page: 'Refresh',
  choose: 'Choose files …',
  tickets: 'File for Tickets',
  staff: 'File for Staff',
  check: 'Show what changes',
  name: 'Your name',
  write: 'Replace and merge …',
  writeNow: 'Replace and merge',
  done: 'Refreshed Tickets, Staff, in row 1 of the ledger.',
  cancel: 'Cancel',
};
export const ZH: typeof EN = {
  run: '计算',
  open: '从文件刷新数据表',
  page: '刷新',
  choose: '选择文件 …',
  tickets: 'Tickets 的文件',
  staff: 'Staff 的文件',
  check: '查看变化',
  name: '经办人',
  write: '替换并合并 …',
  writeNow: '替换并合并',
  done: '已刷新 Tickets、Staff，记入台账第 1 号。',
  cancel: '取消',
};

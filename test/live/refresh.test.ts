import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { verifyBook } from '../../src/audit/index.ts';
import { createCalculator } from '../../src/live/calculator.ts';
import { createSession } from '../../src/live/createSession.ts';
import { directHandle } from '../../src/live/handle.ts';
import { openSources, stageFiles, writeFiles } from '../../src/live/refreshed.ts';
import type { Session } from '../../src/live/session.ts';
import { excelBook } from '../../src/workbook/excel/book.ts';
import type { LiveBook } from '../../src/workbook/live.ts';
import { readXlsx } from '../../src/workbook/xlsx/book.ts';
import { xlsxLiveBook } from '../../src/workbook/xlsx/live.ts';
import { plainBytes } from '../contract/plainBytes.ts';
import { type PlainBook, type PlainCell, plainRows } from '../contract/workbookContract.ts';
import { SOURCE_HEADINGS } from '../sources/books.ts';
import { fakeRoom } from '../support/fakeOffice/room.ts';
import { headless } from '../workbook/univer/headless.ts';
import { day } from './parts.ts';

const grids = headless();
const sessions: Session[] = [];
afterEach(() => {
  for (const session of sessions.splice(0)) session.close();
});
afterAll(() => grids.close());

const t = (text: string): PlainCell => ({ t: text });
const n = (text: string): PlainCell => ({ n: text });
const d = (text: string): PlainCell => ({ d: text });
const source = (table: string, location: string, mode: string): readonly PlainCell[] =>
  [table, 'csv', location, '', '', '', mode, ''].map((text) => (text === '' ? null : t(text)));

const BOOK: PlainBook = {
  tables: [
    {
      name: 'Staff',
      headings: ['Id', 'Base'],
      rows: [
        [t('E1'), n('5000')],
        [t('E2'), n('4500.5')],
      ],
    },
    {
      name: 'Tickets',
      headings: ['Ticket', 'Engineer', 'Opened', 'Pay'],
      rows: [
        [t('T1'), t('E1'), d('2026-02-03'), n('100')],
        [t('T2'), t('E2'), d('2026-02-10'), n('200')],
      ],
    },
    {
      name: 'Sources',
      headings: SOURCE_HEADINGS,
      rows: [source('Tickets', 'exports/tickets.csv', 'replace'), source('Staff', 'staff.csv', 'merge')],
    },
  ],
  names: [],
  rules: [
    'table Staff key Id',
    'table Tickets key Ticket',
    '  Engineer in Staff',
    'each Staff',
    '  worked = sum(Tickets[Pay] where Tickets[Engineer] = [@Id])',
  ].map((line) => ({ depth: line.startsWith('  ') ? 1 : 0, text: line.trim() })),
};

const csv = (table: string, text: string) => ({
  table,
  name: `${table}.csv`,
  bytes: new TextEncoder().encode(text),
});
/** T1 is dearer, T2 gone, T3 and E3 are new. */
const ASKED = {
  files: [
    csv('Tickets', 'ticket,engineer,opened,pay\nT3,E3,2026-03-01,30.25\nT1,E1,2026-02-03,110\n'),
    csv('Staff', 'id,base\nE3,4100\n'),
  ],
  today: day('2026-03-31'),
};
const DOER = { by: 'Finance A', time: '2026-04-01T08:00:00Z' };

const HOSTS: Readonly<Record<string, () => Promise<LiveBook>>> = {
  Excel: async () => excelBook(fakeRoom(BOOK).office.globals),
  'the grid': async () => (await grids.open(plainBytes(BOOK), 'book.xlsx')).book,
  'the bytes of a file': async () => xlsxLiveBook(plainBytes(BOOK), 'book.xlsx'),
};

async function opened(make: () => Promise<LiveBook>): Promise<Session> {
  const book = await make();
  const session = createSession(book, directHandle(createCalculator()), { delay: 0, today: ASKED.today });
  sessions.push(session);
  await session.setAsOf(ASKED.today);
  return session;
}

async function rowsOf({ book }: Session, table: string): Promise<unknown> {
  const [found] = (await (await book.open()).read([table])).tables;
  return found && plainRows(found);
}

async function staged(session: Session) {
  const answer = await stageFiles(session, ASKED, 'en', {});
  if (answer.kind !== 'staged') throw new Error(answer.kind);
  return answer;
}

describe.each(Object.entries(HOSTS))('tables from files in %s', (_, make) => {
  test('are staged, then written in one go with a row of the ledger', async () => {
    const session = await opened(make);
    const { sheet, sources, issues } = await openSources(session, 'en');
    expect([sheet, sources.map(({ table, file }) => [table, file]), issues]).toEqual([
      'Sources',
      [
        ['Tickets', 'tickets.csv'],
        ['Staff', 'staff.csv'],
      ],
      [],
    ]);
    const before = await rowsOf(session, 'Tickets');
    const answer = await staged(session);
    expect(answer).toMatchObject({ verdict: 'ready', issues: [] });
    expect(answer.tables.map(({ said }) => said)).toEqual([
      '2 rows came: 1 new, 1 changed, 1 removed',
      '1 row came: 1 new, 0 changed, 0 removed',
    ]);
    expect(await rowsOf(session, 'Tickets')).toEqual(before);

    const done = await writeFiles(session, ASKED, answer.agreed, DOER);
    expect(done).toMatchObject({ kind: 'done', number: '1' });
    expect(await rowsOf(session, 'Tickets')).toEqual([
      [t('T1'), t('E1'), d('2026-02-03'), n('110')],
      [t('T3'), t('E3'), d('2026-03-01'), n('30.25')],
    ]);
    expect(await rowsOf(session, 'Staff')).toEqual([
      [t('E1'), n('5000')],
      [t('E2'), n('4500.5')],
      [t('E3'), n('4100')],
    ]);
    const ledger = await session.book.ours('Allot Ledger');
    expect(ledger && plainRows(ledger)[0]?.slice(3, 5)).toEqual([t('Finance A'), t('refreshed')]);
    // What was written is what comes again: there is nothing more to do.
    expect(await staged(session)).toMatchObject({ verdict: 'unchanged' });
    expect((await writeFiles(session, ASKED, answer.agreed, DOER)).kind).toBe('results-changed');
  });

  test('are left alone where the workbook is not what was agreed to, or nobody does it', async () => {
    const session = await opened(make);
    const { agreed } = await staged(session);
    const other = { ...ASKED, files: ASKED.files.slice(1) };
    expect((await writeFiles(session, other, agreed, DOER)).kind).toBe('results-changed');
    expect((await writeFiles(session, ASKED, agreed, { ...DOER, by: ' ' })).kind).toBe('no-name');
    expect(await rowsOf(session, 'Tickets')).toEqual(BOOK.tables[1]?.rows);
    expect(await session.book.ours('Allot Ledger')).toBeNull();
  });
});

test('what the grid saves after it holds the rows, and verifies', async () => {
  const session = await opened(HOSTS['the grid'] ?? (() => Promise.reject()));
  const { agreed } = await staged(session);
  await writeFiles(session, ASKED, agreed, DOER);
  const saved = readXlsx(await session.book.bytes(), 'saved.xlsx');
  const { tables } = await saved.read(['Tickets', 'Staff']);
  expect(tables.map((table) => plainRows(table).length)).toEqual([3, 2]);
  const shapes = saved.structure.sheets.flatMap((one) =>
    one.tables.map(({ name, area }) => [name, area.bottom]),
  );
  expect(Object.fromEntries(shapes)).toMatchObject({ Staff: 4, Tickets: 3 });
  const { findings } = await verifyBook(saved);
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
});

import { readFileSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { integer } from '../../../src/exact/rational.ts';
import { act, openLedgerView, verify } from '../../../src/live/audit.ts';
import { createCalculator } from '../../../src/live/calculator.ts';
import { createSession } from '../../../src/live/createSession.ts';
import { directHandle } from '../../../src/live/handle.ts';
import type { Session } from '../../../src/live/session.ts';
import { excelBook } from '../../../src/workbook/excel/book.ts';
import type { LiveBook } from '../../../src/workbook/live.ts';
import { readXlsx } from '../../../src/workbook/xlsx/book.ts';
import { xlsxLiveBook } from '../../../src/workbook/xlsx/live.ts';
import { type PlainCell, plain, plainRows } from '../../contract/workbookContract.ts';
import { fakeRoom } from '../../support/fakeOffice/room.ts';
import { headless } from '../../workbook/univer/headless.ts';

const BYTES = readFileSync('samples/small.xlsx');
const MARCH = Date.UTC(2026, 2, 31);
const WANG = { by: 'Wang Li', time: '2026-04-08T09:00:00Z' };
const ZHAO = { by: 'Zhao Min', time: '2026-04-09T09:00:00Z' };
const PAY = { kind: 'pay', asOf: MARCH, override: null, language: 'en' } as const;

const grids = headless();
const sessions: Session[] = [];
afterEach(() => {
  for (const session of sessions.splice(0)) session.close();
});
afterAll(() => grids.close());

interface Opened {
  readonly book: LiveBook;
  /** Types a number into a cell. */
  readonly type: (sheet: string, row: number, column: number, value: number) => Promise<void>;
}

const HOSTS: Readonly<Record<string, () => Promise<Opened>>> = {
  async memory() {
    const book = xlsxLiveBook(BYTES, 'small.xlsx');
    return {
      book,
      type: (sheet, row, column, value) =>
        book.edit([{ sheet, row, column, value: { kind: 'number', value: integer(value) } }]),
    };
  },
  async grid() {
    const { book, loaded } = await grids.open(BYTES, 'small.xlsx');
    const facade = grids.api.getWorkbook(loaded.data.id);
    return {
      book,
      type: async (sheet, row, column, value) => {
        facade
          ?.getSheetByName(sheet)
          ?.getRange(row - 1, column - 1)
          .setValue({ v: value, t: 2 });
      },
    };
  },
  async Excel() {
    const file = readXlsx(BYTES, 'small.xlsx');
    const { tables, names, rules } = await file.read();
    const { office, room } = fakeRoom({
      tables: tables.map((table) => ({
        name: table.name,
        headings: table.columns.map(({ heading }) => heading),
        rows: plainRows(table) as PlainCell[][],
      })),
      names: names.map(({ name, value }) => ({ name, value: plain(value) as PlainCell })),
      rules: rules.map(({ depth, text }) => ({ depth, text })),
    });
    const { book, type } = room(excelBook(office.globals));
    return {
      book,
      type: (sheet, row, column, value) => type({ sheet, row, column }, { n: String(value) }),
    };
  },
};

async function opened(book: LiveBook): Promise<Session> {
  const session = createSession(book, directHandle(createCalculator()), { delay: 0, today: MARCH });
  sessions.push(session);
  await session.setAsOf(MARCH);
  return session;
}

describe.each(Object.keys(HOSTS))('in the host %s', (host) => {
  test('March is paid, verified, locked; a ticket that is changed is found', async () => {
    const { book, type } = await (HOSTS[host]?.() ?? Promise.reject(new Error(host)));
    const session = await opened(book);
    const empty = await openLedgerView(session, 'en');
    expect(empty).toMatchObject({
      rows: [],
      anchor: null,
      broken: [],
      locked: {},
      status: { kind: 'unused' },
    });
    const done = await act(session, PAY, WANG, session.state.outcome);
    expect(done).toMatchObject({ kind: 'done', number: '1' });
    const view = await openLedgerView(session, 'en');
    expect(view.rows).toEqual([
      expect.objectContaining({
        number: '1',
        asOf: '2026-03-31',
        by: 'Wang Li',
        time: '2026-04-08T09:00:00Z',
        event: 'paid',
        totals: [{ share: 'reward', amount: '1265.34' }],
        lockable: true,
        at: { sheet: 'Allot Ledger', row: 2, column: 1 },
      }),
    ]);
    const good = await verify(session, { anchor: view.anchor, key: null }, 'en');
    expect(good).toMatchObject({ errors: 0, findings: [], more: 0 });
    expect(await verify(session, { anchor: 'allot:1', key: null }, 'en')).toEqual({ kind: 'bad-anchor' });

    await type('Tickets', 3, 5, 2);
    const bad = await verify(session, { anchor: null, key: null }, 'en');
    if (bad.kind !== 'verified') throw new Error(bad.kind);
    expect(bad.errors).toBe(1);
    expect(bad.findings).toEqual([
      {
        severity: 'error',
        text: expect.stringContaining('“Tickets” changed since run 1'),
        at: expect.anything(),
      },
    ]);
    expect(bad.findings[0]?.at).toMatchObject({ sheet: 'Tickets', row: 3 });

    expect(await act(session, { kind: 'lock', run: '1' }, ZHAO, null)).toMatchObject({
      kind: 'done',
      number: '2',
    });
    await session.settled();
    expect(await act(session, PAY, WANG, session.state.outcome)).toMatchObject({
      kind: 'period-locked',
      run: '1',
    });
    expect((await openLedgerView(session, 'en')).locked).toEqual({ '2026-03-31': '1' });
  }, 30_000);

  // The fake of Office.js has no files.
  test.skipIf(host === 'Excel')(
    'the paid workbook, saved and opened again, verifies',
    async () => {
      const { book } = await (HOSTS[host]?.() ?? Promise.reject(new Error(host)));
      const session = await opened(book);
      await act(session, PAY, WANG, session.state.outcome);
      const { anchor } = await openLedgerView(session, 'en');
      const again = await opened(xlsxLiveBook(await book.bytes(), 'paid.xlsx'));
      expect(await verify(again, { anchor, key: null }, 'en')).toMatchObject({ errors: 0, findings: [] });
    },
    30_000,
  );
});

describe('acts', () => {
  test('what was not agreed to is not paid', async () => {
    const book = xlsxLiveBook(BYTES, 'small.xlsx');
    const session = await opened(book);
    const seen = session.state.outcome;
    expect(await act(session, PAY, WANG, null)).toEqual({ kind: 'results-changed' });
    // Another commission in March makes another pool.
    const sales = (await (await book.open()).read(['Sales'])).tables[0];
    const column = sales?.columns.find(({ heading }) => heading === 'Commission')?.column ?? 0;
    const row = sales?.sheetRows[0] ?? 0;
    await book.edit([{ sheet: 'Sales', row, column, value: { kind: 'number', value: integer(77) } }]);
    expect(await act(session, PAY, WANG, seen)).toEqual({ kind: 'results-changed' });
    const february = { ...PAY, asOf: Date.UTC(2026, 1, 28) };
    expect(await act(session, february, WANG, session.state.outcome)).toEqual({ kind: 'no-results' });
    expect(await book.ours('Allot Ledger')).toBeNull();
  });

  test('rules are approved by another person than the one who proposed them', async () => {
    const session = await opened(xlsxLiveBook(BYTES, 'small.xlsx'));
    expect(await act(session, { kind: 'step', step: 'propose' }, WANG, null)).toMatchObject({ kind: 'done' });
    expect(await act(session, { kind: 'step', step: 'approve' }, WANG, null)).toMatchObject({
      kind: 'same-person',
    });
    expect(await act(session, PAY, WANG, session.state.outcome)).toMatchObject({ kind: 'unapproved' });
    expect(await act(session, { kind: 'step', step: 'approve' }, ZHAO, null)).toMatchObject({ kind: 'done' });
    expect((await openLedgerView(session, 'en')).said).toMatch(/approved by Zhao Min/);
    expect(await act(session, PAY, WANG, session.state.outcome)).toMatchObject({ kind: 'done', number: '3' });
  });

  test('what the workbook refuses comes out as it was', async () => {
    const book = xlsxLiveBook(BYTES, 'small.xlsx');
    const gone = new Error('the sheet is gone');
    const session = await opened({ ...book, ours: () => Promise.reject(gone) });
    await expect(openLedgerView(session, 'en')).rejects.toBe(gone);
  });
});

import { describe, expect, it } from 'vitest';
import { integer } from '../../../src/exact/rational.ts';
import { BookError } from '../../../src/workbook/bookError.ts';
import { excelBook } from '../../../src/workbook/excel/book.ts';
import type { OutputCell, OutputChart, OutputSheet, TableRow } from '../../../src/workbook/port.ts';
import { BOOK } from '../../contract/workbookContract.ts';
import type { FakeOffice } from '../../support/fakeOffice/index.ts';
import { fakeRoom } from '../../support/fakeOffice/room.ts';

/** Which part of the operations of the exchange that fails is carried out: Excel promises nothing. */
const EXECUTED = [0, 0.34, 0.67, 1];

const sheet = (name: string, headings: readonly string[], rows: number, base: number): OutputSheet => ({
  name,
  columns: headings.map((heading) => ({ heading, width: 10 })),
  rows: Array.from({ length: rows }, (_, i) =>
    headings.map((_heading, j) => ({ kind: 'number', value: integer(base + 10 * i + j) })),
  ),
});

const OLD = [
  sheet('Allot Staff', ['id', 'pay', 'gone', 'rest'], 6, 100),
  sheet('Allot Pools', ['pool'], 2, 500),
];
const NEW = [
  sheet('Allot Staff', ['id', 'new', 'pay', 'rest', 'last'], 9, 1000),
  sheet('Allot Pools', ['pool'], 1, 900),
  sheet('Allot Checks', ['check', 'result'], 3, 700),
];

interface Settled {
  readonly office: FakeOffice;
  readonly run: () => Promise<unknown>;
}

async function withResults(): Promise<Settled> {
  const { office } = fakeRoom(BOOK);
  const book = excelBook(office.globals);
  await book.writeSheets(OLD);
  // Below and beside the table something of somebody's; it is in the way of the longer results.
  office.type('Allot Staff', 9, 2, 'a note');
  office.type('Allot Staff', 3, 6, 'beside');
  office.addSheet('Mine');
  office.type('Mine', 1, 1, '=SUM(Allot_Staff[pay])+SUM(Allot_Staff[rest])');
  return { office, run: () => book.writeSheets(NEW) };
}

/** Texts beside the sheets: one in place of another, a new one, and one that goes. */
async function withParts(): Promise<Settled> {
  const { office } = await withResults();
  const book = excelBook(office.globals);
  await book.write({
    parts: [
      { name: 'record-1', text: 'old' },
      { name: 'record-2', text: 'gone' },
    ],
  });
  const parts = [
    { name: 'record-1', text: 'new' },
    { name: 'record-2', text: null },
    { name: 'record-3', text: 'more' },
  ];
  return { office, run: () => book.write({ sheets: NEW, parts }) };
}

/** Sheets whose charts are drawn anew, further ones, fewer. */
async function withCharts(): Promise<Settled> {
  const { office } = fakeRoom(BOOK);
  const book = excelBook(office.globals);
  const bars = (title: string, column: number): OutputChart => ({
    kind: 'bars',
    title,
    x: 0,
    series: [{ column }],
  });
  const [staff, pools] = [
    sheet('Allot Staff', ['id', 'pay'], 3, 100),
    sheet('Allot Pools', ['pool'], 2, 500),
  ];
  await book.writeSheets([{ ...staff, charts: [bars('a', 1), bars('b', 1)] }, pools]);
  const now = [
    { ...sheet('Allot Staff', ['id', 'new'], 5, 200), charts: [bars('c', 1)] },
    { ...pools, charts: [bars('d', 0)] },
    { ...sheet('Allot More', ['x', 'y'], 2, 0), charts: [bars('e', 1), bars('f', 1)] },
  ];
  return { office, run: () => book.writeSheets(now) };
}

/** Tables of data that get more rows, fewer, and others in their places, with a sheet and a text of ours. */
async function withRows(): Promise<Settled> {
  const { office } = await withResults();
  const book = excelBook(office.globals);
  office.type('Mine', 2, 1, '=SUM(Staff[Base pay])');
  const number = (value: number): OutputCell => ({ kind: 'number', value: integer(value) });
  const text = (value: string): OutputCell => ({ kind: 'text', value });
  const fresh = (name: string): TableRow => ({ was: null, cells: [text(name), number(7), null, null, null] });
  const tables = [
    {
      table: 'Staff',
      rows: [{ was: 3, cells: [null, number(5), null, null, null] }, ...['a', 'b', 'c', 'd', 'e'].map(fresh)],
    },
    { table: '工单', rows: [] },
    { table: 'Empty', rows: [{ was: null, cells: [text('x'), text('y')] }] },
  ];
  const parts = [{ name: 'record-1', text: 'new' }];
  return { office, run: () => book.write({ sheets: NEW.slice(0, 1), parts, tables }) };
}

/** A table that somebody gave a totals row. */
async function withTotals(): Promise<Settled> {
  const { office } = fakeRoom(BOOK);
  const book = excelBook(office.globals);
  await book.writeSheets([sheet('Allot Staff', ['id', 'pay'], 2, 100)]);
  const [table] = office.sheet('Allot Staff').tables;
  if (table === undefined) throw new Error('no table');
  table.showTotals = true;
  table.area = { ...table.area, bottom: table.area.bottom + 1 };
  office.type('Allot Staff', 4, 1, 'all in all');
  office.type('Allot Staff', 4, 2, '=SUM(B2)+SUM(B3)');
  return { office, run: () => book.writeSheets([sheet('Allot Staff', ['id'], 3, 200)]) };
}

const NOTED = ['# how', 'unit 1', '', 'each Staff', 'x = 1'];

async function withRules(): Promise<Settled> {
  const { office } = fakeRoom({
    ...BOOK,
    rules: NOTED.map((text) => ({ depth: 0, text })),
  });
  const book = excelBook(office.globals);
  for (const row of [1, 4, 5, 7]) office.type('Rules', row, 4, `n${row}`);
  office.type('Rules', 4, 5, '=1+1');
  const [was] = await book.ruleSheets();
  if (was === undefined) throw new Error('no rule sheet');
  const lines = ['top', '# how', 'each Staff', 'x = 2', 'y = 3', '', 'z = 4', '=5'];
  return {
    office,
    run: () =>
      book.writeRuleSheet(
        'Rules',
        lines.map((text) => ({ depth: text.includes('= ') ? 1 : 0, text })),
        was,
      ),
  };
}

async function withRuleSheets(): Promise<Settled> {
  const { office } = fakeRoom(BOOK);
  const book = excelBook(office.globals);
  return { office, run: () => book.addRuleSheet('Rules pay', [{ depth: 0, text: 'x = 1' }]) };
}

async function withNames(): Promise<Settled> {
  const { office } = fakeRoom(BOOK);
  const book = excelBook(office.globals);
  office.book.names.push({ name: 'BAND', formula: '=ALLOT.OLD', deleted: false });
  return {
    office,
    run: () =>
      book.setFunctionNames(
        [
          { name: 'BAND', formula: '=ALLOT.BAND' },
          { name: 'RULE', formula: '=ALLOT.RULE' },
        ],
        true,
      ),
  };
}

/** Lets each exchange fail in turn: the old state or the new one, whole, and an error exactly where it is the old one. */
async function failEach(make: () => Promise<Settled>, times: number): Promise<number> {
  const good = await make();
  const before = good.office.contents();
  const start = good.office.state.syncs;
  await good.run();
  const syncs = good.office.state.syncs - start;
  const after = good.office.contents();
  expect(after).not.toEqual(before);
  let restored = 0;
  for (let n = 0; n < syncs; n++)
    for (const executed of EXECUTED) {
      const { office, run } = await make();
      expect(office.contents()).toEqual(before);
      office.failSync(n, executed, times);
      const error: unknown = await run().then(
        () => null,
        (reason: unknown) => reason,
      );
      office.state.fails = () => null;
      const where = `exchange ${n + 1} of ${syncs}, ${executed} of it carried out`;
      if (error === null) expect(office.contents(), where).toEqual(after);
      else {
        restored++;
        expect(error, where).toBeInstanceOf(BookError);
        expect(error, where).toMatchObject({
          problem: { code: 'file', reason: expect.stringMatching(/^not-(?:written|readable)$/) },
        });
        expect(office.contents(), where).toEqual(before);
      }
    }
  return restored;
}

describe('a write in which', () => {
  it.each([
    ['an exchange fails while results are written', withResults],
    ['an exchange fails while results are written over a totals row', withTotals],
    ['an exchange fails while results and texts beside them are written', withParts],
    ['an exchange fails while tables get other rows', withRows],
    ['an exchange fails while charts are drawn', withCharts],
    ['an exchange fails while rules are written', withRules],
    ['an exchange fails while a rule sheet is added', withRuleSheets],
    ['an exchange fails while names are added', withNames],
  ] as const)('%s leaves the old state or the new one, and says which', async (_, make) => {
    expect(await failEach(make, 1)).toBeGreaterThan(4);
  });

  it.each([
    ['an exchange fails while results are written', withResults],
    ['an exchange fails while results and texts beside them are written', withParts],
    ['an exchange fails while charts are drawn', withCharts],
    ['an exchange fails while tables get other rows', withRows],
    ['an exchange fails while rules are written', withRules],
  ] as const)('%s, and the next one too', async (_, make) => {
    expect(await failEach(make, 2)).toBeGreaterThan(4);
  });

  it('the caller gives up in the middle leaves what was there', async () => {
    const { office } = await withResults();
    const book = excelBook(office.globals);
    const before = office.contents();
    const stop = new AbortController();
    const report = (done: number): void => {
      if (done > 8) stop.abort(new Error('enough'));
    };
    await expect(book.writeSheets(NEW, { signal: stop.signal, report })).rejects.toThrow('enough');
    expect(office.contents()).toEqual(before);
  });

  it('nothing goes right any more says which sheets may be half written', async () => {
    const { office, run } = await withResults();
    office.failSync(8, 0.5, 1000);
    await expect(run()).rejects.toMatchObject({
      problem: { code: 'file', reason: 'half-written', detail: expect.stringContaining('Allot Staff') },
    });
  });
});

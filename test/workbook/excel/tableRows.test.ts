import { describe, expect, it } from 'vitest';
import { columnValue } from '../../../src/exact/column.ts';
import { integer } from '../../../src/exact/rational.ts';
import { exactValueText } from '../../../src/exact/text.ts';
import type { LiveBook } from '../../../src/workbook/live.ts';
import type { OutputCell, TableRow } from '../../../src/workbook/port.ts';
import type { FakeOffice } from '../../support/fakeOffice/index.ts';
import { cellAt } from '../../support/fakeOffice/model.ts';
import { n, opened, t, valueAt } from './opened.ts';

/** Rows of the table `工单`: a number of a ticket (a text) and who answered it. */
const fresh = (...cells: readonly OutputCell[]): TableRow => ({ was: null, cells });
const put = (book: LiveBook, rows: readonly TableRow[], table = '工单') =>
  book.write({ tables: [{ table, rows }] });
const formatAt = (office: FakeOffice, name: string, row: number, column: number): string =>
  cellAt(office.sheet(name), row, column).format;
const tableOf = (office: FakeOffice, name: string) => {
  const [table] = office.sheet(name).tables;
  if (table === undefined) throw new Error(`no table on ${name}`);
  return table;
};

describe('rows of a table in Excel', () => {
  it('the table grows and shrinks with them; what stands beside it stays', async () => {
    const { office, book } = opened();
    office.type('工单', 2, 4, 'beside');
    office.type('工单', 9, 1, 'far below');
    office.addSheet('Mine');
    office.type('Mine', 1, 1, '=SUM(工单[处理人])');
    await put(book, [fresh(t('1'), n(2)), fresh(t('2'), n(30)), fresh(t('3'), n(400))]);
    expect(tableOf(office, '工单').area).toEqual({ top: 1, left: 1, bottom: 4, right: 2 });
    expect(valueAt(office, 'Mine', 1, 1)).toBe(432);
    await put(book, [{ was: 2, cells: [null, null] }]);
    expect(tableOf(office, '工单').area).toEqual({ top: 1, left: 1, bottom: 2, right: 2 });
    expect(valueAt(office, 'Mine', 1, 1)).toBe(400);
    expect([2, 3, 4].map((row) => valueAt(office, '工单', row, 1))).toEqual(['3', '', '']);
    expect([valueAt(office, '工单', 2, 4), valueAt(office, '工单', 9, 1)]).toEqual(['beside', 'far below']);
  });

  it('new cells look as those of their column do, and are what they are', async () => {
    const { office, book } = opened();
    // A column of texts under Excel's format for these, a column of money.
    office.type('工单', 2, 1, '00123', '@');
    office.type('工单', 2, 2, 5, '#,##0.00');
    await put(book, [
      { was: 0, cells: [null, null] },
      fresh(t('00124'), n(7)),
      fresh(n(9), { kind: 'date', ms: integer(Date.UTC(2026, 2, 31)) }),
    ]);
    const seen = [2, 3, 4].map((row) =>
      [1, 2].map((column) => [valueAt(office, '工单', row, column), formatAt(office, '工单', row, column)]),
    );
    expect(seen).toEqual([
      [
        ['00123', '@'],
        [5, '#,##0.00'],
      ],
      [
        ['00124', '@'],
        [7, '#,##0.00'],
      ],
      // 2026-03-31 is the 46,112th day of Excel's calendar.
      [
        [9, 'General'],
        [46_112, 'yyyy-mm-dd'],
      ],
    ]);
    // A number that goes where a text stood is no text for its format's sake.
    await put(book, [
      { was: 0, cells: [n(1), null] },
      { was: 2, cells: [t('x'), n(3)] },
    ]);
    expect([2, 3].map((row) => [1, 2].map((column) => valueAt(office, '工单', row, column)))).toEqual([
      [1, 5],
      ['x', 3],
    ]);
  });

  it('a row that stays where it is is not written at all', async () => {
    const { office, book } = opened();
    const same: TableRow = { was: 0, cells: [null, null] };
    // The workbook is asked once for its calendar.
    await put(book, [same]);
    const syncsOf = async (rows: readonly TableRow[]): Promise<number> => {
      const before = office.state.syncs;
      await put(book, rows);
      return office.state.syncs - before;
    };
    const still = await syncsOf([same]);
    expect(await syncsOf([{ was: 0, cells: [null, t('E2')] }])).toBe(still + 1);
  });

  it.each<[string, (office: FakeOffice) => void, readonly TableRow[], string]>([
    [
      'something stands below it',
      (office) => office.type('工单', 4, 2, 'a note'),
      [fresh(t('1')), fresh(t('2')), fresh(t('3'))],
      '工单!B4',
    ],
    [
      'its totals row would have to move',
      (office) => {
        const table = tableOf(office, '工单');
        table.showTotals = true;
        table.area = { ...table.area, bottom: 3 };
      },
      [fresh(t('1')), fresh(t('2'))],
      '工单!A3',
    ],
  ])('there is no room where %s', async (_, arrange, rows, detail) => {
    const { office, book } = opened();
    arrange(office);
    const before = office.contents();
    await expect(put(book, rows)).rejects.toMatchObject({ problem: { reason: 'no-room', detail } });
    expect(office.contents()).toEqual(before);
  });

  it('a sheet without an Excel table takes them too, and nothing else of it changes', async () => {
    const { office, book } = opened();
    office.addSheet('Loose');
    for (const [row, line] of [
      ['Key', 'Amount'],
      ['a', 1],
      ['b', 2],
    ].entries())
      for (const [i, value] of line.entries()) office.type('Loose', row + 1, i + 2, value);
    office.type('Loose', 3, 5, '=C2*2');
    await put(book, [{ was: 1, cells: [null, n(20)] }, fresh(t('c'), n(3)), fresh(t('d'), n(4))], 'Loose');
    const [table] = (await (await book.open()).read(['Loose'])).tables;
    expect(
      Array.from({ length: table?.rows ?? 0 }, (__, row) =>
        table?.columns.slice(0, 2).map(({ data }) => {
          const value = columnValue(data, row);
          return value === null ? '' : exactValueText(value);
        }),
      ),
    ).toEqual([
      ['b', '20'],
      ['c', '3'],
      ['d', '4'],
    ]);
    expect(valueAt(office, 'Loose', 3, 5)).toBe(40);
  });

  it('a protected sheet refuses, and nothing at all is written', async () => {
    const { office, book } = opened();
    office.sheet('工单').isProtected = true;
    const before = office.contents();
    const tables = [
      { table: 'Staff', rows: [{ was: 0, cells: [null, n(1), null, null, null] }] },
      { table: '工单', rows: [fresh(t('1'), t('2'))] },
    ];
    await expect(book.write({ tables })).rejects.toMatchObject({
      problem: { reason: 'not-written', detail: '工单: AccessDenied' },
    });
    expect(office.contents()).toEqual(before);
  });
});

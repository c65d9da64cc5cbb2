import { describe, expect, it } from 'vitest';
import { columnValue } from '../../../src/exact/column.ts';
import { integer } from '../../../src/exact/rational.ts';
import { excelBook } from '../../../src/workbook/excel/book.ts';
import { plainRows } from '../../contract/workbookContract.ts';
import { fakeOffice } from '../../support/fakeOffice/index.ts';
import { newSheet } from '../../support/fakeOffice/model.ts';
import { newTable, renameTable } from '../../support/fakeOffice/tableModel.ts';

import { opened, sheet, valueAt } from './opened.ts';

describe('reading', () => {
  it('takes cells for what Excel says they are', async () => {
    const office = fakeOffice();
    newSheet(office.book, 'Data');
    const headings = ['error', 'like an error', 'day', 'minutes', 'money', 'logical', 'empty text'];
    for (const [i, heading] of headings.entries()) office.type('Data', 1, i + 1, heading);
    office.type('Data', 2, 1, '#N/A');
    office.type('Data', 2, 2, "'#N/A");
    office.type('Data', 2, 3, 46_000.5, '[$-804]yyyy"年"m"月"d"日";@');
    office.type('Data', 2, 4, 0.25, '[h]:mm');
    office.type('Data', 2, 5, 847.4299999999999, '#,##0.00 "dollars"');
    office.type('Data', 2, 6, true);
    office.type('Data', 2, 7, '=""&""');
    const [data] = (await (await excelBook(office.globals).open()).read()).tables;
    // 46,000 days after 1899-12-30 are 125 years (31 leap days among them) and 341 days: 9 December 2025.
    expect(data && plainRows(data)).toEqual([
      [
        { e: true },
        { t: '#N/A' },
        { d: '2025-12-09T12:00:00' },
        { n: '0.25' },
        { n: '847.43' },
        { b: true },
        null,
      ],
    ]);
    expect(data?.columns[0]?.data.texts).toEqual(['#N/A']);
  });

  it('counts days from 1904 where the workbook does', async () => {
    const office = fakeOffice({ date1904: true });
    newSheet(office.book, 'Data');
    office.type('Data', 1, 1, 'day');
    office.type('Data', 2, 1, 0, 'yyyy-mm-dd');
    const book = excelBook(office.globals);
    const [data] = (await (await book.open()).read()).tables;
    expect(data && plainRows(data)).toEqual([[{ d: '1904-01-01' }]]);
    await book.writeSheets([sheet(['day'], [[{ kind: 'date', ms: integer(Date.UTC(1904, 0, 3)) }]])]);
    expect(valueAt(office, 'Allot Staff', 2, 1)).toBe(2);
  });

  it('finds several tables of a sheet, without their totals, and leaves the rest of it alone', async () => {
    const office = fakeOffice();
    const model = newSheet(office.book, 'Both');
    office.type('Both', 1, 1, 'a title');
    for (const [column, heading] of [
      [2, 'x'],
      [3, 'y'],
      [6, 'z'],
    ] as const)
      office.type('Both', 3, column, heading);
    for (const [column, value] of [
      [2, 1],
      [3, 2],
      [6, 3],
    ] as const)
      office.type('Both', 4, column, value);
    office.type('Both', 5, 6, 99);
    renameTable(
      office.book,
      newTable(office.book, model, { top: 3, left: 6, bottom: 5, right: 6 }, true),
      'Second',
    );
    renameTable(
      office.book,
      newTable(office.book, model, { top: 3, left: 2, bottom: 4, right: 3 }, true),
      'First',
    );
    const second = model.tables.find((one) => one.name === 'Second');
    if (second !== undefined) second.showTotals = true;
    const { tables } = await (await excelBook(office.globals).open()).read();
    expect(tables.map((one) => [one.name, one.sheet, one.headingRow, plainRows(one)])).toEqual([
      ['First', 'Both', 3, [[{ n: '1' }, { n: '2' }]]],
      ['Second', 'Both', 3, [[{ n: '3' }]]],
    ]);
  });

  it('asks for fewer rows where an answer is too large, and gets every one', async () => {
    const office = fakeOffice();
    newSheet(office.book, 'Data');
    office.type('Data', 1, 1, 'text');
    const model = office.sheet('Data');
    for (let row = 2; row <= 501; row++)
      model.cells.set(
        row,
        new Map([
          [1, { value: `${row} ${'x'.repeat(500)}`, isError: false, formula: null, format: 'General' }],
        ]),
      );
    office.state.responseLimit = 50_000;
    const seen: number[] = [];
    const reader = await excelBook(office.globals).open();
    const [data] = (await reader.read(undefined, { report: (done) => seen.push(done) })).tables;
    expect(data?.rows).toBe(500);
    const last = data?.columns[0] && columnValue(data.columns[0].data, 499);
    expect(last).toMatchObject({ kind: 'text', value: expect.stringMatching(/^501 /) });
    expect(seen.length).toBeGreaterThan(5);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  it('says so where not even a row comes through', async () => {
    const { office, book } = opened();
    office.state.responseLimit = 10;
    await expect(book.open()).rejects.toMatchObject({
      problem: { code: 'file', reason: 'not-readable', detail: 'ResponsePayloadSizeLimitExceeded' },
    });
  });
});

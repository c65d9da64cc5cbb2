import { describe, expect, it, vi } from 'vitest';
import { excelBook } from '../../../src/workbook/excel/book.ts';
import type { BookChange } from '../../../src/workbook/live.ts';
import { BOOK, plain, results } from '../../contract/workbookContract.ts';

import { opened } from './opened.ts';

describe('watching', () => {
  it('tells of formulas that were calculated, of sheets and tables, and of what a sheet is called now', async () => {
    const { office, book } = opened();
    office.type('工单', 1, 6, '=Staff!B2');
    const changes: BookChange[] = [];
    const stop = book.watch((change) => changes.push(change));
    await book.open();
    office.type('Staff', 2, 2, 7);
    await vi.waitFor(() => expect(changes).toHaveLength(2));
    expect(changes).toEqual(
      expect.arrayContaining([
        { sheets: ['Staff'], shape: false },
        { sheets: ['工单'], shape: false },
      ]),
    );
    changes.length = 0;
    office.addSheet('Extra');
    await vi.waitFor(() => expect(changes).toEqual([{ sheets: ['Extra'], shape: true }]));
    changes.length = 0;
    await book.writeSheets(results(1));
    await vi.waitFor(() => expect(changes.some((one) => one.shape)).toBe(true));
    expect(changes.every((one) => one.sheets?.[0] === 'Allot Staff' || one.sheets === null)).toBe(true);
    stop();
    await vi.waitFor(() => {
      for (const handlers of office.state.events.handlers.values()) expect(handlers.size).toBe(0);
    });
  });

  it('hears of other names only where Excel tells of them', async () => {
    for (const [api, wanted] of [
      [17, 1],
      [16, 0],
    ] as const) {
      const { office, book } = opened();
      office.api = api;
      const stop = book.watch(() => {});
      await book.open();
      await vi.waitFor(() => expect(office.state.events.handlers.get('worksheets.onChanged')?.size).toBe(1));
      expect(office.state.events.handlers.get('worksheets.onNameChanged')?.size ?? 0).toBe(wanted);
      stop();
    }
  });
});

describe('the file', () => {
  it('is fetched slice by slice and closed', async () => {
    const { office, book } = opened();
    office.file = Uint8Array.from({ length: 4_194_304 + 10 }, (_, i) => i % 251);
    // Compared as buffers: four million cells of an array take a minute.
    expect(Buffer.from(await book.bytes()).equals(office.file)).toBe(true);
    expect(office.openFiles).toBe(0);
  });

  it('is handed to a new window, whatever its bytes', async () => {
    const { office, book } = opened();
    const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 7) % 256);
    await book.openCopy(bytes, 'copy.xlsx');
    expect(Buffer.from(office.opened[0] ?? '', 'base64').equals(bytes)).toBe(true);
  });

  it('has the name that people gave it', () => {
    const { office, book } = opened();
    expect(book.title).toBe('Pay June.xlsx');
    expect(
      excelBook({
        ...office.globals,
        Office: {
          ...office.globals.Office,
          context: {
            ...office.globals.Office.context,
            document: { ...office.globals.Office.context.document, url: 'C:\\a b\\50%.xlsx' },
          },
        },
      }).title,
    ).toBe('50%.xlsx');
  });
});

describe('names of the workbook', () => {
  it('that stand for a cell are read whoever they belong to, the workbook first', async () => {
    const { office, book } = opened();
    office
      .sheet('Settings')
      .names.push(
        { name: 'pool', formula: '=Settings!$B$5', deleted: false },
        { name: 'local', formula: "='工单'!$A$2", deleted: false },
      );
    office.book.names.push(
      { name: 'area', formula: '=Settings!$A$1:$B$2', deleted: false },
      { name: 'gone', formula: '=#REF!$A$1', deleted: false },
    );
    const { names } = await book.open();
    expect(
      names
        .map((one) => [one.name, plain(one.value)])
        .filter(([name]) => name === 'pool' || name === 'local'),
    ).toEqual([
      ['pool', { n: '1000.1' }],
      ['local', { t: '00123' }],
    ]);
    expect(names).toHaveLength(BOOK.names.length + 1);
  });

  it('are ours in both of their spellings', async () => {
    const { office, book } = opened();
    office.book.names.push(
      { name: 'RULE', formula: '=_xldudf_ALLOT_RULE', deleted: false },
      { name: 'BAND', formula: '=LAMBDA(b,v,ALLOT.BAND(b,v))', deleted: false },
      { name: 'total', formula: '=ALLOT.RULE("x")*2', deleted: false },
    );
    expect(await book.functionNames()).toEqual(['RULE', 'BAND']);
  });
});

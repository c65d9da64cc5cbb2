import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { integer } from '../../src/exact/rational.ts';
import { BookError } from '../../src/workbook/bookError.ts';
import type { BookChange } from '../../src/workbook/live.ts';
import { xlsxLiveBook } from '../../src/workbook/xlsx/live.ts';
import { data, num, rawBook, row, str } from '../workbook/rawBook.ts';
import { changedParts, partsOf } from '../workbook/xlsx/parts.ts';

const number = (value: number) => ({ kind: 'number', value: integer(value) }) as const;

const BOOK = rawBook({
  sheets: [
    {
      name: 'Staff',
      xml: data(row(1, str('A1', 'id'), str('B1', ' base ')), row(2, num('A2', '1007'), num('B2', '5'))),
    },
    { name: 'Rules', xml: data(row(1, str('A1', 'unit 1'))) },
  ],
});

describe('the bytes of a workbook as an open one', () => {
  it('keep what is not written to byte for byte', async () => {
    const before = await readFile('samples/small.xlsx');
    const live = xlsxLiveBook(before, 'small.xlsx');
    await live.edit([{ sheet: 'Sales', row: 2, column: 4, value: number(1000) }]);
    const after = await live.bytes();
    const changed = changedParts(before, after);
    expect(changed).toHaveLength(1);
    expect(changed[0]).toMatch(/^xl\/worksheets\/sheet\d+\.xml$/);
    expect(Object.keys(partsOf(after))).toEqual(Object.keys(partsOf(before)));
  });

  it('are what they were after a refusal, and nobody is told', async () => {
    const live = xlsxLiveBook(BOOK, 'b.xlsx');
    const changes: BookChange[] = [];
    live.watch((change) => changes.push(change));
    const edits = [
      { sheet: 'Staff', row: 2, column: 2, value: number(9) },
      { sheet: 'Nowhere', row: 1, column: 1, value: number(9) },
    ];
    await expect(live.edit(edits)).rejects.toThrow(BookError);
    await expect(live.addRuleSheet('Rules', [])).resolves.toBe('Rules (2)');
    expect(changes).toEqual([{ sheets: ['Rules (2)'], shape: true }]);
    expect(await live.cell({ sheet: 'Staff', row: 2, column: 2 })).toMatchObject({ value: number(5) });
  });

  it('tell whether headings or only cells changed', async () => {
    const live = xlsxLiveBook(BOOK, 'b.xlsx');
    const changes: BookChange[] = [];
    live.watch((change) => changes.push(change));
    await live.edit([{ sheet: 'staff', row: 2, column: 2, value: number(9) }]);
    await live.edit([{ sheet: 'Staff', row: 1, column: 3, value: { kind: 'text', value: 'team' } }]);
    expect(changes).toEqual([
      { sheets: ['Staff'], shape: false },
      { sheets: ['Staff'], shape: true },
    ]);
  });

  it('know the table of a sheet that has none of Excel', async () => {
    const live = xlsxLiveBook(BOOK, 'b.xlsx');
    expect(await live.selection()).toBeNull();
    await live.select({ sheet: 'STAFF', row: 2, column: 2 });
    expect(await live.selection()).toEqual({
      sheet: 'Staff',
      row: 2,
      column: 2,
      formula: null,
      inTable: { table: 'Staff', heading: 'base', key: '1007' },
    });
    for (const [r, c] of [
      [1, 2],
      [2, 3],
      [3, 1],
    ] as const) {
      await live.select({ sheet: 'Staff', row: r, column: c });
      expect(await live.selection()).toMatchObject({ row: r, column: c, inTable: null });
    }
    await live.select({ sheet: 'Rules', row: 1, column: 1 });
    expect(await live.selection()).toMatchObject({ inTable: null });
    await expect(live.select({ sheet: 'Staff', row: 0, column: 1 })).rejects.toThrow(BookError);
  });

  it('show formulas as people write them, those that are shared too', async () => {
    const live = xlsxLiveBook(
      rawBook({
        sheets: [
          {
            name: 'T',
            xml: data(
              row(1, '<c r="A1"><f t="shared" ref="A1:A2" si="0">_xldudf_ALLOT_RULE("x",B1)</f><v>1</v></c>'),
              row(2, '<c r="A2"><f t="shared" si="0"/><v>2</v></c>'),
            ),
          },
        ],
      }),
      'b.xlsx',
    );
    expect((await live.cell({ sheet: 'T', row: 2, column: 1 })).formula).toBe('=ALLOT.RULE("x",B2)');
  });

  it('hand copies and texts to whoever keeps them', async () => {
    const told: unknown[] = [];
    const live = xlsxLiveBook(BOOK, 'b.xlsx', {
      settings: { asOf: '2026-03-31' },
      onSetting: (...setting) => told.push(setting),
      onCopy: (bytes, name) => void told.push([bytes, name]),
    });
    expect(await live.setting('asOf')).toBe('2026-03-31');
    await live.setSetting('asOf', null);
    await live.openCopy(BOOK, 'copy.xlsx');
    expect(told).toEqual([
      ['asOf', null],
      [BOOK, 'copy.xlsx'],
    ]);
  });

  it('keep our names as Excel stores calls of add-ins', async () => {
    const live = xlsxLiveBook(BOOK, 'b.xlsx');
    const list = [
      { name: 'SUPPORTSCORE', formula: '=ALLOT.SUPPORTSCORE' },
      { name: 'SCORE', formula: '=LAMBDA(member,ALLOT.SUPPORTSCORE(member))' },
    ];
    expect(await live.setFunctionNames(list, true)).toEqual([]);
    expect(partsOf(await live.bytes())['xl/workbook.xml']).toContain(
      '<definedNames><definedName name="SUPPORTSCORE">_xldudf_ALLOT_SUPPORTSCORE</definedName><definedName name="SCORE">_xlfn.LAMBDA(_xlpm.member,_xldudf_ALLOT_SUPPORTSCORE(_xlpm.member))</definedName></definedNames>',
    );
    expect(await live.setFunctionNames(list, true)).toEqual([]);
    expect(await live.functionNames()).toEqual(['SUPPORTSCORE', 'SCORE']);
    await live.setFunctionNames(list, false);
    expect(partsOf(await live.bytes())['xl/workbook.xml']).toBe(partsOf(BOOK)['xl/workbook.xml']);
  });
});

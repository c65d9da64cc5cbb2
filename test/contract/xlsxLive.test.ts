import { parseDecimal } from '../../src/exact/decimal.ts';
import type { CellAddress } from '../../src/workbook/live.ts';
import { buildWorkbook } from '../../src/workbook/xlsx/build.ts';
import type { CellContent } from '../../src/workbook/xlsx/cellContent.ts';
import { type XlsxLive, xlsxLiveBook } from '../../src/workbook/xlsx/live.ts';
import { type LiveRoom, liveContract } from './liveContract.ts';
import { output, type PlainBook, type PlainCell, plain } from './workbookContract.ts';

liveContract({
  name: 'the bytes of an xlsx file',
  calculates: false,
  async make(book: PlainBook): Promise<LiveRoom> {
    const bytes = buildWorkbook({
      sheets: [
        ...book.tables.map(({ name, headings, rows }) => ({
          kind: 'table' as const,
          name,
          columns: headings.map((heading) => ({ heading, width: 12 })),
          rows: rows.map((row) => row.map(output)),
        })),
        { kind: 'rules', name: 'Rules', lines: book.rules },
        {
          kind: 'plain',
          name: 'Settings',
          rows: [[], ...book.names.map((one) => [output({ t: one.name }), output(one.value)])],
        },
      ],
      names: book.names.map(({ name }, i) => ({ name, sheet: 'Settings', cell: `B${i + 2}` })),
    });
    return room(xlsxLiveBook(bytes, 'book.xlsx'));
  },
});

function room(book: XlsxLive): LiveRoom {
  return {
    book,
    type: (at: CellAddress, value) => book.edit([{ ...at, value: content(value) }]),
    async cell(at) {
      const { value, error } = await book.cell(at);
      return value === null ? { e: error ?? '' } : (plain(value) as PlainCell);
    },
    async addSheet(name) {
      await book.addSheet(name);
    },
  };
}

function content(value: PlainCell | { readonly f: string }): CellContent {
  if (value !== null && 'f' in value) {
    const sum = /^=(\d)\+(\d)$/.exec(value.f);
    const cached = parseDecimal(String(Number(sum?.[1]) + Number(sum?.[2])));
    return {
      kind: 'formula',
      formula: value.f,
      ...(cached === null ? {} : { cached: { kind: 'number', value: cached } }),
    };
  }
  return output(value);
}

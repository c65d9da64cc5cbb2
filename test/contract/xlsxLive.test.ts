import { parseDecimal } from '../../src/exact/decimal.ts';
import type { CellAddress } from '../../src/workbook/live.ts';
import type { CellContent } from '../../src/workbook/xlsx/cellContent.ts';
import { type XlsxLive, xlsxLiveBook } from '../../src/workbook/xlsx/live.ts';
import { chartTitles } from './chartTitles.ts';
import { type LiveRoom, liveContract } from './liveContract.ts';
import { plainBytes } from './plainBytes.ts';
import { output, type PlainBook, type PlainCell, plain } from './workbookContract.ts';

liveContract({
  name: 'the bytes of an xlsx file',
  calculates: false,
  charts: true,
  async make(book: PlainBook): Promise<LiveRoom> {
    return room(xlsxLiveBook(plainBytes(book), 'book.xlsx'));
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
    charts: async () => chartTitles(await book.bytes()),
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

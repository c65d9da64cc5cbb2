import { afterAll } from 'vitest';
import { isoText, serialOfMs } from '../../src/exact/date.ts';
import { toDouble } from '../../src/exact/rational.ts';
import type { CellAddress } from '../../src/workbook/live.ts';
import { contentOf, meaningOf } from '../../src/workbook/univer/cells.ts';
import { gridOf } from '../../src/workbook/univer/grid.ts';
import { headless } from '../workbook/univer/headless.ts';
import { chartTitles } from './chartTitles.ts';
import { liveContract } from './liveContract.ts';
import { plainBytes } from './plainBytes.ts';
import { output, type PlainCell, plain } from './workbookContract.ts';

/** The grid's own packages, without anything to be seen. */
const grids = headless();
afterAll(() => grids.close());

/** What is typed as the grid takes it. */
function typed(value: PlainCell | { readonly f: string }): object {
  const none = { v: null, f: null, si: null, p: null };
  if (value === null) return none;
  if ('f' in value) return { ...none, f: value.f };
  if ('t' in value) return { ...none, v: value.t, t: 4 };
  if ('n' in value) return { ...none, v: Number(value.n), t: 2 };
  if ('b' in value) return { ...none, v: value.b ? 1 : 0, t: 3 };
  const cell = output(value);
  if (cell.kind !== 'date') throw new Error('no date');
  return {
    ...none,
    v: serialOfMs(toDouble(cell.ms), false),
    t: 2,
    s: { n: { pattern: 'yyyy-mm-dd hh:mm' } },
  };
}

liveContract({
  name: 'the grid',
  calculates: true,
  charts: false,
  async make(plainBook) {
    const { book, loaded } = await grids.open(plainBytes(plainBook), 'book.xlsx');
    const { api } = grids;
    const { id } = loaded.data;
    const grid = gridOf(api, id);
    const facade = api.getWorkbook(id);
    if (!facade) throw new Error('no workbook');
    const range = ({ sheet, row, column }: CellAddress) => {
      const found = facade.getSheetByName(sheet);
      if (!found) throw new Error(`no sheet ${sheet}`);
      return found.getRange(row - 1, column - 1);
    };
    return {
      book,
      async type(at, value) {
        range(at).setValue(typed(value));
        if (value !== null && 'f' in value) await grids.calculated();
      },
      async cell(at) {
        const sheet = grid.sheet(at.sheet);
        if (sheet === undefined) throw new Error(`no sheet ${at.sheet}`);
        const cell = grid.cells(sheet)[at.row - 1]?.[at.column - 1];
        const { value, error } = meaningOf(
          contentOf(cell),
          grid.isDate(sheet, at.row - 1, at.column - 1, cell),
        );
        if (value === null) return { e: error ?? '' };
        return value.kind === 'date' ? { d: isoText(value.ms) } : (plain(value) as PlainCell);
      },
      async addSheet(name) {
        facade.insertSheet(name);
      },
      charts: async () => chartTitles(await book.bytes()),
      async close() {
        book.close();
        api.disposeUnit(id);
      },
    };
  },
});

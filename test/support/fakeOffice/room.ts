import { isoOfMs, msOfSerial, parseDate, serialOfMs } from '../../../src/exact/date.ts';
import { cellRational, exactText } from '../../../src/exact/decimal.ts';
import { isDateFormat } from '../../../src/workbook/dateFormat.ts';
import type { LiveBook } from '../../../src/workbook/live.ts';
import type { LiveRoom } from '../../contract/liveContract.ts';
import type { PlainBook, PlainCell } from '../../contract/workbookContract.ts';
import { type FakeOffice, fakeOffice } from './index.ts';
import { cellAt, newSheet } from './model.ts';
import { newTable, renameTable } from './tableModel.ts';

/** A plain book in a fake Excel. */
export function fakeRoom(plain: PlainBook): {
  readonly office: FakeOffice;
  readonly room: (book: LiveBook) => LiveRoom;
} {
  const office = fakeOffice();
  const { book } = office;
  for (const { name, headings, rows } of plain.tables) {
    const sheet = newSheet(book, name);
    for (const [i, heading] of headings.entries()) put(office, name, 1, i + 1, { t: heading });
    for (const [r, row] of rows.entries())
      for (const [c, cell] of row.entries()) put(office, name, r + 2, c + 1, cell);
    const area = { top: 1, left: 1, bottom: Math.max(2, rows.length + 1), right: headings.length };
    renameTable(book, newTable(book, sheet, area, true), name);
  }
  newSheet(book, 'Rules');
  for (const [i, { depth, text }] of plain.rules.entries())
    if (text !== '') put(office, 'Rules', i + 1, depth + 1, { t: text });
  newSheet(book, 'Settings');
  for (const [i, { name, value }] of plain.names.entries()) {
    put(office, 'Settings', i + 2, 1, { t: name });
    put(office, 'Settings', i + 2, 2, value);
    book.names.push({ name, formula: `=Settings!$B$${i + 2}`, deleted: false });
  }
  const [first] = book.sheets;
  book.active = first === undefined ? null : { sheet: first, row: 1, column: 1 };

  const room = (live: LiveBook): LiveRoom => ({
    book: live,
    type: async ({ sheet, row, column }, value) => {
      if (value !== null && 'f' in value) office.type(sheet, row, column, value.f);
      else put(office, sheet, row, column, value);
      await told();
    },
    cell: async ({ sheet, row, column }) => {
      const { value, isError, format } = cellAt(office.sheet(sheet), row, column);
      if (isError) return { e: String(value) };
      if (value === '') return null;
      if (typeof value === 'string') return { t: value };
      if (typeof value === 'boolean') return { b: value };
      const ms = isDateFormat(format) ? msOfSerial(value, false) : null;
      return ms === null ? { n: exactText(cellRational(value)) } : { d: isoOfMs(ms) };
    },
    addSheet: async (name) => {
      office.addSheet(name);
      await told();
    },
    charts: async () =>
      office.book.sheets.flatMap(({ charts }) => charts.map(({ looks }) => String(looks.get('title.text')))),
  });
  return { office, room };
}

/** Events come after what they tell of. */
const told = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

function put(office: FakeOffice, sheet: string, row: number, column: number, cell: PlainCell): void {
  if (cell === null) office.type(sheet, row, column, '');
  else if ('n' in cell) office.type(sheet, row, column, Number(cell.n));
  else if ('t' in cell) office.type(sheet, row, column, `'${cell.t}`);
  else if ('b' in cell) office.type(sheet, row, column, cell.b);
  else {
    const ms = parseDate(cell.d.replace('T', ' ')) ?? Number.NaN;
    office.type(sheet, row, column, serialOfMs(ms, false), 'yyyy-mm-dd hh:mm:ss');
  }
}

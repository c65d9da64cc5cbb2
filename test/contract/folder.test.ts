import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openBook } from '../../src/workbook/open.ts';
import { type PlainCell, workbookContract } from './workbookContract.ts';

function field(cell: PlainCell): string {
  if (cell === null) return '';
  if ('n' in cell) return cell.n;
  if ('b' in cell) return cell.b ? 'TRUE' : 'false';
  const text = 'd' in cell ? cell.d.replace('T', ' ') : cell.t;
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

workbookContract({
  name: 'a folder of CSV',
  folder: () => mkdtemp(path.join(tmpdir(), 'allot-csv-')),
  open: openBook,
  async make(book, folder) {
    const put = (name: string, lines: readonly string[], end: string): Promise<void> =>
      writeFile(path.join(folder, name), lines.map((line) => line + end).join(''));
    for (const { name, headings, rows } of book.tables)
      await put(
        `${name}.csv`,
        [headings, ...rows.map((row) => row.map(field))].map((row) => row.join(',')),
        '\r\n',
      );
    await put(
      'names.csv',
      ['name,value', ...book.names.map((one) => `${one.name},${field(one.value)}`)],
      '\n',
    );
    await put(
      'Rules.allot',
      book.rules.map(({ depth, text }) => (text === '' ? '' : '  '.repeat(depth) + text)),
      '\n',
    );
    return openBook(folder);
  },
});

import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openBook } from '../../src/workbook/open.ts';
import { plainBytes } from './plainBytes.ts';
import { workbookContract } from './workbookContract.ts';

workbookContract({
  name: 'an xlsx file',
  folder: () => mkdtemp(path.join(tmpdir(), 'allot-xlsx-')),
  open: openBook,
  async make(book, folder) {
    const file = path.join(folder, 'book.xlsx');
    await writeFile(file, plainBytes(book));
    return openBook(file);
  },
});

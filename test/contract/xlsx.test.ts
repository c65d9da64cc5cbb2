import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openBook } from '../../src/workbook/open.ts';
import { buildWorkbook } from '../../src/workbook/xlsx/build.ts';
import { output, workbookContract } from './workbookContract.ts';

workbookContract({
  name: 'an xlsx file',
  folder: () => mkdtemp(path.join(tmpdir(), 'allot-xlsx-')),
  open: openBook,
  async make(book, folder) {
    const file = path.join(folder, 'book.xlsx');
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
    await writeFile(file, bytes);
    return openBook(file);
  },
});

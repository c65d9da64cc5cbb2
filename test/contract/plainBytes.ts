import { buildWorkbook } from '../../src/workbook/xlsx/build.ts';
import { output, type PlainBook } from './workbookContract.ts';

/** The plain book as a file. */
export function plainBytes(book: PlainBook): Uint8Array {
  return buildWorkbook({
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
}

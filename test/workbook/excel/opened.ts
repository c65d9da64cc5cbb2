import { integer } from '../../../src/exact/rational.ts';
import { excelBook } from '../../../src/workbook/excel/book.ts';
import type { LiveBook } from '../../../src/workbook/live.ts';
import type { OutputCell, OutputSheet } from '../../../src/workbook/port.ts';
import { BOOK } from '../../contract/workbookContract.ts';
import type { FakeOffice } from '../../support/fakeOffice/index.ts';
import { cellAt } from '../../support/fakeOffice/model.ts';
import { fakeRoom } from '../../support/fakeOffice/room.ts';

export function opened(): { readonly office: FakeOffice; readonly book: LiveBook } {
  const { office } = fakeRoom(BOOK);
  return { office, book: excelBook(office.globals) };
}

export const n = (value: number): OutputCell => ({ kind: 'number', value: integer(value) });
export const t = (value: string): OutputCell => ({ kind: 'text', value });

export const sheet = (
  headings: readonly string[],
  rows: readonly (readonly OutputCell[])[],
): OutputSheet => ({
  name: 'Allot Staff',
  columns: headings.map((heading) => ({ heading, width: 10 })),
  rows,
});

export const valueAt = (office: FakeOffice, name: string, row: number, column: number): unknown =>
  cellAt(office.sheet(name), row, column).value;

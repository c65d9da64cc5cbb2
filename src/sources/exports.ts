import { columnValue } from '../exact/column.ts';
import { fileError } from '../workbook/bookError.ts';
import { eachRecord } from '../workbook/csv/table.ts';
import { foldName } from '../workbook/names.ts';
import { readXlsx } from '../workbook/xlsx/book.ts';
import { type Fetched, type SourceCell, SourceFault } from './model.ts';

/** The bytes of files that other programs exported, as rows. Nothing here knows where they came from. */

const NO_CONTROLS: Fetched['controls'] = new Map();

/** Rows of a CSV under its headings. A row that is shorter or longer than these is a fault: the file may be half of one. */
export function csvRows(bytes: Uint8Array, name: string): Fetched {
  const rows: SourceCell[][] = [];
  let fields: readonly string[] | null = null;
  eachRecord(textOf(bytes, name), name, (record, row) => {
    if (fields === null) fields = record.map((field) => field.trim());
    else if (record.length !== fields.length) {
      if (record.some((field) => field !== '')) throw new SourceFault('bad-row', String(row));
    } else if (record.some((field) => field !== ''))
      rows.push(record.map((text): SourceCell => ({ kind: 'written', text })));
    return true;
  });
  return { fields: fields ?? [], rows, controls: NO_CONTROLS };
}

/** Rows of a table of a workbook: the one of that name, or else the only one. */
export async function workbookRows(bytes: Uint8Array, name: string, wanted: string): Promise<Fetched> {
  const book = readXlsx(bytes, name);
  const head =
    book.tables.find((table) => foldName(table.name) === foldName(wanted)) ??
    book.tables.find((table) => foldName(table.sheet) === foldName(wanted)) ??
    (book.tables.length === 1 ? book.tables[0] : undefined);
  if (head === undefined)
    throw new SourceFault('no-table', `${wanted} (${book.tables.map((table) => table.name).join(', ')})`);
  const table = (await book.read([head.name])).tables.find((one) => one.name === head.name);
  const columns = table?.columns ?? [];
  return {
    fields: columns.map(({ heading }) => heading),
    rows: Array.from({ length: table?.rows ?? 0 }, (_, row) =>
      columns.map(
        ({ data }): SourceCell =>
          columnValue(data, row) ?? { kind: 'error', text: data.texts[data.payload[row] ?? 0] ?? '' },
      ),
    ),
    controls: NO_CONTROLS,
  };
}

/** The text of a CSV as `workbook/csv/decode` reads it, where there is no Node: UTF-8, UTF-16 with a mark, else GB18030. */
function textOf(bytes: Uint8Array, name: string): string {
  const text = decoded(bytes);
  if (text === null || text.includes('\0') || text.includes('\ufffd')) throw fileError(name, 'encoding');
  return text.replace(/\r\n?/g, '\n');
}

function decoded(bytes: Uint8Array): string | null {
  const [a, b, c] = bytes;
  const marked = a === 0xef && b === 0xbb && c === 0xbf;
  const wide = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : null;
  for (const encoding of wide !== null ? [wide] : marked ? ['utf-8'] : ['utf-8', 'gb18030'])
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The next one may fit.
    }
  return null;
}

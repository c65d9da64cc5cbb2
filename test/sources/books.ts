import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { columnValue } from '../../src/exact/column.ts';
import { parseDate } from '../../src/exact/date.ts';
import { parseDecimal } from '../../src/exact/decimal.ts';
import { integer, ZERO } from '../../src/exact/rational.ts';
import { exactValueText } from '../../src/exact/text.ts';
import type { OutputCell, SheetTable, SourceLine } from '../../src/workbook/port.ts';
import { readXlsx } from '../../src/workbook/xlsx/book.ts';
import { buildWorkbook } from '../../src/workbook/xlsx/build.ts';

/** A row of the sheet `Sources`. */
export interface SourceRow {
  readonly table: string;
  readonly kind: string;
  readonly location: string;
  readonly query?: string;
  readonly mapping?: string;
  readonly options?: string;
  readonly mode?: string;
  readonly note?: string;
}

export const SOURCE_HEADINGS = ['Table', 'Kind', 'Location', 'Query', 'Mapping', 'Options', 'Mode', 'Note'];

const columns = (headings: readonly string[]) => headings.map((heading) => ({ heading, width: 12 }));
const text = (value: string): OutputCell => ({ kind: 'text', value });

export function sourceCells(rows: readonly SourceRow[]): readonly (readonly OutputCell[])[] {
  return rows.map(({ table, kind, location, query = '', mapping = '', options = '', mode = '', note = '' }) =>
    [table, kind, location, query, mapping, options, mode, note].map(text),
  );
}

/** A copy of a workbook with a sheet `Sources`. */
export function withSources(from: string, to: string, rows: readonly SourceRow[]): Uint8Array {
  const book = readXlsx(readFileSync(from), from);
  const sheet = { name: 'Sources', columns: columns(SOURCE_HEADINGS), rows: sourceCells(rows) };
  const { bytes } = book.withSheets([sheet]);
  writeFileSync(to, bytes);
  return bytes;
}

/** `2026-01-31` and `2026-01-31 09:30` are dates, numbers are written `#12.5`, `?` is a blank, everything else is text. */
export function cell(written: string): OutputCell {
  if (written === '?') return { kind: 'blank' };
  if (written === 'TRUE' || written === 'FALSE') return { kind: 'logical', value: written === 'TRUE' };
  if (written.startsWith('#')) return { kind: 'number', value: parseDecimal(written.slice(1)) ?? ZERO };
  const ms = parseDate(written);
  return ms === null ? text(written) : { kind: 'date', ms: integer(ms) };
}

/** Writes a small workbook: tables as lines of words, rules, and its sources. */
export function smallBook(
  folder: string,
  tables: Readonly<Record<string, readonly string[]>>,
  sources: readonly SourceRow[],
  rules: readonly string[] = [],
): string {
  const file = path.join(folder, 'book.xlsx');
  const lines = rules.map(
    (line): SourceLine => ({ depth: line.startsWith('  ') ? 1 : 0, text: line.trim() }),
  );
  const bytes = buildWorkbook({
    sheets: [
      ...(rules.length === 0 ? [] : [{ kind: 'rules', name: 'Rules', lines } as const]),
      ...Object.entries(tables).map(([name, [head = '', ...rows]]) => ({
        kind: 'table' as const,
        name,
        columns: columns(head.split(' ')),
        rows: rows.map((row) => row.split('|').map((one) => cell(one.trim()))),
      })),
      { kind: 'table', name: 'Sources', columns: columns(SOURCE_HEADINGS), rows: sourceCells(sources) },
    ],
  });
  writeFileSync(file, bytes);
  return file;
}

/** A table of a workbook: its rows as texts, dates as `2026-01-31T09:30:00`. */
export async function tableTexts(file: string, table: string): Promise<readonly (readonly string[])[]> {
  const { tables } = await readXlsx(readFileSync(file), file).read([table]);
  return tables[0] === undefined ? [] : rowTexts(tables[0]);
}

export function rowTexts({ columns: all, rows }: SheetTable): readonly (readonly string[])[] {
  return Array.from({ length: rows }, (_, row) =>
    all.map(({ data }) => {
      const value = columnValue(data, row);
      return value === null ? 'error' : exactValueText(value);
    }),
  );
}

import Papa from 'papaparse';
import { type ColumnBuilder, columnBuilder } from '../../exact/columnBuilder.ts';
import { TooLarge } from '../../exact/rational.ts';
import { BookError, fileError } from '../bookError.ts';
import type { Progress, SheetTable, TableColumn } from '../port.ts';
import { sheetRows } from '../sheetRows.ts';
import { type DateReader, dateReader, Field, fieldKind, pushField } from './field.ts';

/** Characters of a piece. */
const PIECE = 1 << 17;

interface Step {
  readonly data: readonly (readonly string[])[];
  readonly errors: readonly { readonly message?: string }[];
}

/**
 * Hands each record of a CSV text to `take`, its number counted from 1 as Excel would number the row, until it says
 * false. Line ends are `\n`. Refuses with `broken-quote`.
 */
export function eachRecord(
  text: string,
  path: string,
  take: (fields: readonly string[], record: number) => boolean,
): void {
  let record = 0;
  let stopped = false;
  const quoted = text.includes('"');
  const parser = new Papa.Parser({
    delimiter: ',',
    newline: '\n',
    fastMode: !quoted,
    step: (result: unknown) => {
      const { data, errors } = result as Step;
      record++;
      if (errors.length > 0) throw fileError(path, 'broken-quote', `row ${record}`);
      const fields = data[0];
      if (fields === undefined || take(fields, record)) return;
      stopped = true;
      parser.abort();
    },
  });
  if (quoted) {
    parser.parse(text, 0, false);
    return;
  }
  // Without a quote papaparse splits all of its input at once: by pieces, so that rows die young.
  for (let start = 0; start < text.length && !stopped; ) {
    const end = start + PIECE < text.length ? text.indexOf('\n', start + PIECE) : -1;
    parser.parse(end < 0 ? text.slice(start) : text.slice(start, end), 0, false);
    start = end < 0 ? text.length : end + 1;
  }
}

/** A headed column while it is read. */
interface Reading {
  readonly heading: string;
  readonly index: number;
  builder: ColumnBuilder;
  /** Where a number with leading zeros was found: the column is text throughout. */
  textual: boolean;
  /** Text that other kinds stood before: the column must be read again. */
  again: boolean;
  /** Whether something other than texts and blanks was added. */
  typed: boolean;
}

/** The headings of a CSV text, trimmed; empty where a column has none. */
export function csvHeadings(text: string, path: string): readonly string[] {
  let headings: readonly string[] = [];
  eachRecord(text, path, (fields) => {
    headings = fields.map((field) => field.trim());
    return false;
  });
  return headings;
}

/**
 * One CSV text as a table. Columns without a heading are left out, missing fields are blank, rows that are blank
 * throughout are skipped while sheet rows stay true.
 */
export function csvTable(text: string, name: string, path: string, progress?: Progress): SheetTable {
  const columns: Reading[] = [];
  const dates = dateReader();
  const expected = lines(text);
  const rows = sheetRows();
  let width = 0;

  function start(fields: readonly string[]): void {
    fields.forEach((field, index) => {
      const heading = field.trim();
      if (heading !== '')
        columns.push({
          heading,
          index,
          builder: columnBuilder(expected),
          textual: false,
          again: false,
          typed: false,
        });
    });
  }

  eachRecord(text, path, (fields, record) => {
    if (record === 1) {
      width = fields.length;
      start(fields);
      return columns.length > 0;
    }
    if ((record & 0x3fff) === 0) {
      progress?.signal?.throwIfAborted();
    }
    if (blankThroughout(fields, columns)) return true;
    rows.add(record, 1);
    if (fields.length > width && hasSplitNumber(fields, width))
      throw fileError(path, 'long-row', `row ${record}`);
    for (const column of columns) {
      try {
        add(column, fields[column.index] ?? '', dates);
      } catch (error) {
        if (!(error instanceof TooLarge)) throw error;
        const at = { kind: 'cell', sheet: name, row: record, column: column.index + 1 } as const;
        throw new BookError({ code: 'too-large', severity: 'error', at });
      }
    }
    return true;
  });
  readAgain(text, path, columns, rows.count);

  return Object.assign(rows.finish(), {
    name,
    sheet: name,
    columns: columns.map(
      ({ heading, index, builder }): TableColumn => ({ heading, column: index + 1, data: builder.finish() }),
    ),
    headingRow: 1,
  });
}

/**
 * Whether a row that is longer than the headings has a number with thousands separators in it: `E1,1,000` would be
 * read as 1, and the rest be left out like any field without a heading.
 */
function hasSplitNumber(fields: readonly string[], width: number): boolean {
  if (fields.slice(width).every((field) => field === '')) return false;
  return fields.some(
    (field, i) => /^-?[1-9]\d{0,2}$/.test(field) && /^\d{3}(?:\.\d+)?$/.test(fields[i + 1] ?? ''),
  );
}

function lines(text: string): number {
  let count = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

function blankThroughout(fields: readonly string[], columns: readonly Reading[]): boolean {
  for (const column of columns) {
    const field = fields[column.index];
    if (field !== undefined && field !== '') return false;
  }
  return true;
}

function add(column: Reading, field: string, dates: DateReader): void {
  if (column.textual) {
    if (field === '') column.builder.blank();
    else column.builder.text(field);
    return;
  }
  const kind = fieldKind(field);
  if (kind === Field.ZEROS) {
    column.textual = true;
    column.again = column.typed;
  } else if (kind !== Field.BLANK && kind !== Field.TEXT) column.typed = true;
  pushField(column.builder, field, kind, dates);
}

/** Second pass for columns that turned out to be text after other kinds had been added. */
function readAgain(text: string, path: string, columns: readonly Reading[], rows: number): void {
  const again = columns.filter((column) => column.again);
  if (again.length === 0) return;
  for (const column of again) column.builder = columnBuilder(rows);
  eachRecord(text, path, (fields, record) => {
    if (record === 1 || blankThroughout(fields, columns)) return true;
    for (const column of again) {
      const field = fields[column.index] ?? '';
      if (field === '') column.builder.blank();
      else column.builder.text(field);
    }
    return true;
  });
}

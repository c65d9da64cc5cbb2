import path from 'node:path';
import { columnValue, Kind } from '../../exact/column.ts';
import { cellRational, displayText, exactText } from '../../exact/decimal.ts';
import { equal, toDouble } from '../../exact/rational.ts';
import { fileError } from '../bookError.ts';
import { isRuleSheet } from '../names.ts';
import type {
  BookChanges,
  OutputCell,
  OutputColumn,
  OutputSheet,
  SheetTable,
  SourceLine,
  TableColumn,
  Workbook,
  WriteReport,
  WrittenSheet,
} from '../port.ts';
import { saveFile } from '../save.ts';
import { buildWorkbook, type NewName, type NewSheet } from '../xlsx/build.ts';
import { putCustomPart } from '../xlsx/customXml.ts';
import { charts } from '../xlsx/drawing.ts';
import { readStructure } from '../xlsx/structure.ts';
import { bookWriter } from '../xlsx/writer.ts';
import { putSheets } from '../xlsx/writeSheets.ts';
import { readZip } from '../xlsx/zip.ts';
import { sourceLine } from './rules.ts';

/**
 * Writes a folder as a new workbook: its tables, its rules (or `rules` in their place), its names, and result
 * sheets. A decimal is written as the double closest to it, which reads back as the same; one of more than 15 digits
 * as text.
 */
export async function exportFolder(
  book: Workbook,
  rules: readonly SourceLine[] | null,
  sheets: readonly OutputSheet[],
  out: string,
  parts: NonNullable<BookChanges['parts']> = [],
): Promise<WriteReport> {
  if (path.extname(out).toLowerCase() !== '.xlsx') throw fileError(out, 'unsupported', path.extname(out));
  const rulesSheets =
    rules === null ? ruleSheets(book) : [{ kind: 'rules', name: 'Rules', lines: rules } as const];
  const settings = namesSheet(book);
  const bytes = buildWorkbook({
    sheets: [...rulesSheets, ...book.tables.map(tableSheet), ...(settings === null ? [] : [settings])],
    names: book.names.map(
      ({ name }, i): NewName => ({ name, sheet: settings?.name ?? '', cell: `B${i + FIRST_NAME_ROW}` }),
    ),
  });
  const writer = bookWriter(readStructure(readZip(bytes, out)), charts);
  const written = putSheets(writer, sheets);
  for (const { name, text } of parts) putCustomPart(writer, name, text);
  await saveFile(out, writer.finish());
  return { path: out, sheets: rules === null ? written : [...rulesSheets.map(ruleReport), ...written] };
}

/** One rule sheet a file, in the files' order; a file that is not called like a rule sheet gets `Rules ` before its name. */
function ruleSheets(book: Workbook): readonly RulesSheet[] {
  const files = new Map<string, SourceLine[]>();
  for (const { place, text } of book.rules) {
    const file = place.kind === 'text' ? path.basename(place.file, path.extname(place.file)) : place.sheet;
    const lines = files.get(file) ?? [];
    files.set(file, lines);
    lines.push(sourceLine(text));
  }
  const sheets = [...files].map(([file, lines]): RulesSheet => {
    const name = isRuleSheet(file) ? file : `Rules ${file}`;
    return { kind: 'rules', name, lines };
  });
  return sheets.length === 0 && book.hasRules ? [{ kind: 'rules', name: 'Rules', lines: [] }] : sheets;
}

type RulesSheet = Extract<NewSheet, { kind: 'rules' }>;

function ruleReport({ name, lines }: RulesSheet): WrittenSheet {
  return { asked: name, sheet: name, ref: `A1:C${Math.max(1, lines.length)}`, replaced: false };
}

/** Rows that are looked at to find how wide a column is. */
const SAMPLE = 200;

function tableSheet(table: SheetTable): NewSheet {
  const columns = table.columns.map(
    (column): OutputColumn => ({ heading: column.heading, width: widthOf(column, table.rows) }),
  );
  return { kind: 'table', name: table.name, columns, rows: tableRows(table) };
}

function* tableRows(table: SheetTable): Generator<readonly OutputCell[]> {
  for (let row = 0; row < table.rows; row++) yield table.columns.map((column) => cellOf(column, row));
}

function cellOf({ data }: TableColumn, row: number): OutputCell {
  const value = columnValue(data, row);
  if (value === null) return { kind: 'text', value: data.texts[data.payload[row] ?? 0] ?? '' };
  const long = data.kinds[row] === Kind.WIDE || Math.abs(data.payload[row] ?? 0) >= 1e15;
  // Digits beyond a cell's fifteen would be lost in silence; as a text they stay.
  if (value.kind !== 'number' || !long || equal(cellRational(toDouble(value.value)), value.value))
    return value;
  return { kind: 'text', value: exactText(value.value) };
}

function widthOf(column: TableColumn, rows: number): number {
  let width = textWidth(column.heading) + 2;
  for (let row = 0; row < Math.min(rows, SAMPLE); row++)
    width = Math.max(width, cellWidth(cellOf(column, row)));
  return Math.min(60, width);
}

function cellWidth(cell: OutputCell): number {
  switch (cell.kind) {
    case 'text':
      return textWidth(cell.value);
    case 'date':
      return 16;
    case 'number':
      return Math.min(16, displayText(cell.value).length);
    case 'logical':
      return 5;
    case 'blank':
      return 0;
    default: {
      const never: never = cell;
      return never;
    }
  }
}

/** In characters, wide ones counted twice. */
function textWidth(text: string): number {
  let width = 0;
  for (const c of text)
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(c)
        ? 2
        : 1;
  return width;
}

/** Where names begin: below a blank row, so that the sheet is no table. */
const FIRST_NAME_ROW = 3;

function namesSheet(book: Workbook): Extract<NewSheet, { kind: 'plain' }> | null {
  if (book.names.length === 0) return null;
  const text = (value: string): OutputCell => ({ kind: 'text', value });
  const rows = book.names.map((name): readonly OutputCell[] => [
    text(name.name),
    name.value ?? text(name.error ?? ''),
  ]);
  return {
    kind: 'plain',
    name: 'names',
    widths: [24, 24],
    rows: [[], [text('name'), text('value')], ...rows],
  };
}

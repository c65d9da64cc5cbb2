import { columnLetters } from '../../problems/problem.ts';
import type { OutputCell, OutputColumn, SourceLine } from '../port.ts';
import { XML_HEAD } from './editor.ts';
import { applyEdits, insertChild } from './edits.ts';
import { xmlAttribute, xmlText } from './escape.ts';
import { cellXml, colsXml, textCell } from './serialise.ts';
import { readStructure } from './structure.ts';
import { type BookWriter, bookWriter, sheetStyles } from './writer.ts';
import { addPlainSheet, addSheet } from './writeSheets.ts';
import { writeZip } from './writeZip.ts';
import { readZip } from './zip.ts';

/** A sheet of a workbook that is made from nothing. */
export type NewSheet =
  | {
      /** One Excel table under its headings, called `table` or else like the sheet. */
      readonly kind: 'table';
      readonly name: string;
      readonly table?: string;
      readonly columns: readonly OutputColumn[];
      readonly rows: Iterable<readonly OutputCell[]>;
    }
  | { readonly kind: 'rules'; readonly name: string; readonly lines: readonly SourceLine[] }
  | {
      /** Cells as they come, no table: settings, notes. The first row is a title where `title` says so. */
      readonly kind: 'plain';
      readonly name: string;
      readonly title?: boolean;
      readonly widths?: readonly number[];
      readonly rows: Iterable<readonly OutputCell[]>;
    };

export interface NewName {
  readonly name: string;
  readonly sheet: string;
  /** `B2`. */
  readonly cell: string;
}

export interface NewWorkbook {
  readonly sheets: readonly NewSheet[];
  readonly names?: readonly NewName[];
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const BOOK_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml';

/** The bytes of a new workbook; the same input gives the same bytes. */
export function buildWorkbook(book: NewWorkbook): Uint8Array {
  const writer = emptyBook();
  const sheets = new Map<string, string>();
  for (const sheet of book.sheets) sheets.set(sheet.name, addNew(writer, sheet));
  addNames(writer, book.names ?? [], sheets);
  return writer.finish();
}

function addNew(writer: BookWriter, sheet: NewSheet): string {
  switch (sheet.kind) {
    case 'table':
      return addSheet(writer, sheet, sheet.name).sheet;
    case 'rules':
      return addPlainSheet(writer, sheet.name, rulesXml(writer, sheet.lines));
    case 'plain':
      return addPlainSheet(writer, sheet.name, plainXml(writer, sheet));
    default: {
      const never: never = sheet;
      return never;
    }
  }
}

function emptyBook(): BookWriter {
  const text = (xml: string): Uint8Array => new TextEncoder().encode(`${XML_HEAD}${xml}`);
  const parts = {
    '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${BOOK_TYPE}"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><bookViews><workbookView xWindow="0" yWindow="0" windowWidth="24000" windowHeight="12000"/></bookViews><sheets></sheets></workbook>`,
  };
  const planned = Object.entries(parts).map(
    ([name, xml]) => ({ kind: 'new', name, bytes: text(xml) }) as const,
  );
  return bookWriter(readStructure(readZip(writeZip(null, planned), '')));
}

/** Widths of columns A to D of a rule sheet: two narrow steps of indentation, the lines, notes. */
const RULE_WIDTHS = [4, 4, 90, 40];

/** A rule sheet's content: one line a row, comments in grey. */
export function rulesXml(writer: BookWriter, lines: readonly SourceLine[]): string {
  const [rule = 0, comment = 0] = writer.styles([{ look: 'rule' }, { look: 'comment' }]);
  const rows = lines.map((line, i) => {
    const cell = ruleCell('', line, i + 1, rule, comment);
    return cell === '' ? '' : `<row r="${i + 1}">${cell}</row>`;
  });
  const view =
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView showGridLines="0" workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="16"/>';
  return `${view}${colsXml(
    '',
    RULE_WIDTHS.map((width) => width - 2),
  )}<sheetData>${rows.join('')}</sheetData><pageSetup fitToHeight="0"/>`;
}

/** The cell of a line, in the column of its depth; empty for a blank line. */
export function ruleCell(p: string, line: SourceLine, row: number, rule: number, comment: number): string {
  if (line.text.trim() === '') return '';
  const style = line.text.trimStart().startsWith('#') ? comment : rule;
  return textCell(p, `${columnLetters(Math.min(2, Math.max(0, line.depth)) + 1)}${row}`, line.text, style);
}

function plainXml(writer: BookWriter, sheet: Extract<NewSheet, { kind: 'plain' }>): string {
  const { columns } = sheetStyles(writer, [{ heading: '', width: 0 }]);
  const [style = { plain: 0, day: 0, time: 0 }] = columns;
  const [title = 0] = writer.styles([{ look: 'title' }]);
  const rows: string[] = [];
  for (const row of sheet.rows) {
    const r = rows.length + 1;
    const look = r === 1 && sheet.title === true ? { ...style, plain: title } : style;
    const cells = row.map((cell, i) => cellXml('', `${columnLetters(i + 1)}${r}`, cell, look, false));
    rows.push(`<row r="${r}">${cells.join('')}</row>`);
  }
  const view =
    '<sheetViews><sheetView workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="15"/>';
  return `${view}${colsXml('', sheet.widths ?? [])}<sheetData>${rows.join('')}</sheetData>`;
}

function addNames(writer: BookWriter, names: readonly NewName[], sheets: ReadonlyMap<string, string>): void {
  if (names.length === 0) return;
  const part = writer.structure.workbook.name;
  const { xml, root } = writer.editor.part(part);
  const texts = names.map(({ name, sheet, cell }) => {
    const quoted = `'${(sheets.get(sheet) ?? sheet).replaceAll("'", "''")}'`;
    const absolute = cell.replace(
      /^([A-Za-z]+)(\d+)$/,
      (_, c: string, r: string) => `$${c.toUpperCase()}$${r}`,
    );
    return `<definedName name="${xmlAttribute(name)}">${xmlText(`${quoted}!${absolute}`)}</definedName>`;
  });
  const edit = insertChild(root, ['bookViews', 'sheets'], `<definedNames>${texts.join('')}</definedNames>`);
  writer.editor.set(part, applyEdits(xml, [edit]));
}

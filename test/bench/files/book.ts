import { closeSync, mkdirSync, mkdtempSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { strToU8, Zip, ZipDeflate } from 'fflate';
import { type Data, STAFF_HEADINGS, staffRow, TICKET_HEADINGS, ticketRow } from '../data.ts';
import { RULES } from '../job.ts';

export const temporary = (): string => mkdtempSync(path.join(tmpdir(), 'allot-bench-'));

export type Row = readonly (string | number | boolean | Formula)[];
export interface Formula {
  /** Without its `=`. */
  readonly f: string;
}

/** The data as a folder of CSV with its rules. */
export function makeFolder(folder: string, data: Data): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'Rules.allot'), RULES);
  const csv = (name: string, headings: readonly string[], count: number, row: (i: number) => Row): void => {
    const file = openSync(path.join(folder, `${name}.csv`), 'w');
    inPieces(
      count,
      (i) => `${row(i).map(field).join(',')}\n`,
      (piece) => writeSync(file, piece),
      `${headings.join(',')}\n`,
    );
    closeSync(file);
  };
  csv('Staff', STAFF_HEADINGS, data.people, (i) => staffRow(data, i));
  csv('Tickets', TICKET_HEADINGS, data.tickets, (i) => ticketRow(data, i));
}

const field = (cell: Row[number]): string =>
  typeof cell === 'boolean' ? String(cell).toUpperCase() : String(cell);

export interface BookSheet {
  readonly name: string;
  readonly count: number;
  row(i: number): Row;
}

/** The sheets of the data's book: rules, people, tickets. */
export function dataSheets(data: Data): readonly BookSheet[] {
  const headed = (name: string, headings: Row, count: number, row: (i: number) => Row): BookSheet => ({
    name,
    count: count + 1,
    row: (i) => (i === 0 ? headings : row(i - 1)),
  });
  const rules = RULES.trimEnd()
    .split('\n')
    .map((line): Row => (line.startsWith('  ') ? ['', line.trim()] : [line]));
  return [
    { name: 'Rules', count: rules.length, row: (i) => rules[i] ?? [] },
    headed('Staff', STAFF_HEADINGS, data.people, (i) => staffRow(data, i)),
    headed('Tickets', TICKET_HEADINGS, data.tickets, (i) => ticketRow(data, i)),
  ];
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** A workbook as Excel lays it out: numbers and logicals in their cells, texts in the shared table, one row element a row. */
export function makeXlsx(file: string, sheets: readonly BookSheet[]): void {
  const out = openSync(file, 'w');
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    writeSync(out, bytes);
  });
  const part = (name: string, write: (piece: (text: string) => void) => void): void => {
    const entry = new ZipDeflate(name, { level: 6 });
    zip.add(entry);
    write((text) => entry.push(strToU8(text)));
    entry.push(new Uint8Array(), true);
  };
  const texts = new Map<string, number>();
  const text = (value: string): number => {
    const known = texts.get(value);
    if (known !== undefined) return known;
    texts.set(value, texts.size);
    return texts.size - 1;
  };
  sheets.forEach((sheet, s) =>
    part(`xl/worksheets/sheet${s + 1}.xml`, (push) => {
      inPieces(
        sheet.count,
        (i) => rowXml(sheet.row(i), i + 1, text),
        push,
        `${HEAD}<worksheet xmlns="${MAIN}"><sheetData>`,
      );
      push('</sheetData></worksheet>');
    }),
  );
  const list = [...texts.keys()];
  part('xl/sharedStrings.xml', (push) => {
    inPieces(
      list.length,
      (i) => `<si><t>${xmlText(list[i] ?? '')}</t></si>`,
      push,
      `${HEAD}<sst xmlns="${MAIN}" uniqueCount="${list.length}">`,
    );
    push('</sst>');
  });
  const each = (of: (sheet: BookSheet, number: number) => string): string =>
    sheets.map((sheet, i) => of(sheet, i + 1)).join('');
  part('xl/workbook.xml', (push) =>
    push(
      `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${each(({ name }, n) => `<sheet name="${name}" sheetId="${n}" r:id="rId${n}"/>`)}</sheets></workbook>`,
    ),
  );
  part('xl/_rels/workbook.xml.rels', (push) =>
    push(
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${each((_, n) => `<Relationship Id="rId${n}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}<Relationship Id="rId${sheets.length + 1}" Type="${OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    ),
  );
  part('_rels/.rels', (push) =>
    push(
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
  );
  part('[Content_Types].xml', (push) =>
    push(
      `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>${each((_, n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${TYPE}.worksheet+xml"/>`)}<Override PartName="/xl/sharedStrings.xml" ContentType="${TYPE}.sharedStrings+xml"/></Types>`,
    ),
  );
  zip.end();
  closeSync(out);
}

function rowXml(cells: Row, row: number, text: (value: string) => number): string {
  let xml = `<row r="${row}">`;
  cells.forEach((cell, i) => {
    const at = `${columnName(i)}${row}`;
    if (cell === '') return;
    if (typeof cell === 'string') xml += `<c r="${at}" t="s"><v>${text(cell)}</v></c>`;
    else if (typeof cell === 'number') xml += `<c r="${at}"><v>${cell}</v></c>`;
    else if (typeof cell === 'boolean') xml += `<c r="${at}" t="b"><v>${cell ? 1 : 0}</v></c>`;
    else xml += `<c r="${at}"><f>${xmlText(cell.f)}</f></c>`;
  });
  return `${xml}</row>`;
}

/** `A` of 0, `AA` of 26. */
export const columnName = (i: number): string =>
  (i < 26 ? '' : columnName(Math.floor(i / 26) - 1)) + String.fromCharCode(65 + (i % 26));

const xmlText = (text: string): string =>
  text.replace(/[&<>]/g, (c) => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : '&gt;'));

/** Texts of many rows in pieces of some hundred thousand characters: never all in memory. */
function inPieces(
  count: number,
  of: (i: number) => string,
  push: (piece: string) => void,
  head: string,
): void {
  let piece = head;
  for (let i = 0; i < count; i++) {
    piece += of(i);
    if (piece.length > 1 << 18) {
      push(piece);
      piece = '';
    }
  }
  push(piece);
}

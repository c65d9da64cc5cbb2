import type { Problem } from '../../problems/problem.ts';
import { fileError } from '../bookError.ts';
import { breathe } from '../breathe.ts';
import { foldName } from '../names.ts';
import type {
  BookChanges,
  BookReader,
  BookStore,
  DefinedName,
  OutputSheet,
  Progress,
  RuleLine,
  SheetTable,
  SourceLine,
  TableRows,
  Workbook,
  WrittenSheet,
} from '../port.ts';
import { sheetName } from '../sheetNames.ts';
import { regionsOf, type TableRegion } from '../tableReading.ts';
import type { CellEdit } from './cellContent.ts';
import { type CellContext, cellText, cellValue, isBlankCell } from './cells.ts';
import { customParts, customText, putCustomPart } from './customXml.ts';
import { readStyles } from './formats.ts';
import { putCells } from './putCells.ts';
import { putTableRows } from './putTableRows.ts';
import { readRuleSheet } from './rules.ts';
import { firstCells } from './sheet.ts';
import { readSharedStrings } from './strings.ts';
import { type BookSheet, readStructure, type Structure } from './structure.ts';
import { readTables } from './tables.ts';
import { putRules } from './writeRules.ts';
import { type BookWriter, bookWriter, type ChartWriter } from './writer.ts';
import { putSheets } from './writeSheets.ts';
import { readZip } from './zip.ts';

/**
 * A workbook held in memory, anywhere: nothing of this needs Node. It never changes; what is written is another file.
 * Parts that are not written to are in it byte for byte.
 */
export interface XlsxBook extends BookReader, BookStore {
  readonly structure: Structure;
  /** The book with these sheets added, or put in place of ours of the same name. */
  withSheets(sheets: readonly OutputSheet[]): WrittenBook;
  /** The book with these lines as its rules. */
  withRules(lines: readonly SourceLine[]): WrittenBook;
  /** The book with all of these changes. */
  withChanges(changes: BookChanges): WrittenBook;
  /** The bytes of the book with this typed into its cells; see `putCells`. */
  withCells(edits: readonly CellEdit[]): Uint8Array;
}

/** The bytes of a workbook and where in it things were written. */
export interface WrittenBook {
  readonly bytes: Uint8Array;
  readonly sheets: readonly WrittenSheet[];
}

/**
 * Reads the bytes of a workbook; `file` is for problems and for its extension. Without `charts`, sheets are written
 * without theirs. Refuses with a BookError.
 */
export function readXlsx(bytes: Uint8Array, file: string, charts: ChartWriter | null = null): XlsxBook {
  refuseOthers(bytes, file);
  const structure = readStructure(readZip(bytes, file));
  const context = readContext(structure);
  return xlsxBook(structure, context, readHead(structure, context), charts);
}

/** What is needed to say what the cells of a workbook mean. */
export function readContext(structure: Structure): CellContext {
  return {
    path: structure.zip.path,
    sheet: '',
    strings: readSharedStrings(structure.zip, structure.strings),
    dates: readStyles(structure.zip, structure.styles).dates,
    date1904: structure.date1904,
  };
}

/** `.xlsx`, lower-cased; empty where a name has none. */
export function extensionOf(file: string): string {
  return /[^/\\](\.[^./\\]*)$/.exec(file)?.[1]?.toLowerCase() ?? '';
}

/** The old binary format and encrypted workbooks are compound files, which begin with these bytes. */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0];

function refuseOthers(bytes: Uint8Array, file: string): void {
  const extension = extensionOf(file);
  if (COMPOUND.every((byte, i) => bytes[i] === byte)) {
    const encrypted = new TextDecoder('utf-16le').decode(bytes).includes('EncryptedPackage');
    throw encrypted || extension !== '.xls'
      ? fileError(file, 'encrypted')
      : fileError(file, 'unsupported', '.xls');
  }
  const zipped = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (!zipped && !['.xlsx', '.xlsm', '.xltx', '.xltm', ''].includes(extension))
    throw fileError(file, 'unsupported', extension);
}

interface Head extends Pick<Workbook, 'rules' | 'hasRules' | 'names' | 'problems'> {
  readonly regions: readonly TableRegion<BookSheet>[];
}

/** Rules, names and headings: whole rule sheets, of others only the rows down to the last cell that is needed. */
function readHead(structure: Structure, context: CellContext): Head {
  const rules: RuleLine[] = [];
  const problems: Problem[] = [];
  const regions: TableRegion<BookSheet>[] = [];
  const values = new Map<string, Pick<DefinedName, 'value' | 'error'>>();
  for (const sheet of structure.sheets) {
    const own = { ...context, sheet: sheet.name };
    if (sheet.use === 'rules') {
      const read = readRuleSheet(structure.zip, sheet, own);
      for (const line of read.lines) rules.push(line);
      problems.push(...read.problems);
    }
    const firstRow = readSheetHead(structure, sheet, own, values);
    if (sheet.use === 'data') regions.push(...regionsOf(sheet, firstRow));
  }
  const names = structure.names.map((name): DefinedName => {
    const found = values.get(cellKey(name.sheet, name.row, name.column));
    return { ...name, ...(found ?? { value: { kind: 'blank' } }) };
  });
  return {
    rules,
    hasRules: structure.sheets.some((sheet) => sheet.use === 'rules'),
    names,
    problems,
    regions,
  };
}

const cellKey = (sheet: string, row: number, column: number): string => `${row} ${column} ${sheet}`;

/** Collects the named cells of a sheet; gives the cells of row 1 where that is a heading row, else null. */
function readSheetHead(
  structure: Structure,
  sheet: BookSheet,
  context: CellContext,
  values: Map<string, Pick<DefinedName, 'value' | 'error'>>,
): readonly { readonly column: number; readonly text: string }[] | null {
  const named = structure.names.filter((name) => name.sheet === sheet.name);
  const wanted = new Set(named.map((name) => cellKey(name.sheet, name.row, name.column)));
  const wantsHead = sheet.use !== 'rules' && sheet.tables.length === 0;
  const last = named.reduce((row, name) => Math.max(row, name.row), wantsHead ? 1 : 0);
  if (last === 0) return null;
  const firstRow: { column: number; text: string }[] = [];
  let isHeading = true;
  firstCells(structure.zip, sheet.entry, (cell) => {
    if (cell.row > last) return false;
    if (cell.row === 1 && !isBlankCell(cell, context)) {
      const text = cellText(cell, context);
      if (text === null) isHeading = false;
      else if (text.trim() !== '') firstRow.push({ column: cell.column, text });
    }
    if (wanted.size > 0) {
      const key = cellKey(sheet.name, cell.row, cell.column);
      if (wanted.delete(key)) values.set(key, cellValue(cell, context));
    }
    return true;
  });
  return wantsHead && isHeading ? firstRow : null;
}

function xlsxBook(
  structure: Structure,
  context: CellContext,
  head: Head,
  charts: ChartWriter | null,
): XlsxBook {
  const { rules, hasRules, names, problems, regions } = head;
  const done = new Map<TableRegion<BookSheet>, SheetTable>();
  let parts: ReturnType<typeof customParts> | null = null;

  async function read(only?: readonly string[], progress?: Progress): Promise<Workbook> {
    const wanted = only === undefined ? null : new Set(only.map(foldName));
    const chosen = regions.filter((region) => wanted === null || wanted.has(foldName(region.head.name)));
    const sheets = structure.sheets.filter((sheet) =>
      chosen.some((region) => region.sheet === sheet && !done.has(region)),
    );
    const total = sheets.reduce((sum, sheet) => sum + sheet.entry.size, 0);
    let past = 0;
    for (const sheet of sheets) {
      await breathe(progress?.signal);
      const these = chosen.filter((region) => region.sheet === sheet && !done.has(region));
      const tables = readTables(structure.zip, sheet, these, { ...context, sheet: sheet.name }, progress);
      these.forEach((region, i) => {
        const table = tables[i];
        if (table !== undefined) done.set(region, table);
      });
      past += sheet.entry.size;
      progress?.report?.(past, total);
    }
    const tables = chosen.flatMap((region) => done.get(region) ?? []);
    return { tables, names, rules, hasRules, problems };
  }

  async function ours(name: string): Promise<SheetTable | null> {
    const wanted = sheetName(name).toLowerCase();
    const sheet = structure.sheets.find((one) => one.use === 'ours' && one.name.toLowerCase() === wanted);
    if (sheet === undefined) return null;
    const own = { ...context, sheet: sheet.name };
    const [region] = regionsOf(sheet, readSheetHead(structure, sheet, own, new Map()));
    return region === undefined ? null : (readTables(structure.zip, sheet, [region], own)[0] ?? null);
  }

  async function part(name: string): Promise<string | null> {
    parts ??= customParts(structure);
    const entry = parts.get(name);
    return entry === undefined ? null : customText(structure, entry);
  }

  function written(work: (writer: BookWriter) => readonly WrittenSheet[]): WrittenBook {
    const writer = bookWriter(structure, charts);
    const sheets = work(writer);
    return { bytes: writer.finish(), sheets };
  }

  function putTables(writer: BookWriter, tables: readonly TableRows[]): readonly WrittenSheet[] {
    return tables.map(({ table, rows }) => {
      const region = regions.find(({ head: one }) => foldName(one.name) === foldName(table));
      if (region === undefined) throw fileError(structure.zip.path, 'missing', table);
      const { sheet } = region;
      const own = { ...context, sheet: sheet.name };
      const now = done.get(region) ?? readTables(structure.zip, sheet, [region], own)[0];
      return putTableRows(writer, region, now?.sheetRows ?? new Uint32Array(), rows);
    });
  }

  return {
    structure,
    rules,
    hasRules,
    names,
    problems,
    tables: regions.map((region) => region.head),
    read,
    ours,
    part,
    withChanges({ sheets = [], parts: texts = [], rules: lines, tables = [] }) {
      return written((writer) => {
        const put = [
          ...(lines === undefined ? [] : putRules(writer, lines)),
          ...putTables(writer, tables),
          ...putSheets(writer, sheets),
        ];
        for (const { name, text } of texts) putCustomPart(writer, name, text);
        return put;
      });
    },
    withSheets: (sheets) => written((writer) => putSheets(writer, sheets)),
    withRules: (lines) => written((writer) => putRules(writer, lines)),
    withCells(edits) {
      const writer = bookWriter(structure, charts);
      putCells(writer, edits);
      return writer.finish();
    },
  };
}

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Problem } from '../../problems/problem.ts';
import { fileError, systemError } from '../bookError.ts';
import { breathe } from '../breathe.ts';
import { foldName } from '../names.ts';
import type {
  DefinedName,
  OpenBook,
  OutputSheet,
  Progress,
  RuleLine,
  SheetTable,
  SourceLine,
  Workbook,
} from '../port.ts';
import { saveFile } from '../save.ts';
import { type CellContext, cellText, cellValue, isBlankCell } from './cells.ts';
import { readStyles } from './formats.ts';
import { readRuleSheet } from './rules.ts';
import { firstCells } from './sheet.ts';
import { readSharedStrings } from './strings.ts';
import { type BookSheet, readStructure, type Structure } from './structure.ts';
import { readTables, regionsOf, type TableRegion } from './tables.ts';
import { putRules } from './writeRules.ts';
import { bookWriter } from './writer.ts';
import { putSheets } from './writeSheets.ts';
import { readZip } from './zip.ts';

/** Opens a workbook file. Refuses with a BookError. */
export async function openXlsx(file: string): Promise<OpenBook> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw systemError(file, error);
  });
  return openXlsxBytes(bytes, file);
}

/** Opens the bytes of a workbook; `file` is for problems only. Refuses with a BookError. */
export function openXlsxBytes(bytes: Uint8Array, file: string): OpenBook {
  refuseOthers(bytes, file);
  const structure = readStructure(readZip(bytes, file));
  const styles = readStyles(structure.zip, structure.styles);
  const context: CellContext = {
    path: file,
    sheet: '',
    strings: readSharedStrings(structure.zip, structure.strings),
    dates: styles.dates,
    date1904: structure.date1904,
  };
  return xlsxBook(structure, context, readHead(structure, context));
}

/** The old binary format and encrypted workbooks are compound files, which begin with these bytes. */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0];

function refuseOthers(bytes: Uint8Array, file: string): void {
  if (COMPOUND.every((byte, i) => bytes[i] === byte)) {
    const encrypted = new TextDecoder('utf-16le').decode(bytes).includes('EncryptedPackage');
    throw encrypted || path.extname(file).toLowerCase() !== '.xls'
      ? fileError(file, 'encrypted')
      : fileError(file, 'unsupported', '.xls');
  }
  const zipped = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const extension = path.extname(file).toLowerCase();
  if (!zipped && !['.xlsx', '.xlsm', '.xltx', '.xltm', ''].includes(extension))
    throw fileError(file, 'unsupported', extension);
}

interface Head extends Pick<Workbook, 'rules' | 'hasRules' | 'names' | 'problems'> {
  readonly regions: readonly TableRegion[];
}

/** Rules, names and headings: whole rule sheets, of others only the rows down to the last cell that is needed. */
function readHead(structure: Structure, context: CellContext): Head {
  const rules: RuleLine[] = [];
  const problems: Problem[] = [];
  const regions: TableRegion[] = [];
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
  const wantsHead = sheet.use === 'data' && sheet.tables.length === 0;
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

function xlsxBook(structure: Structure, context: CellContext, head: Head): OpenBook {
  const { rules, hasRules, names, problems, regions } = head;
  const { path: file } = structure.zip;
  const done = new Map<TableRegion, SheetTable>();

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

  return {
    path: file,
    rules,
    hasRules,
    names,
    problems,
    tables: regions.map((region) => region.head),
    read,
    async writeSheets(sheets: readonly OutputSheet[], out: string, progress?: Progress) {
      sameKind(file, out);
      await breathe(progress?.signal);
      const writer = bookWriter(structure);
      const written = putSheets(writer, sheets);
      await saveFile(out, writer.finish());
      return { path: out, sheets: written };
    },
    async writeRules(lines: readonly SourceLine[], out: string) {
      sameKind(file, out);
      const writer = bookWriter(structure);
      const written = putRules(writer, lines);
      await saveFile(out, writer.finish());
      return { path: out, sheets: written };
    },
  };
}

/** Refuses to write a workbook under another kind of name: Excel would not open one with macros called `.xlsx`. */
function sameKind(file: string, out: string): void {
  const kind = path.extname(out).toLowerCase();
  if (kind !== (path.extname(file).toLowerCase() || '.xlsx')) throw fileError(out, 'unsupported', kind);
}

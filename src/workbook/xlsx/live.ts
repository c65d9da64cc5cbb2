import { columnValue } from '../../exact/column.ts';
import { exactValueText } from '../../exact/text.ts';
import type { Value } from '../../exact/value.ts';
import { type Area, MAX_COLUMN, MAX_ROW } from '../area.ts';
import { fileError } from '../bookError.ts';
import { breathe } from '../breathe.ts';
import type { BookChange, CellAddress, LiveBook, LiveChanges, RuleSheet, Selection } from '../live.ts';
import type { BookReader, Progress, WrittenSheet } from '../port.ts';
import { sameRows } from '../ruleEdits.ts';
import { ruleRows } from '../ruleReading.ts';
import { readContext, readXlsx, type XlsxBook } from './book.ts';
import { rulesXml } from './build.ts';
import type { CellEdit } from './cellContent.ts';
import { walkSheet } from './cellSpans.ts';
import { cellValue } from './cells.ts';
import { functionNames, putFunctionNames } from './definedNames.ts';
import { charts } from './drawing.ts';
import { formulaOf, surveyFormulas } from './formulaSurvey.ts';
import { putCells } from './putCells.ts';
import { putRuleRows } from './ruleRows.ts';
import { readRuleCells } from './rules.ts';
import { eachCell } from './sheet.ts';
import { shownFormula } from './shown.ts';
import type { BookSheet } from './structure.ts';
import { type BookWriter, bookWriter } from './writer.ts';
import { addPlainSheet } from './writeSheets.ts';
import { partText } from './xml.ts';

export interface XlsxLiveOptions {
  /** Gets the workbooks that are to be opened as copies; without it they are dropped. */
  readonly onCopy?: (bytes: Uint8Array, name: string) => void | Promise<void>;
  /** Texts of the workbook to begin with, and who is told of changes. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly onSetting?: (name: string, value: string | null) => void;
}

/** What a cell holds: null and the error's text for an Excel error value. */
export interface LiveCell {
  readonly value: Value | null;
  readonly error?: string;
  /** As people write it, with its `=`. */
  readonly formula: string | null;
}

/** The bytes of a workbook as an open one. Formulas are not calculated: they keep what they came to. */
export interface XlsxLive extends LiveBook {
  /** Types into cells, all or none. Refuses as `putCells` does. */
  edit(cells: readonly CellEdit[]): Promise<void>;
  cell(at: CellAddress): Promise<LiveCell>;
  /** Adds an empty sheet at the end; the name that it got. */
  addSheet(name: string): Promise<string>;
}

/** A workbook held in memory as an open one; every change makes new bytes, in which untouched parts are what they were. */
export function xlsxLiveBook(bytes: Uint8Array, title: string, options: XlsxLiveOptions = {}): XlsxLive {
  let book = readXlsx(bytes, title, charts);
  let selected: CellAddress | null = null;
  const settings = new Map(Object.entries(options.settings ?? {}));
  const listeners = new Set<(change: BookChange) => void>();

  /** Changes the workbook and tells of it; nothing has changed where `work` refuses. */
  function change<T>(work: (writer: BookWriter) => T, sheets: (done: T) => readonly string[]): T {
    const writer = bookWriter(book.structure, charts);
    const done = work(writer);
    become(writer.finish(), sheets(done));
    return done;
  }

  function become(next: Uint8Array, sheets: readonly string[]): void {
    const now = readXlsx(next, title, charts);
    const shape = shapeOf(now) !== shapeOf(book);
    book = now;
    for (const listener of [...listeners]) listener({ sheets, shape });
  }

  function sheetOf(name: string): BookSheet {
    const sheet = book.structure.sheets.find((one) => one.name.toLowerCase() === name.toLowerCase());
    if (sheet === undefined) throw fileError(title, 'missing', name);
    return sheet;
  }

  function ruleSheet(sheet: BookSheet): RuleSheet {
    const context = { ...readContext(book.structure), sheet: sheet.name };
    return { sheet: sheet.name, rows: ruleRows(readRuleCells(book.structure.zip, sheet, context)) };
  }

  async function inTable(sheet: BookSheet, { row, column }: CellAddress): Promise<Selection['inTable']> {
    for (const table of sheet.tables) {
      if (!within(bodyOf(table), row, column)) continue;
      const heading = table.columns[column - table.area.left]?.trim() ?? '';
      const key = cellIn(book, sheet, row, table.area.left);
      return {
        table: table.name,
        heading,
        key: key.value === null ? (key.error ?? '') : exactValueText(key.value),
      };
    }
    if (sheet.tables.length > 0 || sheet.use !== 'data') return null;
    const head = book.tables.find((one) => one.sheet === sheet.name);
    const table = head === undefined ? undefined : (await book.read([head.name])).tables[0];
    const found = table?.columns.find((one) => one.column === column);
    const index = table?.sheetRows.indexOf(row) ?? -1;
    const first = table?.columns[0];
    if (table === undefined || found === undefined || first === undefined || index < 0) return null;
    const key = columnValue(first.data, index);
    return { table: table.name, heading: found.heading, key: key === null ? '' : exactValueText(key) };
  }

  async function write(
    { sheets = [], parts = [], tables = [] }: LiveChanges,
    progress?: Progress,
  ): Promise<readonly WrittenSheet[]> {
    await breathe(progress?.signal);
    const written = book.withChanges({ sheets, parts, tables });
    become(
      written.bytes,
      written.sheets.map((one) => one.sheet),
    );
    progress?.report?.(written.sheets.length, written.sheets.length);
    return written.sheets;
  }

  return {
    title,
    charts: true,
    async open(progress): Promise<BookReader> {
      await breathe(progress?.signal);
      const { rules, hasRules, names, problems, tables } = book;
      return { rules, hasRules, names, problems, tables, read: (only, more) => book.read(only, more) };
    },
    writeSheets: (sheets, progress) => write({ sheets }, progress),
    write,
    ours: (name) => book.ours(name),
    part: (name) => book.part(name),
    async ruleSheets() {
      return book.structure.sheets.filter((sheet) => sheet.use === 'rules').map(ruleSheet);
    },
    async writeRuleSheet(name, lines, was) {
      const sheet = sheetOf(name);
      if (sheet.use !== 'rules') throw fileError(title, 'missing', name);
      const now = ruleSheet(sheet);
      if (!sameRows(now.rows, was.rows)) return { kind: 'changed', sheet: now };
      change(
        (writer) => putRuleRows(writer, sheet, now.rows, lines),
        () => [sheet.name],
      );
      return { kind: 'written', sheet: ruleSheet(sheetOf(name)) };
    },
    async addRuleSheet(name, lines) {
      return change(
        (writer) => addPlainSheet(writer, name, rulesXml(writer, lines)),
        (sheet) => [sheet],
      );
    },
    async select(cell) {
      const { name } = sheetOf(cell.sheet);
      const { row, column } = cell;
      if (!within({ top: 1, left: 1, bottom: MAX_ROW, right: MAX_COLUMN }, row, column))
        throw fileError(title, 'missing', `${name} ${row}:${column}`);
      selected = { sheet: name, row, column };
    },
    async selection() {
      const at = selected;
      const sheet = book.structure.sheets.find((one) => one.name === at?.sheet);
      if (at === null || sheet === undefined) return null;
      return { ...at, formula: formulaIn(book, sheet, at.row, at.column), inTable: await inTable(sheet, at) };
    },
    watch(listener) {
      // A function of its own, so that the same listener may watch twice.
      const own = (change: BookChange): void => listener(change);
      listeners.add(own);
      return () => {
        listeners.delete(own);
      };
    },
    setting: async (name) => settings.get(name) ?? null,
    async setSetting(name, value) {
      if (value === null) settings.delete(name);
      else settings.set(name, value);
      options.onSetting?.(name, value);
    },
    bytes: async () => book.structure.zip.bytes,
    async openCopy(copy, name) {
      await options.onCopy?.(copy, name);
    },
    functionNames: async () => functionNames(book.structure),
    async setFunctionNames(names, present) {
      return change(
        (writer) => putFunctionNames(writer, names, present),
        () => [],
      );
    },
    async edit(cells) {
      change(
        (writer) => putCells(writer, cells),
        () => [...new Set(cells.map((one) => sheetOf(one.sheet).name))],
      );
    },
    async cell({ sheet: name, row, column }) {
      const sheet = sheetOf(name);
      return { ...cellIn(book, sheet, row, column), formula: formulaIn(book, sheet, row, column) };
    },
    async addSheet(name) {
      return change(
        (writer) => addPlainSheet(writer, name, '<sheetData></sheetData>'),
        (sheet) => [sheet],
      );
    },
  };
}

const within = ({ top, left, bottom, right }: Area, row: number, column: number): boolean =>
  row >= top && row <= bottom && column >= left && column <= right;

function bodyOf({ area, headerRows, totalsRows }: BookSheet['tables'][number]): Area {
  return { ...area, top: area.top + headerRows, bottom: area.bottom - totalsRows };
}

/** Sheets, tables with their headings, and names, for comparison. */
function shapeOf({ structure, tables, names }: XlsxBook): string {
  return JSON.stringify([
    structure.sheets.map((sheet) => [sheet.name, sheet.tables.map((table) => [table.name, table.columns])]),
    tables,
    names.map(({ name, sheet, row, column }) => [name, sheet, row, column]),
    functionNames(structure),
  ]);
}

function cellIn(
  { structure }: XlsxBook,
  sheet: BookSheet,
  row: number,
  column: number,
): { readonly value: Value | null; readonly error?: string } {
  const context = { ...readContext(structure), sheet: sheet.name };
  let found: { readonly value: Value | null; readonly error?: string } = { value: { kind: 'blank' } };
  eachCell(structure.zip, sheet.entry, (cell) => {
    if (cell.row === row && cell.column === column) found = cellValue(cell, context);
    return cell.row < row || (cell.row === row && cell.column < column);
  });
  return found;
}

function formulaIn({ structure }: XlsxBook, sheet: BookSheet, row: number, column: number): string | null {
  const xml = partText(structure.zip, sheet.entry);
  const broken = () => fileError(structure.zip.path, 'broken-part', sheet.part);
  const survey = surveyFormulas(xml, broken);
  let found: string | null = null;
  walkSheet(xml, broken, {
    wants: (one) => one === row,
    cell(cell) {
      if (cell.column === column) found = formulaOf(cell, survey);
    },
  });
  return found === null ? null : `=${shownFormula(found)}`;
}

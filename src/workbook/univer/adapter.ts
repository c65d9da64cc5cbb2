import type { FUniver, IWorksheetData, Worksheet } from '@univerjs/presets';
import { isoText } from '../../exact/date.ts';
import { exactText } from '../../exact/decimal.ts';
import { fileError } from '../bookError.ts';
import { breathe } from '../breathe.ts';
import { isFunctionName } from '../functionNames.ts';
import type { LiveBook, RuleSheet, Selection } from '../live.ts';
import { isRuleSheet } from '../names.ts';
import type { SourceLine } from '../port.ts';
import { ruleEdits, sameRows } from '../ruleEdits.ts';
import { ruleRows } from '../ruleReading.ts';
import { freeSheetName } from '../sheetNames.ts';
import { regionsOf } from '../tableReading.ts';
import type { XlsxBook } from '../xlsx/book.ts';
import { contentOf, isFormula, meaningOf } from './cells.ts';
import { followGrid } from './following.ts';
import { addSheet, freeId, type Grid, gridOf } from './grid.ts';
import type { LoadContext, LoadedBook } from './load.ts';
import { allNames, firstRow, openGrid, openSheet, type Reading, readOurs, ruleCells } from './reading.ts';
import { newSheet } from './results.ts';
import { type Origins, savedBook } from './save.ts';
import { writeResults } from './writeResults.ts';
import { editRules, lineCells } from './writeRules.ts';

export interface GridBookOptions {
  readonly title: string;
  /** The file that is open in the grid, and how it was turned into the grid's own. */
  readonly file: XlsxBook;
  readonly context: LoadContext;
  readonly loaded: LoadedBook;
  /** Texts that the file brought. */
  readonly settings?: ReadonlyMap<string, string>;
  /** Shows a cell (rows and columns from 0) where there is anything to be seen. */
  readonly show?: (sheet: Worksheet, row: number, column: number) => void;
  /** Offers bytes as a file. */
  readonly openCopy?: (bytes: Uint8Array, name: string) => Promise<void>;
}

/** A workbook that is open in the grid. `close` stops following it. */
export interface GridBook extends LiveBook {
  /** Whether a sheet (by the grid's id) is one of the opened file, which `bytes` does not take away. */
  isOfFile(sheetId: string): boolean;
  close(): void;
}

/** The workbook `options.loaded` that has been opened in the grid, as a live one. */
export function univerBook(api: FUniver, options: GridBookOptions): GridBook {
  const { file, loaded, title } = options;
  const grid = gridOf(api, loaded.data.id);
  const following = followGrid(grid, loaded.tables);
  const reading: Reading = { grid, tables: following.tables };
  const settings = new Map(options.settings);
  const parts = new Map<string, string | null>();
  const origins: Origins = {
    file: new Map(
      loaded.sheetIds.flatMap((id, i) => {
        const sheet = file.structure.sheets[i];
        return sheet === undefined ? [] : [[id, sheet] as const];
      }),
    ),
    written: new Map(),
  };

  function sheetNamed(name: string): Worksheet {
    const sheet = grid.sheet(name);
    if (sheet === undefined) throw fileError(title, 'missing', name);
    return sheet;
  }

  function ruleSheet(sheet: Worksheet): RuleSheet {
    return { sheet: sheet.getName(), rows: ruleRows(ruleCells(grid, sheet)) };
  }

  const ruleSheets = (): readonly Worksheet[] =>
    grid.sheets().filter((sheet) => isRuleSheet(sheet.getName()));

  return {
    title,
    // The open-source edition of the grid draws none.
    charts: false,
    async open(progress) {
      await breathe(progress?.signal);
      return openGrid(reading);
    },
    writeSheets: (sheets, progress) => writeResults({ reading, following, origins }, { sheets }, progress),
    async write({ parts: texts = [], ...changes }, progress) {
      const written = await writeResults({ reading, following, origins }, changes, progress);
      // Nothing refuses from here on.
      for (const { name, text } of texts) parts.set(name, text);
      return written;
    },
    ours: async (name) => readOurs(reading, name),
    async part(name) {
      const kept = parts.get(name);
      return kept === undefined ? file.part(name) : kept;
    },
    async ruleSheets() {
      return ruleSheets().map(ruleSheet);
    },
    async writeRuleSheet(name, lines, was) {
      const sheet = sheetNamed(name);
      const now = ruleSheet(sheet);
      if (!sameRows(now.rows, was.rows)) return { kind: 'changed', sheet: now };
      following.ours(() => editRules(grid, sheet, ruleEdits(now.rows, lines)));
      return { kind: 'written', sheet: ruleSheet(sheet) };
    },
    async addRuleSheet(name, lines) {
      const sheets = grid.sheets();
      const free = freeSheetName(name, new Set(sheets.map((sheet) => sheet.getName().toLowerCase())));
      const last = sheets.reduce((at, sheet, i) => (isRuleSheet(sheet.getName()) ? i : at), -1);
      const index = last < 0 ? sheets.length : last + 1;
      addSheet(grid, ruleSheetData(freeId(grid), free, lines), index);
      return free;
    },
    async select({ sheet: name, row, column }) {
      const sheet = sheetNamed(name);
      const facade = api.getWorkbook(grid.unitId);
      const target = facade?.getSheetBySheetId(sheet.getSheetId());
      if (
        !facade ||
        !target ||
        row < 1 ||
        column < 1 ||
        row > sheet.getRowCount() ||
        column > sheet.getColumnCount()
      )
        throw fileError(title, 'missing', name);
      facade.setActiveSheet(target);
      target.setActiveRange(target.getRange(row - 1, column - 1));
      options.show?.(sheet, row - 1, column - 1);
    },
    async selection() {
      return selectionOf(reading);
    },
    watch: following.watch,
    async setting(name) {
      return settings.get(name) ?? null;
    },
    async setSetting(name, value) {
      if (value === null) settings.delete(name);
      else settings.set(name, value);
    },
    async bytes() {
      return savedBook({ grid, following, origins, settings, parts, file, context: options.context });
    },
    async openCopy(bytes, name) {
      if (options.openCopy === undefined) throw fileError(name, 'not-writable');
      await options.openCopy(bytes, name);
    },
    async functionNames() {
      return allNames(grid).flatMap(({ name, formula }) => (isFunctionName(formula) ? [name] : []));
    },
    async setFunctionNames(names, present) {
      const facade = api.getWorkbook(grid.unitId);
      const foreign: string[] = [];
      for (const { name, formula } of names) {
        const old = allNames(grid).find((one) => one.name.toLowerCase() === name.toLowerCase());
        if (old !== undefined && !isFunctionName(old.formula)) foreign.push(name);
        else {
          if (old !== undefined) facade?.deleteDefinedName(old.name);
          if (present) facade?.insertDefinedName(name, formula);
        }
      }
      return foreign;
    },
    isOfFile: (sheetId) => origins.file.has(sheetId),
    close: following.stop,
  };
}

function ruleSheetData(id: string, name: string, lines: readonly SourceLine[]): IWorksheetData {
  const cells = Object.fromEntries(lines.map((line, i) => [i, lineCells(line)]));
  return newSheet(
    id,
    name,
    cells,
    { rows: lines.length, columns: 4 },
    {
      columnData: { 0: { w: 38 }, 1: { w: 38 }, 2: { w: 640 }, 3: { w: 280 } },
      showGridlines: 0,
    },
  );
}

function selectionOf(reading: Reading): Selection | null {
  const { grid } = reading;
  const range = grid.api.getWorkbook(grid.unitId)?.getActiveCell();
  if (!range) return null;
  const [r, c] = [range.getRow(), range.getColumn()];
  const sheet = grid.sheets().find((one) => one.getSheetId() === range.getSheetId());
  if (sheet === undefined) return null;
  const cells = grid.cells(sheet);
  const cell = cells[r]?.[c];
  const formula = cell && isFormula(cell) ? range.getFormula() : keptFormula(cell?.custom);
  const place = { sheet: sheet.getName(), row: r + 1, column: c + 1 };
  const region = regionsOf(openSheet(reading, sheet), firstRow(grid, sheet)).find(
    ({ top, bottom, columns }) =>
      r + 1 >= top && r + 1 <= bottom && columns.some(({ column }) => column === c + 1),
  );
  const column = region?.columns.find((one) => one.column === c + 1);
  const first = region?.columns[0]?.column ?? 1;
  const inTable =
    region === undefined || column === undefined
      ? null
      : { table: region.head.name, heading: column.heading, key: cellText(grid, sheet, r, first - 1) };
  return { ...place, formula: formula ?? null, inTable };
}

/** The formula that stands beside a value because the grid can't calculate it. */
function keptFormula(custom: unknown): string | null {
  if (typeof custom !== 'object' || custom === null || !('formula' in custom)) return null;
  return typeof custom.formula === 'string' ? custom.formula : null;
}

/** What a cell says, as a key. */
function cellText(grid: Grid, sheet: Worksheet, row: number, column: number): string {
  const cell = grid.cells(sheet)[row]?.[column];
  const content = contentOf(cell);
  const { value, error } = meaningOf(
    content,
    content.kind === 'number' && grid.isDate(sheet, row, column, cell),
  );
  if (value === null) return error ?? '';
  switch (value.kind) {
    case 'blank':
      return '';
    case 'text':
      return value.value;
    case 'number':
      return exactText(value.value);
    case 'date':
      return isoText(value.ms).replace('T', ' ');
    case 'logical':
      return value.value ? 'TRUE' : 'FALSE';
    default: {
      const never: never = value;
      return never;
    }
  }
}

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { columnValue } from '../../exact/column.ts';
import { type ColumnBuilder, columnBuilder } from '../../exact/columnBuilder.ts';
import { TooLarge } from '../../exact/rational.ts';
import type { Value } from '../../exact/value.ts';
import { BookError, systemError } from '../bookError.ts';
import { breathe } from '../breathe.ts';
import { foldName, isOurSheet, isRuleSheet } from '../names.ts';
import type {
  BookChanges,
  DefinedName,
  OpenBook,
  OutputSheet,
  Progress,
  RuleLine,
  SheetTable,
  SourceLine,
  Workbook,
} from '../port.ts';
import { withRows } from '../tableRows.ts';
import { decodeText, plainLineEnds } from './decode.ts';
import { exportFolder } from './export.ts';
import { dateReader, fieldKind, pushField } from './field.ts';
import { fileLines } from './rules.ts';
import { csvHeadings, csvTable, eachRecord } from './table.ts';

interface CsvFile {
  readonly name: string;
  readonly path: string;
  readonly text: string;
}

/** The name of a folder's file of defined names, without its extension. */
const NAMES = 'names';

/**
 * Opens a folder of `NAME.csv` tables, `names.csv` and `*.allot` rules (language §8), files in order of their
 * names. `Rules….csv` and `Allot ….csv` are no data, as sheets of these names are none.
 */
export async function openFolder(folder: string): Promise<OpenBook> {
  const rules: RuleLine[] = [];
  const files: CsvFile[] = [];
  let names: readonly DefinedName[] = [];
  let hasRules = false;
  for (const file of await bookFiles(folder)) {
    const full = path.join(folder, file);
    const bytes = await readFile(full).catch((error: unknown) => {
      throw systemError(full, error);
    });
    const text = decodeText(bytes, full);
    const extension = path.extname(file);
    const name = file.slice(0, -extension.length);
    if (extension.toLowerCase() === '.allot') {
      hasRules = true;
      for (const line of fileLines(text, file)) rules.push(line);
    } else if (name.toLowerCase() === NAMES) names = readNames(plainLineEnds(text), full);
    else if (!isOurSheet(name) && !isRuleSheet(name))
      files.push({ name, path: full, text: plainLineEnds(text) });
  }
  return folderBook(folder, { rules, hasRules, names }, files);
}

/** Files at the top of the folder; those that systems hide beside others are passed over. */
async function bookFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw systemError(folder, error);
  });
  return entries
    .filter((entry) => !entry.isDirectory() && /^[^.~].*\.(?:csv|allot)$/i.test(entry.name))
    .map((entry) => entry.name)
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function folderBook(
  folder: string,
  head: Pick<Workbook, 'rules' | 'hasRules' | 'names'>,
  files: readonly CsvFile[],
): OpenBook {
  const done = new Map<CsvFile, SheetTable>();

  async function read(only?: readonly string[], progress?: Progress): Promise<Workbook> {
    const wanted = only === undefined ? null : new Set(only.map(foldName));
    const chosen = files.filter((file) => wanted === null || wanted.has(foldName(file.name)));
    const total = chosen.reduce((sum, file) => sum + file.text.length, 0);
    let past = 0;
    const tables: SheetTable[] = [];
    for (const file of chosen) {
      await breathe(progress?.signal);
      const table = done.get(file) ?? csvTable(file.text, file.name, file.path, progress);
      done.set(file, table);
      tables.push(table);
      past += file.text.length;
      progress?.report?.(past, total);
    }
    return { ...head, tables, problems: [] };
  }

  const book: OpenBook = {
    path: folder,
    ...head,
    problems: [],
    tables: files.map((file) => ({
      name: file.name,
      sheet: file.name,
      headings: csvHeadings(file.text, file.path).filter((heading) => heading !== ''),
    })),
    read,
    // A folder keeps nothing of ours: what it becomes with a ledger is a workbook.
    ours: async () => null,
    part: async () => null,
    async writeSheets(sheets: readonly OutputSheet[], out: string, progress?: Progress) {
      return exportFolder(await read(undefined, progress), null, sheets, out);
    },
    async writeRules(lines: readonly SourceLine[], out: string) {
      return exportFolder(await read(), lines, [], out);
    },
    async write(
      { sheets = [], parts = [], rules, tables = [] }: BookChanges,
      out: string,
      progress?: Progress,
    ) {
      const now = await read(undefined, progress);
      const next = now.tables.map((table) => {
        const other = tables.find((one) => foldName(one.table) === foldName(table.name));
        return other === undefined ? table : withRows(table, other.rows);
      });
      return exportFolder({ ...now, tables: next }, rules ?? null, sheets, out, parts);
    },
  };
  return book;
}

/** Lines `name,value`; the first may be that heading. Places are those of a sheet `names`. */
function readNames(text: string, file: string): readonly DefinedName[] {
  const names: DefinedName[] = [];
  const dates = dateReader();
  eachRecord(text, file, (fields, row) => {
    const name = (fields[0] ?? '').trim();
    const value = fields[1] ?? '';
    const heading = row === 1 && /^(?:name|名称)$/i.test(name) && /^(?:value|值)$/i.test(value.trim());
    if (heading || name === '') return true;
    names.push({ name, sheet: NAMES, row, column: 2, value: single(value, row, dates) });
    return true;
  });
  return names;
}

function single(text: string, row: number, dates: (text: string) => number | null): Value | null {
  const builder: ColumnBuilder = columnBuilder(1);
  try {
    pushField(builder, text, fieldKind(text), dates);
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    const at = { kind: 'cell', sheet: NAMES, row, column: 2 } as const;
    throw new BookError({ code: 'too-large', severity: 'error', at });
  }
  return columnValue(builder.finish(), 0);
}

import type { Doer, Plan, Refusal } from '../audit/pay.ts';
import { foldName } from '../workbook/names.ts';
import type { BookReader, BookStore, Progress } from '../workbook/port.ts';
import { csvRows, workbookRows } from './exports.ts';
import type { Issue } from './issues.ts';
import { type Fetched, type Source, SourceFault } from './model.ts';
import { planRefresh } from './plan.ts';
import { type Refreshed, stageRefresh } from './refresh.ts';
import { readSources, sourceHead } from './sheet.ts';

/**
 * A refresh where there is no file system and no other host: any book, and the exports that somebody picked. Nothing here
 * needs Node.
 */

type Book = BookReader & BookStore;

/** A file and the table that it is for. */
export interface PickedFile {
  readonly table: string;
  /** Without a folder. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface ListedSources {
  /** The sheet's name; null where the book has none. */
  readonly sheet: string | null;
  readonly sources: readonly (Source & {
    /** What its file is called, without a folder; null where the source is no file. */
    readonly file: string | null;
  })[];
  /** What is wrong with the sheet. */
  readonly issues: readonly Issue[];
}

/** What the sheet of sources says, for people to pick files. Refuses with a BookError. */
export async function listSources(book: Book): Promise<ListedSources> {
  const head = sourceHead(book.tables);
  const table = head === undefined ? undefined : (await book.read([head.name])).tables[0];
  if (table === undefined) return { sheet: null, sources: [], issues: [] };
  const { sources, issues } = readSources(table, book.tables);
  return {
    sheet: table.sheet,
    sources: sources.map((source) => ({ ...source, file: fileOf(source) })),
    issues,
  };
}

function fileOf({ kind, location }: Source): string | null {
  if (kind !== 'csv' && kind !== 'workbook') return null;
  const path = kind === 'workbook' ? location.replace(/#[^#/\\]+$/, '') : location;
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

export interface PickedRefresh {
  readonly staged: Refreshed;
  /** What writing it would do: the tables' rows and the ledger's row; nothing is written here. */
  plan(doer: Doer): Promise<Plan | Refusal>;
}

/** Stages the tables whose files were picked. Refuses with a BookError, and the signal's reason. */
export async function refreshPicked(
  book: Book,
  files: readonly PickedFile[],
  today: number,
  progress: Progress = {},
): Promise<PickedRefresh> {
  const { sources } = await listSources(book);
  const pickedFor = ({ table, file }: ListedSources['sources'][number]): PickedFile | undefined =>
    file === null ? undefined : files.find((one) => foldName(one.table) === foldName(table));
  const picked = new Map(sources.map((source) => [source.table, pickedFor(source)]));
  const only = sources.filter(({ table }) => picked.get(table) !== undefined).map(({ table }) => table);

  async function fetch(source: Source): Promise<Fetched> {
    const file = picked.get(source.table);
    if (file === undefined) throw new SourceFault('missing-file', source.location);
    if (source.kind === 'csv') return csvRows(file.bytes, file.name);
    const table = /#([^#/\\]+)$/.exec(source.location)?.[1] ?? source.table;
    return workbookRows(file.bytes, file.name, table);
  }

  // Without any file there is nothing to ask for; an unknown name would say so of none of them.
  const staged: Refreshed =
    only.length === 0 && sources.length > 0
      ? { kind: 'staged', report: { tables: [], issues: [] }, tables: [], next: [] }
      : await stageRefresh(book, { only, today, fetch, progress });
  return {
    staged,
    async plan(doer) {
      if (staged.kind !== 'staged') throw new RangeError('nothing is staged');
      return planRefresh(book, staged, doer);
    },
  };
}

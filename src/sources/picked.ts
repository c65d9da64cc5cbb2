import type { Doer, Plan, Refusal } from '../audit/pay.ts';
import { foldName } from '../workbook/names.ts';
import type { Progress } from '../workbook/port.ts';
import { readXlsx, type XlsxBook } from '../workbook/xlsx/book.ts';
import { csvRows, workbookRows } from './exports.ts';
import type { Issue } from './issues.ts';
import { type Fetched, type Source, SourceFault } from './model.ts';
import { planRefresh } from './plan.ts';
import { type Refreshed, stageRefresh } from './refresh.ts';
import { readSources, sourceHead } from './sheet.ts';

/**
 * A refresh where there is no file system and no other host: a workbook as bytes, and the exports that somebody picked.
 * Nothing here needs Node.
 */

export interface PickedFile {
  /** Without a folder. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A source that a picked file can be: its table, and what its file is called. */
export interface FileSource {
  readonly table: string;
  readonly file: string;
  readonly note: string;
}

/** The sources of a workbook that are files, for people to pick them; and what is wrong with the sheet of sources. */
export async function fileSources(
  bytes: Uint8Array,
  title: string,
): Promise<{ readonly sources: readonly FileSource[]; readonly issues: readonly Issue[] }> {
  const book = readXlsx(bytes, title);
  const { sources, issues } = await sourcesOf(book);
  return {
    sources: sources.flatMap((source) => {
      const file = fileOf(source);
      return file === null ? [] : [{ table: source.table, file, note: source.note }];
    }),
    issues,
  };
}

async function sourcesOf(book: XlsxBook): Promise<ReturnType<typeof readSources>> {
  const head = sourceHead(book.tables);
  const table = head === undefined ? undefined : (await book.read([head.name])).tables[0];
  return table === undefined ? { sources: [], issues: [] } : readSources(table, book.tables);
}

/** What the file of a source is called; null where it is none. */
function fileOf({ kind, location }: Source): string | null {
  if (kind !== 'csv' && kind !== 'workbook') return null;
  const path = kind === 'workbook' ? location.replace(/#[^#/\\]+$/, '') : location;
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

export interface PickedRefresh {
  readonly staged: Refreshed;
  /** What writing it would do: the bytes of the workbook with its rows and the ledger's row; nothing is written here. */
  write(doer: Doer): Promise<
    | Refusal
    | {
        readonly kind: 'written';
        readonly bytes: Uint8Array;
        readonly row: Plan['row'];
        readonly anchor: string;
      }
  >;
}

/** Stages the tables whose files were picked, by the files' names. Refuses with a BookError, and the signal's reason. */
export async function refreshPicked(
  bytes: Uint8Array,
  title: string,
  files: readonly PickedFile[],
  today: number,
  progress: Progress = {},
): Promise<PickedRefresh> {
  const book = readXlsx(bytes, title);
  const pickedFor = (source: Source): PickedFile | undefined => {
    const wanted = fileOf(source);
    return wanted === null ? undefined : files.find(({ name }) => foldName(name) === foldName(wanted));
  };
  const { sources } = await sourcesOf(book);
  const only = sources.filter((source) => pickedFor(source) !== undefined).map(({ table }) => table);

  async function fetch(source: Source): Promise<Fetched> {
    const file = pickedFor(source);
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
    async write(doer) {
      if (staged.kind !== 'staged') throw new RangeError('nothing is staged');
      const plan = await planRefresh(book, staged, doer);
      if (plan.kind !== 'plan') return plan;
      const { row, anchor } = plan;
      return { kind: 'written', bytes: book.withChanges(plan.changes).bytes, row, anchor };
    },
  };
}

import type { SourceView } from '../../../live/refreshed.ts';
import { fits, matchFiles, type WantedFile } from '../../../sources/match.ts';

/** Files that somebody picked, and what was chosen for tables by hand: null for none. */
export interface Picks {
  readonly files: readonly File[];
  readonly chosen: ReadonlyMap<string, File | null>;
}

export const NO_PICKS: Picks = { files: [], chosen: new Map() };

/** With further files; one takes the place of another of its name. */
export function withFiles({ files, chosen }: Picks, more: readonly File[]): Picks {
  const last = new Map(more.map((file) => [file.name, file]));
  const now = (file: File): File => last.get(file.name) ?? file;
  return {
    files: [...new Set([...files.map(now), ...last.values()])],
    chosen: new Map([...chosen].map(([table, file]) => [table, file === null ? null : now(file)])),
  };
}

export function withoutFile({ files, chosen }: Picks, gone: File): Picks {
  return {
    files: files.filter((file) => file !== gone),
    chosen: new Map([...chosen].filter(([, file]) => file !== gone)),
  };
}

export function withChoice({ files, chosen }: Picks, table: string, file: File | null): Picks {
  return { files, chosen: new Map([...chosen, [table, file]]) };
}

/** A source that is a file. */
export type FileView = SourceView & { readonly file: string };

export const isFile = (source: SourceView): source is FileView => source.file !== null;

const wantedOf = ({ table, file, kind }: FileView): WantedFile => ({
  table,
  file,
  kind: kind === 'workbook' ? 'workbook' : 'csv',
});

/** Those of the files that a source can be read from. */
export const fitting = (source: FileView, { files }: Picks): readonly File[] =>
  files.filter(({ name }) => fits(wantedOf(source), name));

/** The file of each source: what was chosen, else what it obviously is. */
export function filesOf(
  sources: readonly FileView[],
  { files, chosen }: Picks,
): ReadonlyMap<string, File | null> {
  // What was chosen for one table is not taken for another.
  const free = sources.filter(({ table }) => !chosen.has(table));
  const taken = new Set(
    sources.flatMap(({ table, kind }) => (kind === 'csv' ? (chosen.get(table) ?? []) : [])),
  );
  const open = files.filter((file) => !taken.has(file));
  const matched = matchFiles(
    free.map(wantedOf),
    open.map(({ name }) => name),
  );
  const found = new Map(free.map(({ table }, i) => [table, open[matched[i] ?? -1] ?? null]));
  return new Map(sources.map(({ table }) => [table, chosen.get(table) ?? found.get(table) ?? null]));
}

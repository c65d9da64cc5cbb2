import { foldName, type RuleFile } from '../../grammar/tree.ts';
import type { BookReader, Progress, TableHead, Workbook } from '../workbook/port.ts';
import { wordsOf } from './words.ts';

/** Tables of a book. */
interface Tables {
  /** Those that rules speak of. */
  readonly spoken: readonly TableHead[];
  /** The rest, for suggestions. */
  readonly others: readonly TableHead[];
}

/** Tables by whether rules speak of them. */
export function tablesOf(file: RuleFile, tables: readonly TableHead[]): Tables {
  const words = wordsOf(file);
  const spoken = tables.filter(({ name }) => words.has(foldName(name)));
  return { spoken, others: tables.filter((table) => !spoken.includes(table)) };
}

/** Reads the tables that rules speak of. Refuses with a BookError, and with the signal's reason. */
export async function readSpoken(
  book: BookReader,
  file: RuleFile,
  progress: Progress = {},
): Promise<{ readonly workbook: Workbook; readonly others: readonly TableHead[] }> {
  const { spoken, others } = tablesOf(file, book.tables);
  const names = spoken.map(({ name }) => name);
  return { workbook: await book.read(names, progress), others };
}

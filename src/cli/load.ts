import { parseRules } from '../../grammar/index.ts';
import type { RuleFile } from '../../grammar/tree.ts';
import { type Checked, checkRules } from '../rules/check.ts';
import { readSpoken } from '../rules/spoken.ts';
import { fileError } from '../workbook/bookError.ts';
import { openBook } from '../workbook/open.ts';
import type { OpenBook, Progress, Workbook } from '../workbook/port.ts';

export interface Loaded extends Checked {
  readonly book: OpenBook;
  readonly file: RuleFile;
  readonly workbook: Workbook;
}

/** Opens a book, reads its rules and the tables that they speak of, and checks them. Refuses with a BookError. */
export async function load(path: string, asOf: number, progress: Progress = {}): Promise<Loaded> {
  const book = await openBook(path);
  if (!book.hasRules) throw fileError(path, 'no-rules');
  const file = parseRules(book.rules);
  const { workbook, others } = await readSpoken(book, file, progress);
  return { book, file, workbook, ...checkRules(file, workbook, asOf, others) };
}

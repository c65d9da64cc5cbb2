import { parseRules } from '../../grammar/index.ts';
import { foldName, type RuleFile } from '../../grammar/tree.ts';
import { type Checked, checkRules } from '../rules/check.ts';
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
  const spoken = wordsOf(file);
  const wanted = book.tables.filter(({ name }) => spoken.has(foldName(name))).map(({ name }) => name);
  const workbook = await book.read(wanted, progress);
  const others = book.tables.filter(({ name }) => !wanted.includes(name));
  return { book, file, workbook, ...checkRules(file, workbook, asOf, others) };
}

/** Every name in a rule file, folded: whatever is not among them, the rules do not speak of. */
function wordsOf(file: RuleFile): ReadonlySet<string> {
  const words = new Set(file.brokenNames.map(({ text }) => foldName(text)));
  const left: unknown[] = [file.items];
  while (left.length > 0) {
    const node = left.pop();
    if (Array.isArray(node)) left.push(...node);
    else if (typeof node === 'object' && node !== null) {
      for (const [member, value] of Object.entries(node)) {
        if (typeof value === 'object') left.push(value);
        else if (typeof value === 'string' && (member === 'text' || member === 'name'))
          words.add(foldName(value));
      }
    }
  }
  return words;
}

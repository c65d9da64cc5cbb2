import { parseRules } from '../../../grammar/index.ts';
import type { RuleFile } from '../../../grammar/tree.ts';
import { digestResults, digestRules } from '../../audit/digest.ts';
import type { Results } from '../../engine/results.ts';
import { run as runProgram } from '../../engine/run.ts';
import { withProblems } from '../../problems/once.ts';
import type { Problem } from '../../problems/problem.ts';
import { checkRules } from '../../rules/check.ts';
import type { Program } from '../../rules/program.ts';
import type { OtherTable } from '../../rules/schema.ts';
import { readSpoken } from '../../rules/spoken.ts';
import { fileError } from '../../workbook/bookError.ts';
import { openBook } from '../../workbook/open.ts';
import type { OpenBook, Progress, Workbook } from '../../workbook/port.ts';
import { findBook, type ServedBook, type Shelf } from '../books.ts';

/** What rules over tables come to on a day; `run` is null where the rules or the headings have an error. */
export interface Computed {
  readonly file: RuleFile;
  readonly workbook: Workbook;
  readonly run: { readonly program: Program; readonly results: Results } | null;
  /** Of the rules, the data and the run, each once. */
  readonly problems: readonly Problem[];
  /** Taken when they are first asked for; null where there are no results. */
  readonly digests: () => Digests | null;
}

/** What a ledger has of a run: SHA-256 of its rules and of all its results. */
export interface Digests {
  readonly rules: string;
  readonly results: string;
}

/** A book as it was opened, with what it was found to come to. */
export interface Kept {
  readonly served: ServedBook;
  readonly book: OpenBook;
  /** By as-of date, those that were asked for last. */
  readonly computed: Map<number, Computed>;
}

/** Books that a worker has open. */
export interface Library {
  /** A served book as it is now: the one that is open, where its files are as they were. Refuses with a BookError. */
  book(name: string): Promise<Kept | null>;
  /** Computes it as of a day, or gives what it came to before. Refuses with a BookError, and with the signal's reason. */
  compute(kept: Kept, asOf: number, progress: Progress): Promise<Computed>;
}

/** Open books of a worker, and days of each that are remembered. */
const BOOKS = 8;
const DAYS = 2;
/** How often a book is read again that is written to meanwhile. */
const TRIES = 3;

export function library(shelves: readonly Shelf[]): Library {
  const books = new Map<string, Kept>();

  async function open(name: string): Promise<Kept | null> {
    for (let tries = 1; ; tries++) {
      const served = await findBook(shelves, name);
      if (served === null) return null;
      const known = books.get(served.path);
      if (known !== undefined && known.served.stamp === served.stamp) return known;
      const book = await openBook(served.path);
      // What was read is of one piece if nobody wrote to it meanwhile.
      const after = await findBook(shelves, name);
      if (after === null || after.stamp === served.stamp || tries === TRIES)
        return { served, book, computed: new Map() };
    }
  }

  return {
    async book(name) {
      const kept = await open(name);
      if (kept === null) return null;
      remember(books, kept.served.path, kept, BOOKS);
      return kept;
    },
    async compute({ book, served, computed }, asOf, progress) {
      const known = computed.get(asOf);
      if (known !== undefined) {
        remember(computed, asOf, known, DAYS);
        return known;
      }
      if (!book.hasRules) throw fileError(served.path, 'no-rules');
      const file = parseRules(book.rules);
      const { workbook, others } = await readSpoken(book, file, progress);
      const found = computeTables(file, workbook, asOf, others, progress);
      remember(computed, asOf, found, DAYS);
      return found;
    },
  };
}

/** Checks rules over tables and runs them. Refuses with the signal's reason. */
export function computeTables(
  file: RuleFile,
  workbook: Workbook,
  asOf: number,
  others: readonly OtherTable[],
  progress: Progress,
): Computed {
  const { program, problems } = checkRules(file, workbook, asOf, others);
  if (program === null) return { file, workbook, run: null, problems, digests: () => null };
  const results = withProblems(problems, runProgram(program, workbook, progress));
  let known: Digests | null = null;
  const digests = (): Digests => {
    known ??= {
      rules: digestRules(workbook.rules),
      results: digestResults(program, workbook, results),
    };
    return known;
  };
  return { file, workbook, run: { program, results }, problems: results.problems, digests };
}

/** Puts an entry last; the first ones go where there are too many. */
function remember<K, V>(map: Map<K, V>, key: K, value: V, most: number): void {
  map.delete(key);
  map.set(key, value);
  for (const first of map.keys()) {
    if (map.size <= most) return;
    map.delete(first);
  }
}

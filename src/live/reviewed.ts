import type { Language } from '../problems/messages/index.ts';
import type { Place } from '../problems/problem.ts';
import type { BookInspection, BookStore } from '../workbook/port.ts';
import type { Session } from './session.ts';

/** What an auditor wants to know of the rules, as plain texts in the reader's language. */
export interface ReviewView {
  /** Whole milliseconds. */
  readonly asOf: number;
  readonly title: string;
  /** How much was reviewed. */
  readonly summary: string;
  /** How the results in the book stand to the run; of a run with errors, that they are not told. */
  readonly results: string;
  readonly errors: number;
  /** Whether hidden places and formulas in result sheets could be looked for. */
  readonly inspected: boolean;
  /** Only those lists that have something in them. */
  readonly found: readonly ReviewFindings[];
  readonly rules: readonly ReviewRule[];
  /** How amounts and hits are to be read. */
  readonly notes: readonly string[];
  /** All of it as a page of its own, the one that the command line writes. */
  readonly page: string;
}

export interface ReviewFindings {
  readonly heading: string;
  readonly rows: readonly ReviewFinding[];
}

export interface ReviewFinding {
  /** What it is about; empty where the place says it. */
  readonly title: string;
  readonly at: ReviewPlace | null;
  readonly facts: readonly ReviewFact[];
}

/** A place, and as what people read it. */
export interface ReviewPlace {
  readonly place: Place;
  readonly text: string;
}

export interface ReviewFact {
  readonly label: string;
  readonly text: string;
}

/** A rule in all its versions. */
export interface ReviewRule {
  readonly name: string;
  readonly kind: string;
  /** Its condition, the rows that it covers, what reads it. */
  readonly facts: readonly ReviewFact[];
  /** The money that depends on it; null where that is not told. */
  readonly amounts: Readonly<Record<ReviewMoney, ReviewAmount>> | null;
  readonly versions: readonly ReviewVersion[];
}

export type ReviewMoney = 'statements' | 'shares';

export interface ReviewAmount extends ReviewFact {
  /** The closest double, to sort by. */
  readonly about: number;
}

export interface ReviewVersion {
  readonly at: ReviewPlace;
  readonly period: string;
  readonly state: string;
  readonly inForce: boolean;
  /** As written; `hits`: how often a line of a band decided, where that is counted. */
  readonly lines: readonly { readonly text: string; readonly hits: string; readonly none: boolean }[];
  /** What is written into it, by the line that it stands in. */
  readonly constants: readonly { readonly at: ReviewPlace; readonly texts: string }[];
}

/** What the calculator asks back of the page while it reviews. */
export interface ReviewSource extends Pick<BookStore, 'ours'> {
  /** Null where the host can't tell. */
  inspect(): Promise<BookInspection | null>;
}

/**
 * The rules of the workbook that is open, for an auditor; null where they, or the headings, have an error. Refuses with
 * a BookError where the result sheets can't be read, with the signal's reason where it is given up.
 */
export async function openReview(
  { book, calculator }: Session,
  asOf: number,
  language: Language,
  signal?: AbortSignal,
): Promise<ReviewView | null> {
  // A worker keeps only the text of what the workbook refuses.
  let refused: { readonly error: unknown } | null = null;
  const source: ReviewSource = {
    async ours(name) {
      try {
        return await book.ours(name);
      } catch (error) {
        refused ??= { error };
        throw error;
      }
    },
    inspect: () => inspected(book),
  };
  try {
    return await calculator.review(asOf, source, language, signal);
  } catch (error) {
    // What is assigned in a function is out of the compiler's sight.
    const first = refused as { readonly error: unknown } | null;
    throw first === null ? error : first.error;
  }
}

/** What the workbook hides, as it would be saved: hosts tell that in their file. Null where they give none. */
async function inspected(book: Session['book']): Promise<BookInspection | null> {
  try {
    const { inspectBytes } = await import(/* webpackChunkName: "inspect" */ '../workbook/xlsx/inspect.ts');
    return inspectBytes(await book.bytes(), book.title);
  } catch {
    return null;
  }
}

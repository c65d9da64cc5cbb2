import type { Section } from '../insight/lines.ts';
import type { Language } from '../problems/messages/index.ts';
import type { OutputSheet, SheetTable } from '../workbook/port.ts';
import type { Session } from './session.ts';

/** What the tables show, as plain data and in words. Dates are whole milliseconds since 1970-01-01. */
export interface InsightView {
  readonly asOf: number;
  /** What it is of, and what was not found. */
  readonly head: readonly string[];
  readonly sections: readonly Section[];
  /** Bottlenecks to draw: half of their waits, and of the others', are below so many hours. */
  readonly waits: readonly { readonly label: string; readonly own: number; readonly others: number }[];
  readonly forecasts: readonly InsightForecast[];
  /** The report as sheets of ours. */
  readonly sheets: readonly OutputSheet[];
}

export interface InsightForecast {
  readonly label: string;
  readonly recent: readonly { readonly ms: number; readonly count: number }[];
  readonly ahead: readonly {
    readonly ms: number;
    readonly expected: number;
    readonly low: number;
    readonly high: number;
  }[];
}

/** What the calculator asks back of the page: tables by these names that no rule speaks of. */
export interface InsightSource {
  tables(names: readonly string[]): Promise<readonly SheetTable[]>;
}

/** The insight into the workbook that is open; null where its run has errors. Refuses as `openReview` does. */
export async function openInsight(
  { book, calculator }: Session,
  asOf: number,
  language: Language,
  signal?: AbortSignal,
): Promise<InsightView | null> {
  // A worker keeps only the text of what the workbook refuses.
  let refused: { readonly error: unknown } | null = null;
  const source: InsightSource = {
    async tables(names) {
      try {
        const reader = await book.open();
        return (await reader.read(names)).tables;
      } catch (error) {
        refused ??= { error };
        throw error;
      }
    },
  };
  try {
    return await calculator.insight(asOf, source, language, signal);
  } catch (error) {
    // What is assigned in a function is out of the compiler's sight.
    const first = refused as { readonly error: unknown } | null;
    throw first === null ? error : first.error;
  }
}

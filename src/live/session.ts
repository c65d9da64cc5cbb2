import type { Language } from '../problems/messages/index.ts';
import type { Problem } from '../problems/problem.ts';
import type { LiveBook } from '../workbook/live.ts';
import type { Progress, RuleLine, WrittenSheet } from '../workbook/port.ts';
import type { Calculator, RunOutcome } from './protocol.ts';

/**
 * A workbook that is open, its rules and their results, kept up with it. One a page: the pane and the functions share
 * it.
 */
export interface Session {
  readonly book: LiveBook;
  readonly calculator: Calculator;
  readonly state: SessionState;
  /** Hears every new state, until the function that it gives is called. */
  subscribe(listener: (state: SessionState) => void): () => void;
  /** Sets the as-of date (whole ms; kept in the workbook) and evaluates anew. */
  setAsOf(asOf: number | null): Promise<void>;
  /** Reads everything anew and evaluates. */
  refresh(): Promise<void>;
  /** When what is under way is done. */
  settled(): Promise<SessionState>;
  /** Stops reading or evaluating; what was computed last stays. */
  cancel(): void;
  /**
   * Writes the results into the workbook. Null where they have errors, or where the last reading or evaluation failed.
   * Refuses with PeriodLocked where the period of a paid run is locked: it is never written anew.
   */
  write(language: Language, progress?: Progress): Promise<readonly WrittenSheet[] | null>;
  close(): void;
}

export interface SessionState {
  /** Rises with every evaluation. */
  readonly revision: number;
  readonly phase: 'idle' | 'reading' | 'computing';
  /** Of the phase, 0 to 1; null where it isn't known. */
  readonly done: number | null;
  readonly asOf: number | null;
  /** Whether there is any rule sheet. */
  readonly hasRules: boolean;
  readonly rules: readonly RuleLine[];
  readonly problems: readonly Problem[];
  /** Null while nothing has been computed, and where problems forbid it. */
  readonly outcome: RunOutcome | null;
  /** Why the workbook could not be read, or the evaluation was given up. */
  readonly failure: Failure | null;
}

export type Failure =
  | { readonly kind: 'book'; readonly problem: Problem }
  | { readonly kind: 'cancelled' }
  /** A mistake of ours: the text for a report. */
  | { readonly kind: 'crash'; readonly text: string };

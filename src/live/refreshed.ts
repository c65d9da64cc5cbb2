import type { Language } from '../problems/messages/index.ts';
import type { Problem } from '../problems/problem.ts';
import type { Mode, SourceKind } from '../sources/model.ts';
import type { PickedFile } from '../sources/picked.ts';
import type { Progress } from '../workbook/port.ts';
import { type AuditDoer, type AuditDone, asking } from './audit.ts';
import type { Session } from './session.ts';

/** Tables of the workbook that is open from files that somebody picked: staged, shown, then written in one go. */

export interface SourcesView {
  /** The name of the sheet of sources; null where the workbook has none. */
  readonly sheet: string | null;
  readonly sources: readonly SourceView[];
  readonly issues: readonly RefreshIssue[];
}

export interface SourceView {
  readonly table: string;
  readonly kind: SourceKind;
  /** A path or an address without what people should not see. */
  readonly location: string;
  readonly mode: Mode;
  /** When it is refreshed, in somebody's words. */
  readonly note: string;
  /** What its file is called; null where it is no file. */
  readonly file: string | null;
}

/** Something that stands against it, in words. */
export interface RefreshIssue {
  readonly severity: 'error' | 'doubt' | 'note';
  readonly text: string;
}

export interface RefreshAsked {
  readonly files: readonly PickedFile[];
  /** Whole milliseconds of the day. */
  readonly today: number;
}

export type RefreshAnswer =
  /** The rules have errors, so that keys and references aren't known. */
  | { readonly kind: 'rules'; readonly problems: readonly Problem[] }
  | ({ readonly kind: 'staged' } & StagedView);

export interface StagedView {
  readonly tables: readonly StagedTable[];
  readonly issues: readonly RefreshIssue[];
  /** `doubts`: it may be written in spite of them. `unchanged`: there is nothing to write. */
  readonly verdict: 'ready' | 'doubts' | 'stopped' | 'unchanged';
  /** What tells this from any other outcome. */
  readonly agreed: string;
}

export interface StagedTable {
  readonly table: string;
  readonly mode: Mode;
  /** How many rows came, changed, went and stayed. */
  readonly said: string;
  readonly changes: boolean;
  /** Rows and sums, before and after; digits in groups. */
  readonly figures: readonly { readonly name: string; readonly before: string; readonly after: string }[];
  /** The first of what changes, a line each; the last may say how many more. */
  readonly lines: readonly string[];
}

/** The sources of the workbook as it is now. Refuses with what the workbook refuses. */
export function openSources(session: Session, language: Language): Promise<SourcesView> {
  return asking(session, (data, source) => session.calculator.sources(data, source, language));
}

/** What the files would change; nothing is written. `signal` gives it up, with whatever else the calculator does. */
export function stageFiles(
  session: Session,
  asked: RefreshAsked,
  language: Language,
  { report, signal }: Progress,
): Promise<RefreshAnswer> {
  return asking(session, (data, source) =>
    session.calculator.refresh(data, source, asked, language, report, signal),
  );
}

/**
 * Writes what the files change, with the ledger's row. Everything is staged anew first: where it comes to something else than
 * `agreed`, or the workbook changes meanwhile, nothing is written.
 */
export async function writeFiles(
  session: Session,
  asked: RefreshAsked,
  agreed: string,
  doer: AuditDoer,
): Promise<AuditDone> {
  const { book, calculator } = session;
  let changed = false;
  const unwatch = book.watch(() => {
    changed = true;
  });
  try {
    const plan = await asking(session, (data, source) =>
      calculator.refreshPlan(data, source, asked, agreed, doer),
    );
    if (plan.kind !== 'plan') return plan;
    if (changed) return { kind: 'results-changed' };
    const { sheets = [], parts = [], tables = [] } = plan.changes;
    const written = await book.write({ sheets, parts, tables });
    return { kind: 'done', number: plan.row.Number, sheets: written };
  } finally {
    unwatch();
  }
}

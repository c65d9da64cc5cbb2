import type { RuleStatus, Step } from '../audit/approval.ts';
import type { AuditPlace } from '../audit/findings.ts';
import type { Plan, Refusal } from '../audit/pay.ts';
import type { Language } from '../problems/messages/index.ts';
import type { BookStore, Progress, SheetTable, WrittenSheet } from '../workbook/port.ts';
import type { AdjustmentAnswer } from './adjusted.ts';
import type { KeyTrouble } from './keys.ts';
import type { BookData, RunOutcome } from './protocol.ts';
import type { Session } from './session.ts';

/**
 * Paying, locking, approving and verifying in the workbook that is open. The calculator plans and verifies; what it
 * needs of the workbook it asks back; the plan is written here, all of it or nothing.
 */

/** What the calculator asks back of the page while it plans or verifies: plain data, read when it is asked for. */
export interface AuditSource extends BookStore {
  tables(only: readonly string[]): Promise<readonly SheetTable[]>;
}

/** Who does something, and when (UTC, `2026-03-31T16:05:09Z`). */
export interface AuditDoer {
  readonly by: string;
  readonly time: string;
  /** The text of a file with a private key to sign with, on its way to where it is used; absent to leave it unsigned. */
  readonly key?: string;
}

export type AuditAct =
  /** Pays the run of a day. `override`: why rules are paid with that nobody approved; null where they are. */
  | {
      readonly kind: 'pay';
      readonly asOf: number;
      readonly override: string | null;
      readonly language: Language;
    }
  /** Gives what is due for a locked run, by its number. `agreed`: the digest of what the person has seen. */
  | {
      readonly kind: 'adjust';
      readonly run: string;
      /** Of the run. */
      readonly asOf: number;
      readonly agreed: string;
      readonly override: string | null;
      readonly language: Language;
    }
  /** Locks the period of a paid run, by its number in the ledger. */
  | { readonly kind: 'lock'; readonly run: string }
  | { readonly kind: 'step'; readonly step: Step };

/** What an act would write, or why it is not done. `no-results`: the run has errors. */
export type AuditPlan =
  | Plan
  | Refusal
  | KeyTrouble
  | { readonly kind: 'no-results' }
  /** They are no longer those that were agreed to. */
  | { readonly kind: 'results-changed' };

/** A finding in words, and where it can be looked at. */
export interface FindingView {
  readonly severity: 'error' | 'note';
  readonly text: string;
  readonly at: AuditPlace | null;
}

/** A row of the ledger as it stands in its sheet. */
export interface LedgerRowView {
  readonly number: string;
  readonly time: string;
  readonly asOf: string;
  readonly by: string;
  /** `paid`, `locked`, …; whatever stands there. */
  readonly event: string;
  readonly totals: readonly { readonly share: string; readonly amount: string }[];
  readonly note: string;
  /** Whether it has a signature, whosever. */
  readonly signed: boolean;
  /** Whether it is a paid run that can be locked. */
  readonly lockable: boolean;
  readonly at: AuditPlace;
}

export interface LedgerView {
  /** The newest first. */
  readonly rows: readonly LedgerRowView[];
  /** The line that proves the ledger as it stands; null where it has no rows. */
  readonly anchor: string | null;
  readonly status: RuleStatus;
  /** The status in a sentence. */
  readonly said: string;
  /** Why nothing may be added to it. */
  readonly broken: readonly FindingView[];
  /** The number of the run that locks a period, by its as-of date. */
  readonly locked: Readonly<Record<string, string>>;
}

/** What a workbook is checked against that isn't in it. */
export interface AuditAgainst {
  readonly anchor: string | null;
  /** The text of a file with a public key: every payment must be signed with it. */
  readonly key: string | null;
}

export type AuditVerified =
  | ({ readonly kind: 'verified' } & VerificationView)
  /** The line is no anchor line. */
  | { readonly kind: 'bad-anchor' }
  | KeyTrouble;

export interface VerificationView {
  readonly verdict: string;
  readonly errors: number;
  readonly findings: readonly FindingView[];
  /** Of each kind of finding only the first few are shown: how many more there are. */
  readonly more: number;
  /** Whether every payment is signed with the key; null where there is no key, or no payment. */
  readonly signed: boolean | null;
}

export type AuditDone =
  | { readonly kind: 'done'; readonly number: string; readonly sheets: readonly WrittenSheet[] }
  | Refusal
  | KeyTrouble
  | { readonly kind: 'no-results' }
  /** The results are no longer those that were agreed to. */
  | { readonly kind: 'results-changed' };

/** The ledger of the workbook as it is now. */
export function openLedgerView(session: Session, language: Language): Promise<LedgerView> {
  return asking(session, (data, source) => session.calculator.ledger(data, source, language));
}

/** The number of the run that locks a period of the workbook (`2026-03-31`); null where none does. */
export async function periodLock(
  open: Pick<Session, 'book' | 'calculator'>,
  asOf: string,
): Promise<string | null> {
  if ((await open.book.ours(LEDGER)) === null) return null;
  const view = await asking(open, (data, source) => open.calculator.ledger(data, source, 'en'));
  return view.locked[asOf] ?? null;
}

/** The name of the ledger's sheet. */
const LEDGER = 'Allot Ledger';

/** What is due for a locked run (by its number, with its as-of date), as the workbook is now. */
export async function openAdjustment(session: Session, run: string, asOf: number): Promise<AdjustmentAnswer> {
  await session.settled();
  if (session.state.failure !== null) return { kind: 'no-results' };
  return asking(session, (_, source) => session.calculator.adjustment(source, run, asOf));
}

/** What was changed in the workbook since it was paid. What was kept elsewhere proves what the workbook alone can't. */
export function verify(session: Session, against: AuditAgainst, language: Language): Promise<AuditVerified> {
  return asking(session, (data, source) => session.calculator.verify(data, source, against, language));
}

/**
 * Does something and writes it into the workbook. To pay, the workbook is read anew first, and `agreed` is what the
 * person has seen: other results are not paid.
 */
export async function act(
  session: Session,
  wanted: AuditAct,
  doer: AuditDoer,
  agreed: RunOutcome | null,
  progress?: Progress,
): Promise<AuditDone> {
  if (wanted.kind === 'pay') {
    await session.refresh();
    const { outcome, failure, asOf } = session.state;
    if (outcome === null || failure !== null || asOf !== wanted.asOf) return { kind: 'no-results' };
    if (agreed === null || JSON.stringify(outcome) !== JSON.stringify(agreed))
      return { kind: 'results-changed' };
  } else if (wanted.kind === 'adjust') {
    await session.refresh();
    if (session.state.failure !== null) return { kind: 'no-results' };
  }
  const plan = await asking(session, (data, source) => session.calculator.plan(data, source, wanted, doer));
  if (plan.kind !== 'plan') return plan;
  const { sheets = [], parts = [] } = plan.changes;
  const written = await session.book.write({ sheets, parts }, progress);
  return { kind: 'done', number: plan.row.Number, sheets: written };
}

/** Asks the calculator, which asks back. What the workbook refuses comes out as it was: a worker keeps only its text. */
export async function asking<T>(
  { book }: Pick<Session, 'book'>,
  ask: (data: BookData, source: AuditSource) => Promise<T>,
): Promise<T> {
  let refused: { readonly error: unknown } | null = null;
  const kept = async <A>(work: Promise<A>): Promise<A> => {
    try {
      return await work;
    } catch (error) {
      refused ??= { error };
      throw error;
    }
  };
  const reader = await book.open();
  const { rules, hasRules, names, problems, tables } = reader;
  try {
    return await ask(
      { title: book.title, rules, hasRules, names, problems, tables },
      {
        ours: (name) => kept(book.ours(name)),
        part: (name) => kept(book.part(name)),
        tables: async (only) => (await kept(reader.read(only))).tables,
      },
    );
  } catch (error) {
    // What is assigned in a function is out of the compiler's sight.
    const first = refused as { readonly error: unknown } | null;
    throw first === null ? error : first.error;
  }
}

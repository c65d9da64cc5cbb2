import { planAdjustment } from '../audit/adjusting.ts';
import { anchorLine, readAnchor } from '../audit/anchor.ts';
import { ruleStatus } from '../audit/approval.ts';
import { digestRules } from '../audit/digest.ts';
import { type Finding, isError } from '../audit/findings.ts';
import { LEDGER_SHEET, type LedgerRow, lockedRun, lockOf, rowsOf } from '../audit/ledger.ts';
import { planLock, planPayment, planStep } from '../audit/pay.ts';
import type { PaidRun } from '../audit/record.ts';
import { openLedger, verifyBook } from '../audit/verify.ts';
import { auditWords } from '../audit/words.ts';
import type { Language } from '../problems/messages/index.ts';
import type { AdjustmentAnswer } from './adjusted.ts';
import { adjustmentAnswer } from './adjustView.ts';
import type {
  AuditAct,
  AuditAgainst,
  AuditDoer,
  AuditPlan,
  AuditSource,
  AuditVerified,
  FindingView,
  LedgerRowView,
  LedgerView,
} from './audit.ts';
import { bookOver } from './bookOver.ts';
import { privateKeyOf, publicKeyOf } from './keys.ts';
import type { BookData } from './protocol.ts';

/** The audit over a book that is somewhere else: what it holds is asked for when it is needed. */

/** Of each kind of finding at most so many are shown: a list of thousands says no more. */
const SHOWN = 50;

export async function ledgerView(
  data: BookData,
  source: AuditSource,
  language: Language,
): Promise<LedgerView> {
  const { ledger, checked } = await openLedger(source);
  const end = ledger.rows.at(-1)?.cells;
  const status = ruleStatus(ledger, digestRules(data.rules));
  const paid = rowsOf(ledger, 'paid');
  const lockable = (row: LedgerRow): boolean =>
    lockOf(ledger, row.cells['As of']) === null &&
    paid.findLast(({ cells }) => cells['As of'] === row.cells['As of']) === row;
  const locked = [...checked.rows, ...ledger.rows].flatMap(({ cells }): [string, string][] => {
    const run = lockedRun(cells);
    return run === null ? [] : [[cells['As of'], run]];
  });
  return {
    rows: ledger.rows
      .map((row) => rowView(row, ledger.table?.sheet ?? LEDGER_SHEET, lockable(row)))
      .reverse(),
    anchor: end === undefined ? null : anchorLine(end),
    status,
    said: auditWords(language).status(status),
    broken: checked.findings.filter(isError).map((one) => findingView(one, language)),
    locked: Object.fromEntries(locked),
  };
}

function rowView({ cells, sheetRow }: LedgerRow, sheet: string, lockable: boolean): LedgerRowView {
  return {
    number: cells.Number,
    time: cells.Time,
    asOf: cells['As of'],
    by: cells.By,
    event: cells.Event,
    totals: cells.Totals.split(' ').flatMap((pair) => {
      const at = pair.lastIndexOf('=');
      return at < 1 ? [] : [{ share: pair.slice(0, at), amount: pair.slice(at + 1) }];
    }),
    note: cells.Note,
    signed: cells.Signature !== '',
    lockable: cells.Event === 'paid' && lockable,
    at: { sheet, row: sheetRow, column: 1 },
  };
}

export async function verificationView(
  data: BookData,
  source: AuditSource,
  against: AuditAgainst,
  language: Language,
): Promise<AuditVerified> {
  const anchor = against.anchor === null ? null : readAnchor(against.anchor);
  if (against.anchor !== null && anchor === null) return { kind: 'bad-anchor' };
  const key = against.key === null ? null : await publicKeyOf(against.key);
  if (key !== null && 'kind' in key) return key;
  const found = await verifyBook(bookOver(data, source), {
    ...(anchor === null ? {} : { anchor }),
    ...(key === null ? {} : { keys: [key] }),
  });
  const errors = found.findings.filter(isError).length;
  const kinds = new Map<string, number>();
  const shown = found.findings.filter(({ kind }) => {
    const before = kinds.get(kind) ?? 0;
    kinds.set(kind, before + 1);
    return before < SHOWN;
  });
  return {
    kind: 'verified',
    verdict: auditWords(language).verdict(found, errors, found.findings.length - errors),
    errors,
    findings: shown.map((one) => findingView(one, language)),
    more: found.findings.length - shown.length,
    signed:
      key === null || found.runs === 0
        ? null
        : !found.findings.some(({ kind }) => kind === 'unsigned' || kind === 'signature-wrong'),
  };
}

function findingView(finding: Finding, language: Language): FindingView {
  return {
    severity: finding.severity,
    text: auditWords(language).finding(finding),
    at: 'at' in finding ? (finding.at ?? null) : null,
  };
}

/** What is due for a paid run; `now`: its period computed now, null where it has errors. */
export function adjustment(source: AuditSource, run: string, now: PaidRun | null): Promise<AdjustmentAnswer> {
  return adjustmentAnswer({ ours: (name) => source.ours(name), part: (name) => source.part(name) }, run, now);
}

/** What an act would write; `run`: the run of the day to be paid or adjusted, null where it has errors. */
export async function planned(
  data: BookData,
  run: PaidRun | null,
  source: AuditSource,
  wanted: AuditAct,
  doer: AuditDoer,
): Promise<AuditPlan> {
  const key = doer.key === undefined ? null : await privateKeyOf(doer.key);
  if (key !== null && 'kind' in key) return key;
  const by = { by: doer.by, time: doer.time, key };
  const book = bookOver(data, source);
  switch (wanted.kind) {
    case 'pay': {
      if (run === null) return { kind: 'no-results' };
      const { override, language } = wanted;
      return planPayment(book, run, by, { override, language });
    }
    case 'adjust': {
      if (run === null) return { kind: 'no-results' };
      const { override, language, agreed } = wanted;
      const plan = await planAdjustment(book, wanted.run, run, by, { override, language });
      if (plan.kind !== 'plan') return plan;
      const { kind, changes, row, anchor } = plan;
      return row.Results === agreed ? { kind, changes, row, anchor } : { kind: 'results-changed' };
    }
    case 'lock':
      return planLock(book, wanted.run, by);
    case 'step':
      return planStep(book, wanted.step, by);
    default: {
      const never: never = wanted;
      return never;
    }
  }
}

/** Tables from files; its code comes when it is first asked for. */
export const refreshing = () => import(/* webpackChunkName: "refresh" */ './refreshView.ts');

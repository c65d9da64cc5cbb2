import { digestTable, digestText } from '../audit/digest.ts';
import { grouped } from '../exact/grouped.ts';
import type { Language } from '../problems/messages/index.ts';
import { type Issue, stops } from '../sources/issues.ts';
import { listSources, refreshPicked } from '../sources/picked.ts';
import type { Refreshed } from '../sources/refresh.ts';
import { shownLocation, type TableReport } from '../sources/report.ts';
import { changeText, sourceWords } from '../sources/words.ts';
import type { Progress } from '../workbook/port.ts';
import type { AuditDoer, AuditPlan, AuditSource } from './audit.ts';
import { bookOver } from './bookOver.ts';
import { privateKeyOf } from './keys.ts';
import type { BookData } from './protocol.ts';
import type {
  RefreshAnswer,
  RefreshAsked,
  RefreshIssue,
  SourcesView,
  StagedTable,
  StagedView,
} from './refreshed.ts';

type Staged = Extract<Refreshed, { readonly kind: 'staged' }>;

/** The sources of a book, in words where something is wrong with their sheet. */
export async function sourcesView(
  data: BookData,
  source: AuditSource,
  language: Language,
): Promise<SourcesView> {
  const { sheet, sources, issues } = await listSources(bookOver(data, source));
  return {
    sheet,
    sources: sources.map(({ table, kind, location, mode, note, file }) => ({
      table,
      kind,
      location: shownLocation(location),
      mode,
      note,
      file,
    })),
    issues: issueViews(issues, language),
  };
}

/** What files would change, in words. */
export async function refreshAnswer(
  data: BookData,
  source: AuditSource,
  { files, today }: RefreshAsked,
  language: Language,
  progress: Progress,
): Promise<RefreshAnswer> {
  const { staged } = await refreshPicked(bookOver(data, source), files, today, progress);
  if (staged.kind === 'rules') return staged;
  const { tables, issues } = staged.report;
  return {
    kind: 'staged',
    tables: tables.map((table) => tableView(table, language)),
    issues: issueViews(issues, language),
    verdict: verdictOf(staged),
    agreed: agreedOf(staged),
  };
}

/** What writing them takes; nothing where they come to something else than what somebody has agreed to. */
export async function refreshPlan(
  data: BookData,
  source: AuditSource,
  { files, today }: RefreshAsked,
  agreed: string,
  doer: AuditDoer,
): Promise<AuditPlan> {
  const key = doer.key === undefined ? null : await privateKeyOf(doer.key);
  if (key !== null && 'kind' in key) return key;
  const { staged, plan } = await refreshPicked(bookOver(data, source), files, today);
  if (staged.kind === 'rules') return { kind: 'no-results' };
  const verdict = verdictOf(staged);
  if (agreedOf(staged) !== agreed || verdict === 'stopped' || verdict === 'unchanged')
    return { kind: 'results-changed' };
  return plan({ by: doer.by, time: doer.time, key });
}

function verdictOf({ report: { issues }, tables }: Staged): StagedView['verdict'] {
  if (stops(issues, true)) return 'stopped';
  if (tables.length === 0) return 'unchanged';
  return stops(issues, false) ? 'doubts' : 'ready';
}

/** The report, and the tables as they will read. */
function agreedOf({ report, next }: Staged): string {
  const plain = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value);
  const tables = next.map((table) => [table.name, digestTable(table).digest]);
  return digestText(JSON.stringify([report, tables], plain));
}

function issueViews(issues: readonly Issue[], language: Language): readonly RefreshIssue[] {
  const w = sourceWords(language);
  return issues.map((issue) => ({ severity: issue.severity, text: w.issue(issue) }));
}

function tableView(table: TableReport, language: Language): StagedTable {
  const w = sourceWords(language);
  const changing = table.added + table.changed + table.removed;
  const untold = changing - table.changes.length;
  return {
    table: table.table,
    mode: table.mode,
    said: w.counts(table),
    changes: changing > 0,
    figures: [
      { name: w.headings.rows, before: String(table.before), after: String(table.after) },
      ...table.totals.map(({ heading, before, after }) => ({ name: heading, before, after })),
    ].map(({ name, before, after }) => ({ name, before: grouped(before), after: grouped(after) })),
    lines: [...table.changes.map((change) => changeText(change, w)), ...(untold > 0 ? [w.more(untold)] : [])],
  };
}

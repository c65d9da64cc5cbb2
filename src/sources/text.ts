import { grouped } from '../exact/grouped.ts';
import type { Language } from '../problems/messages/index.ts';
import { tableText } from '../report/table.ts';
import { safe } from '../report/width.ts';
import type { Issue } from './issues.ts';
import type { RefreshReport, TableReport } from './report.ts';
import { changeText, type SourceWords, sourceWords } from './words.ts';

/** Before and after, table by table, and what stands against it; for a terminal of so many places. */
export function refreshText({ tables, issues }: RefreshReport, language: Language, width: number): string {
  const w = sourceWords(language);
  const parts = tables.map((table) => tablePart(table, w, width));
  if (issues.length > 0) parts.push(issues.map((issue) => issueLine(issue, w, language)).join(''));
  return parts.join('\n');
}

function issueLine(issue: Issue, w: SourceWords, language: Language): string {
  return `${w.severity[issue.severity]}${language === 'en' ? ': ' : '：'}${safe(w.issue(issue))}\n`;
}

function tablePart(table: TableReport, w: SourceWords, width: number): string {
  const { headings } = w;
  const rows = [
    [headings.rows, String(table.before), String(table.after)],
    ...table.totals.map(({ heading, before, after }) => [heading, before, after]),
  ].map(([name = '', before = '', after = '']) => [name, grouped(before), grouped(after)]);
  const totals = tableText(
    [
      { heading: headings.column, align: 'left' },
      { heading: headings.before, align: 'right' },
      { heading: headings.after, align: 'right' },
    ],
    rows,
    width,
  );
  const changes = table.changes.map((change) => `  ${safe(changeText(change, w))}\n`).join('');
  const untold = table.added + table.changed + table.removed - table.changes.length;
  const head = safe(w.tableHead(table.table, table.kind, table.location, w.mode[table.mode]));
  return `${head}\n  ${w.counts(table)}\n${totals}${changes}${untold > 0 ? `  ${w.more(untold)}\n` : ''}`;
}

/** The same as plain data, each issue with its sentence. */
export function refreshJson({ tables, issues }: RefreshReport, language: Language): unknown {
  const w = sourceWords(language);
  return { tables, issues: issues.map((issue) => ({ ...issue, message: w.issue(issue) })) };
}

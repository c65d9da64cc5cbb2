import { type Language, message } from '../problems/messages/index.ts';
import { type Place, type Problem, placeText } from '../problems/problem.ts';
import { sourceLine } from '../rules/source.ts';
import type { RuleLine } from '../workbook/port.ts';
import { safe, widthOf } from './width.ts';
import { words } from './words.ts';

/** Of problems that are alike (code, rule, table), so many are shown. */
const ALIKE = 5;
/** Places of a source line that are shown around what is pointed at. */
const LINE_WIDTH = 100;

/**
 * Problems for people: place, severity, code and message of each, with the line of rules and what is pointed at in
 * it. Of many alike the first few; errors before warnings, each in the order given, but those of one sheet or file from
 * top to bottom. Ends with how many there are.
 */
export function problemsText(
  problems: readonly Problem[],
  rules: readonly RuleLine[],
  language: Language,
): string {
  if (problems.length === 0) return '';
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const w = words(language);
  const blocks = problemGroups(problems).flatMap((group) => [
    ...group.slice(0, ALIKE).map((problem) => problemText(problem, rules, language)),
    ...(group.length > ALIKE ? [`${w.moreProblems(group.length - ALIKE)}\n`] : []),
  ]);
  return `${blocks.join('\n')}\n${w.problemCount(errors, problems.length - errors)}\n`;
}

/**
 * Problems that are alike together: errors before warnings, each in the order given, but those of one sheet or file
 * from top to bottom.
 */
export function problemGroups(problems: readonly Problem[]): readonly (readonly Problem[])[] {
  const groups = new Map<string, Problem[]>();
  const errors = problems.filter(({ severity }) => severity === 'error');
  const warnings = problems.filter(({ severity }) => severity === 'warning');
  for (const problem of [...inSheetOrder(errors), ...inSheetOrder(warnings)]) {
    const name = groupOf(problem);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [problem]);
    else group.push(problem);
  }
  return [...groups.values()];
}

/** A sheet or file with a row or line and what is within it; null for other places. */
function spot(
  at: Place | undefined,
): { readonly of: string; readonly row: number; readonly within: number } | null {
  if (at === undefined || at.kind === 'file') return null;
  if (at.kind === 'cell') return { of: `sheet ${at.sheet}`, row: at.row, within: at.column };
  const { line } = at;
  return line.kind === 'cell'
    ? { of: `sheet ${line.sheet}`, row: line.row, within: line.column * 100_000 + at.start }
    : { of: `file ${line.file}`, row: line.line, within: at.start };
}

/** The places that a sheet's problems have in the list stay its; among them they go from top to bottom. */
function inSheetOrder(problems: readonly Problem[]): readonly Problem[] {
  const sheets = new Map<
    string,
    { readonly problem: Problem; readonly row: number; readonly within: number }[]
  >();
  for (const problem of problems) {
    const where = spot(problem.at);
    if (where === null) continue;
    const found = sheets.get(where.of);
    if (found === undefined) sheets.set(where.of, [{ problem, ...where }]);
    else found.push({ problem, ...where });
  }
  const next = new Map<string, Iterator<{ readonly problem: Problem }>>();
  for (const [of, found] of sheets)
    next.set(of, found.sort((a, b) => a.row - b.row || a.within - b.within).values());
  return problems.map((problem) => {
    const where = spot(problem.at);
    return (where === null ? undefined : next.get(where.of)?.next().value?.problem) ?? problem;
  });
}

/** Problems in the rules are each their own; those of the data are alike by code, rule and sheet. */
function groupOf({ code, at, rule, severity }: Problem): string {
  const where = at === undefined ? '' : at.kind === 'cell' ? at.sheet : placeText(at);
  return JSON.stringify([severity, code, where, rule ?? '']);
}

/** One problem, ended by a line feed. */
export function problemText(problem: Problem, rules: readonly RuleLine[], language: Language): string {
  const w = words(language);
  const { at, severity, code, rule, key } = problem;
  const where = at === undefined ? '' : `${safe(placeText(at))}  `;
  const of = safe(w.ruleAndRow(rule, key));
  const said = message(problem, language);
  const open = language === 'en' ? ' (' : '（';
  const close = language === 'en' ? ')' : '）';
  const colon = language === 'en' ? ': ' : '：';
  const head = `${where}${w.severity[severity]} ${code}${of === '' ? '' : `${open}${of}${close}`}${colon}${said}\n`;
  return head + quoted(problem, rules);
}

/** The line of rules with carets under what is pointed at; empty for other places. */
function quoted({ at }: Problem, rules: readonly RuleLine[]): string {
  const line = sourceLine(rules, at);
  if (line === null || at?.kind !== 'rule' || line.text.trim() === '') return '';
  const { text } = line;
  const start = Math.min(at.start, text.length + 1) - 1;
  const end = Math.max(start + 1, Math.min(at.end, text.length));
  // Indentation says nothing here; what is pointed at always stays.
  const indent = text.length - text.trimStart().length;
  let from = Math.min(indent, start);
  if (widthOf(text.slice(from, end)) > LINE_WIDTH) from = Math.max(from, start - 20);
  const to = fitting(text, from, start + 1);
  const before = `${from > indent ? '…' : ''}${safe(text.slice(from, start))}`;
  const pointed = safe(text.slice(start, Math.min(end, to)));
  const after = `${safe(text.slice(Math.min(end, to), to))}${to < text.trimEnd().length ? '…' : ''}`;
  const carets = '^'.repeat(Math.max(1, widthOf(pointed)));
  return `    ${(before + pointed + after).trimEnd()}\n    ${' '.repeat(widthOf(before))}${carets}\n`;
}

/** Where a line shown from `from` on has to end: as much as fits, and at least the first of what is pointed at. */
function fitting(text: string, from: number, least: number): number {
  let width = 0;
  let to = from;
  for (const point of text.slice(from)) {
    width += widthOf(point);
    if (width > LINE_WIDTH && to >= least) break;
    to += point.length;
  }
  return to;
}

import type { Place, Problem } from '../../../problems/problem.ts';
import type { RuleRow, RuleSheet } from '../../../workbook/live.ts';
import type { RuleLine, SourceLine } from '../../../workbook/port.ts';

/** The way between a rule sheet and the text that the editor shows: a row is a line, two spaces a level. */

/** Columns A to C. */
const DEEPEST = 2;

/** A row as a line of text. Blanks before a cell's text count for nothing; a line break is shown as a sign. */
export function rowText({ depth, text }: RuleRow): string {
  const line = text.replace(/\r\n|\r|\n/g, '⏎').replace(/^[\s\u3000]+/u, '');
  return line === '' ? '' : '  '.repeat(depth) + line;
}

export function sheetText({ rows }: RuleSheet): string {
  return rows.map(rowText).join('\n');
}

/** How many characters of white space begin a line; an ideographic space counts as one column, a tab as two. */
export function indentOf(line: string): { readonly length: number; readonly columns: number } {
  const white = /^[\s\u3000]*/u.exec(line)?.[0] ?? '';
  const tabs = white.split('\t').length - 1;
  return { length: white.length, columns: white.length + tabs };
}

/** The cell that a line of text becomes. A half level is none. */
export function cellOfLine(line: string): SourceLine {
  const { length, columns } = indentOf(line);
  const text = line.slice(length).trimEnd();
  return text === '' ? { depth: 0, text: '' } : { depth: Math.min(DEEPEST, columns >> 1), text };
}

/**
 * The cells of a text. `fixed` has, by line (from 0), the rows that can't be text: they stay as they are, and so does a
 * row of `was` that says the same as a line but for its blanks. Blank lines at the end are left out.
 */
export function cellsOfText(
  lines: readonly string[],
  fixed: ReadonlyMap<number, RuleRow> = new Map(),
  was: RuleSheet | null = null,
): readonly SourceLine[] {
  const asWas = new Map((was?.rows ?? []).filter((row) => !row.fixed).map((row) => [rowText(row), row]));
  const cells = lines.map((line, i): SourceLine => {
    const row = fixed.get(i) ?? (line.trim() === '' ? undefined : asWas.get(line));
    return row === undefined ? cellOfLine(line) : { depth: row.depth, text: row.text };
  });
  let end = cells.length;
  while (end > 0 && cells[end - 1]?.text === '' && !fixed.has(end - 1)) end--;
  return cells.slice(0, end);
}

/**
 * Lines of a sheet as the calculator takes them. Rows that can't be text are blank, as a reader of the workbook has
 * them: what they show makes no problems of its own.
 */
export function ruleLines(
  sheet: string,
  cells: readonly SourceLine[],
  fixed: ReadonlyMap<number, RuleRow> = new Map(),
): readonly RuleLine[] {
  return cells.map(({ depth, text }, i) => ({
    place: { kind: 'cell', sheet, row: i + 1, column: depth + 1 },
    depth,
    text: fixed.has(i) ? '' : text,
  }));
}

/** Characters `from` to `to` (from 0, `to` past the end) of a line of text, for characters of its cell. Never empty but in an empty line. */
export function charactersOf(
  line: string,
  { start, end }: Pick<Extract<Place, { kind: 'rule' }>, 'start' | 'end'>,
): { readonly from: number; readonly to: number } {
  const { length } = indentOf(line);
  const last = line.length;
  const from = Math.max(0, Math.min(length + start - 1, last));
  const to = Math.max(from, Math.min(length + end, last));
  // Something that is missing is one past the end: the last character stands for it.
  return from < to
    ? { from, to }
    : { from: Math.max(0, Math.min(from, last - 1)), to: Math.min(from + 1, last) };
}

/** The row (from 1) of a problem in this sheet's rules; null for any other. */
export function rowOf(problem: Problem, sheet: string): number | null {
  const { at } = problem;
  return at?.kind === 'rule' && at.line.kind === 'cell' && at.line.sheet === sheet ? at.line.row : null;
}

export function sameSheet(a: RuleSheet, b: RuleSheet): boolean {
  return (
    a.rows.length === b.rows.length &&
    a.rows.every((row, i) => {
      const other = b.rows[i];
      return other?.text === row.text && other.depth === row.depth && other.fixed === row.fixed;
    })
  );
}

/** Reasons of problems that make a row one that can't be text. */
const CELL_REASONS: ReadonlySet<string> = new Set(['formula', 'second-cell', 'line-break', 'not-text']);

/** Whether a problem is one of the cell and not of what it says. */
export function isCellProblem(problem: Problem): boolean {
  return problem.code === 'syntax' && CELL_REASONS.has(problem.reason);
}

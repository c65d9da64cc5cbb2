import type { RuleRow } from '../../../workbook/live.ts';

/** A note that stands for a row that can't be text while the text is laid out anew. */
const NOTE = /^\s*#\s*allot-fixed-(\d+)\s*$/;

/** A text for the formatter: rows that can't be text (by line from 0) go along as notes. */
export function forFormatting(lines: readonly string[], fixed: ReadonlyMap<number, RuleRow>): string {
  return lines
    .map((line, i) => (fixed.has(i) ? `${/^\s*/.exec(line)?.[0] ?? ''}#allot-fixed-${i}` : line))
    .join('\n');
}

/** The lines of what the formatter gave back, with the rows of `lines` that went along as notes. */
export function fromFormatted(text: string, lines: readonly string[]): readonly string[] {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => lines[Number(NOTE.exec(line)?.[1] ?? Number.NaN)] ?? line);
}

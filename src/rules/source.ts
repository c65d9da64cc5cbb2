import type { LinePlace, Place } from '../problems/problem.ts';
import type { RuleLine } from '../workbook/port.ts';

/** The line of rules that a place points into, if it does. */
export function sourceLine(rules: readonly RuleLine[], at: Place | undefined): RuleLine | null {
  if (at?.kind !== 'rule') return null;
  const wanted = at.line;
  return rules.find(({ place }) => sameLine(place, wanted)) ?? null;
}

/** What a place in the rules says; empty for any other. */
export function sourceText(rules: readonly RuleLine[], at: Place | undefined): string {
  if (at?.kind !== 'rule') return '';
  return sourceLine(rules, at)?.text.slice(at.start - 1, at.end) ?? '';
}

function sameLine(a: LinePlace, b: LinePlace): boolean {
  if (a.kind === 'text') return b.kind === 'text' && a.line === b.line && a.file === b.file;
  return b.kind === 'cell' && a.row === b.row && a.column === b.column && a.sheet === b.sheet;
}

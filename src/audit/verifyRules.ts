import { diffArrays } from 'diff';
import { lexLine } from '../../grammar/lexer.ts';
import type { PlainLine } from './canonical.ts';
import type { AuditPlace, Finding } from './findings.ts';

/** What became of rules since a run, line by line. Both are as `plainLines` gives them. */
export function ruleFindings(
  run: string,
  was: readonly PlainLine[],
  now: readonly PlainLine[],
): readonly Finding[] {
  const text = ({ depth, text: said }: PlainLine): string => `${depth} ${said}`;
  const gone: PlainLine[] = [];
  const come: PlainLine[] = [];
  const findings: Finding[] = [];
  let i = 0;
  let j = 0;
  // Lines that went and lines that came at the same place are versions of each other.
  let left: PlainLine[] = [];
  let right: PlainLine[] = [];
  const settle = (): void => {
    const { pairs, removed, added } = paired(left, right);
    for (const [a, b] of pairs) findings.push(changeOf(run, a, b));
    gone.push(...removed);
    come.push(...added);
    left = [];
    right = [];
  };
  for (const { added, removed, count } of diffArrays(was.map(text), now.map(text))) {
    if (removed) left.push(...was.slice(i, i + count));
    else if (added) right.push(...now.slice(j, j + count));
    else settle();
    if (!added) i += count;
    if (!removed) j += count;
  }
  settle();
  for (const line of gone) {
    const moved = come.findIndex((other) => text(other) === text(line) && line.text !== '');
    const [to] = moved < 0 ? [] : come.splice(moved, 1);
    if (to !== undefined)
      findings.push({ severity: 'error', kind: 'rule-moved', run, at: placeOf(to), now: to.text });
    else findings.push({ severity: 'error', kind: 'rule-removed', run, at: placeOf(line), was: line.text });
  }
  for (const line of come)
    findings.push({ severity: 'error', kind: 'rule-added', run, at: placeOf(line), now: line.text });
  return findings;
}

function placeOf({ sheet, row, depth }: PlainLine): AuditPlace {
  return { sheet, row, column: depth + 1 };
}

function changeOf(run: string, was: PlainLine, now: PlainLine): Finding {
  const comment = was.depth === now.depth && ruleOf(was.text) === ruleOf(now.text);
  return {
    severity: 'error',
    kind: comment ? 'rule-comment' : 'rule-text',
    run,
    at: placeOf(now),
    was: was.text,
    now: now.text,
  };
}

/** A line without the comment that ends it. */
function ruleOf(text: string): string {
  const comment = lexLine(text, 0).comment;
  return comment === null ? text : text.slice(0, comment.startOffset).trimEnd();
}

interface Pairs {
  readonly pairs: readonly (readonly [PlainLine, PlainLine])[];
  readonly removed: readonly PlainLine[];
  readonly added: readonly PlainLine[];
}

/** Which of the lines that came is which of those that went: in order, where they are alike or as many. */
function paired(gone: readonly PlainLine[], come: readonly PlainLine[]): Pairs {
  if (gone.length === come.length)
    return { pairs: gone.map((line, i) => [line, come[i] ?? line]), removed: [], added: [] };
  const pairs: (readonly [PlainLine, PlainLine])[] = [];
  const removed: PlainLine[] = [];
  const added: PlainLine[] = [];
  let from = 0;
  for (const line of gone) {
    const found = come.findIndex((other, i) => i >= from && alike(line.text, other.text));
    if (found < 0) {
      removed.push(line);
      continue;
    }
    const other = come[found];
    added.push(...come.slice(from, found));
    if (other !== undefined) pairs.push([line, other]);
    from = found + 1;
  }
  added.push(...come.slice(from));
  return { pairs, removed, added };
}

/** Whether two different lines have more than half of the longer one in common, at its ends. */
function alike(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start++;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return 2 * (start + end) > Math.max(a.length, b.length);
}

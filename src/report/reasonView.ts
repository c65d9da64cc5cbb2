import type { Reason } from '../engine/plain/index.ts';
import type { Language } from '../problems/messages/index.ts';
import type { Place } from '../problems/problem.ts';
import type { RuleLine } from '../workbook/port.ts';
import { type Head, type Saying, saying, sayReason } from './reasonHeads.ts';

/** A tree of reasons as a pane shows it, in words; plain data. */
export interface ReasonView {
  /** What it is and its value: `reward of E08 = 245.45`. */
  readonly title: string;
  /** The value alone, as shown; empty for a note. */
  readonly value: string;
  /** The line of rules that defines it; null where none does. */
  readonly source: string | null;
  /** The cell, or the characters of the rules, to go to. */
  readonly place: Place | null;
  readonly kind: 'rule' | 'cell' | 'row' | 'note';
  readonly children: readonly ReasonView[];
}

/** The tree of a reason in a language; `depth` levels of it. */
export function reasonView(
  reason: Reason,
  rules: readonly RuleLine[],
  language: Language,
  depth = Number.POSITIVE_INFINITY,
): ReasonView {
  return viewOf(reason, saying(rules, language), depth);
}

function viewOf(reason: Reason, say: Saying, depth: number): ReasonView {
  const { head, value, remark, before, children, after } = sayReason(reason, say);
  return {
    title: head.said + remark,
    value,
    source: head.source,
    place: head.place,
    kind: kindOf(reason),
    children:
      depth <= 1
        ? []
        : [
            ...before.map(note),
            ...children.map((child) => viewOf(child, say, depth - 1)),
            ...after.map(note),
          ],
  };
}

function kindOf({ kind }: Reason): ReasonView['kind'] {
  if (kind === 'sheet' || kind === 'name') return 'cell';
  return kind === 'row' ? 'row' : 'rule';
}

const note = ({ said, place, source }: Head): ReasonView => ({
  title: said,
  value: '',
  source,
  place,
  kind: 'note',
  children: [],
});

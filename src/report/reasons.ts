import type { Reason } from '../engine/plain/index.ts';
import type { Language } from '../problems/messages/index.ts';
import { type Place, placeText } from '../problems/problem.ts';
import type { RuleLine } from '../workbook/port.ts';
import { type Head, type Saying, saying, sayReason } from './reasonHeads.ts';
import { safe } from './width.ts';

/** A tree of reasons for people: what, its value, and the cell or the line of rules that it comes from. */
export function reasonText(reason: Reason, rules: readonly RuleLine[], language: Language): string {
  return `${[...linesOf(reason, saying(rules, language), '', '')].join('\n')}\n`;
}

function* linesOf(reason: Reason, say: Saying, first: string, rest: string): Generator<string> {
  const { head, remark, before, children, after } = sayReason(reason, say);
  yield first + safe(lineOf(head) + remark);
  let left = before.length + children.length + after.length;
  const branch = (): string => rest + (--left === 0 ? '└─ ' : '├─ ');
  for (const note of before) yield branch() + safe(lineOf(note));
  for (const child of children) {
    const start = branch();
    yield* linesOf(child, say, start, rest + (left === 0 ? '   ' : '│  '));
  }
  for (const note of after) yield branch() + safe(lineOf(note));
}

function lineOf({ said, place, arrow, source }: Head): string {
  if (!arrow || place === null) return said;
  return `${said}  ← ${lineText(place)}${source === null ? '' : `  ${source}`}`;
}

/** A place in the rules without its characters: `Rules!B12`, `Rules.allot:12`. */
function lineText(at: Place): string {
  return placeText(at).replace(/:\d+(?:-\d+)?$/, '');
}

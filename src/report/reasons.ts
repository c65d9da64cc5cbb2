import type { BandReason, InputReason, MatchedLine, Reason } from '../engine/plain/index.ts';
import { displayText } from '../exact/decimal.ts';
import { integer, multiply, type Rational } from '../exact/rational.ts';
import { displayValueText } from '../exact/text.ts';
import { type Language, message } from '../problems/messages/index.ts';
import { type Place, placeText } from '../problems/problem.ts';
import { sourceLine, sourceText } from '../rules/source.ts';
import type { RuleLine } from '../workbook/port.ts';
import { type ReasonWords, reasonWords, type ShareReasonOf, type ShareWords } from './reasonWords.ts';
import { cut, safe } from './width.ts';

const SOURCE_WIDTH = 72;

/** A tree of reasons for people: what, its value, and the cell or the line of rules that it comes from. */
export function reasonText(reason: Reason, rules: readonly RuleLine[], language: Language): string {
  const say: Saying = { w: reasonWords(language), rules, language };
  return `${[...linesOf(reason, say, '', '')].join('\n')}\n`;
}

interface Saying {
  readonly w: ReasonWords;
  readonly rules: readonly RuleLine[];
  readonly language: Language;
}

function* linesOf(reason: Reason, say: Saying, first: string, rest: string): Generator<string> {
  yield first + safe(headText(reason, say));
  const before = notesBefore(reason, say);
  const children = reason.children.map(plainer);
  const after = notesAfter(reason, say);
  let left = before.length + children.length + after.length;
  const branch = (): string => rest + (--left === 0 ? '└─ ' : '├─ ');
  for (const note of before) yield branch() + safe(note);
  for (const child of children) {
    const start = branch();
    yield* linesOf(child, say, start, rest + (left === 0 ? '   ' : '│  '));
  }
  for (const note of after) yield branch() + safe(note);
}

/** A row that says no more than the one thing of it which was read is that thing. */
function plainer(reason: Reason): Reason {
  const [only] = reason.children;
  if (reason.kind !== 'row' || reason.weight !== undefined || only === undefined) return reason;
  if (reason.children.length > 1 || (only.kind !== 'sheet' && only.kind !== 'column')) return reason;
  return only.row === reason.row && only.table === reason.table && sameValue(only, reason) ? only : reason;
}

function sameValue(a: Reason, b: Reason): boolean {
  if (a.outcome.kind === 'fault' || b.outcome.kind === 'fault') return false;
  return a.outcome.kind === b.outcome.kind && displayValueText(a.outcome) === displayValueText(b.outcome);
}

function headText(reason: Reason, say: Saying): string {
  const { w } = say;
  const value = valueText(reason, say);
  const after = reason.seen === true ? w.seen : reason.cut === true ? ` ${w.cut}` : '';
  return `${what(reason, value, say)}${after}`;
}

function what(reason: Reason, value: string, say: Saying): string {
  const { w } = say;
  switch (reason.kind) {
    case 'scalar':
      return `${reason.name} = ${value}${definedAt(reason.at, say)}`;
    case 'column': {
      const name = w.of(reason.name, reason.key);
      const none = reason.by === 'none' && reason.outcome.kind === 'blank';
      return `${name} = ${value}${none ? w.remark(w.uncovered) : definedAt(reason.at, say)}`;
    }
    case 'sheet':
      return `${w.of(reason.name, reason.key)} = ${ownValue(reason, value, w)}  ← ${placeText(reason.cell)}`;
    case 'name':
      return `${reason.name} = ${ownValue(reason, value, w)}  ← ${placeText(reason.cell)}`;
    case 'asOf':
      return `${w.asOf} = ${value}`;
    case 'band':
      return bandText(reason, value, say);
    case 'aggregate':
      return `${quoted(reason.at, say)} = ${value}${w.colon}${w.aggregate(reason)}`;
    case 'lookup': {
      const row = reason.found === null ? w.nothingFound : w.foundRow(reason.found.key);
      const fault = reason.outcome.kind === 'fault';
      return `${quoted(reason.at, say)} = ${value}${fault ? '' : `${w.colon}${w.lookup(reason.fn, reason.table)}${w.comma}${row}`}`;
    }
    case 'rank':
      return `${quoted(reason.at, say)} = ${value}${w.colon}${w.rankOf(reason.table, reason.rows)}`;
    case 'row': {
      const weight =
        reason.weight === undefined
          ? ''
          : w.remark(w.weight('weight', valueText({ outcome: reason.weight }, say)));
      const counted =
        reason.outcome.kind === 'logical' && reason.outcome.value && reason.children.length === 0;
      return `${reason.table} ${reason.key}${counted ? '' : `${w.colon}${value}`}${weight}  ← ${placeText(reason.cell)}`;
    }
    case 'input':
      return `${quoted(reason.at, say)} = ${value}${w.comma}${inputText(reason, w)}`;
    case 'component':
      return `${w.component(reason.sign, reason.label ?? quoted(reason.at, say))} = ${value}`;
    case 'share':
      return shareText(reason, value, say);
    case 'part':
      return `${w.part[reason.role]} ${quoted(reason.at, say)} → ${value}`;
    default: {
      const never: never = reason;
      return never;
    }
  }
}

/** A blank cell is blank of its own. */
function ownValue({ outcome }: Reason, value: string, w: ReasonWords): string {
  return outcome.kind === 'blank' ? w.blank : value;
}

function bandText(reason: Extract<Reason, BandReason>, value: string, say: Saying): string {
  const call = `${reason.name}(${valueText({ outcome: reason.argument }, say)}) = ${value}`;
  if (reason.marginal || reason.outcome.kind === 'fault') return call;
  return `${call}${say.w.colon}${reason.line === null ? say.w.noLine : matchedText(reason.line, say)}`;
}

/** The line of a band as it is written. */
function matchedText({ at }: MatchedLine, { rules }: Saying): string {
  const line = sourceLine(rules, at);
  return line === null ? '' : `${cut(squeezed(line.text), SOURCE_WIDTH)}  ← ${lineText(at)}`;
}

function inputText({ weight, counted, points }: InputReason, w: ReasonWords): string {
  const shown = percent(weight);
  const both =
    counted === null || (counted.n === weight.n && counted.d === weight.d)
      ? shown
      : w.counted(shown, percent(counted));
  return w.input(both, points === null ? null : displayText(points));
}

const HUNDRED = integer(100);
const percent = (x: Rational): string => `${displayText(multiply(x, HUNDRED))}%`;

function shareText(reason: ShareReasonOf, value: string, say: Saying): string {
  const numbers = shareNumbers(reason);
  if (numbers === null) return `${reason.name} = ${value}`;
  return reason.member === null ? say.w.rest(numbers) : `${value} ${say.w.member(numbers)}`;
}

/** The numbers of a share as text; null where its pool is at fault. */
function shareNumbers({ settlement, member, of }: ShareReasonOf): ShareWords | null {
  if (settlement === null) return null;
  return {
    pool: displayText(settlement.pool),
    of: of?.key ?? null,
    settled: displayText(settlement.settled),
    shared: displayText(settlement.shared),
    unallocated: displayText(settlement.unallocated),
    unit: displayText(settlement.unit),
    members: settlement.members,
    weights: displayText(settlement.weights),
    openWeights: displayText(settlement.open.weights),
    openUnits: settlement.open.units.toString(),
    weight: member === null ? '' : displayText(member.weight),
    quota: member === null || member.quota === null ? null : displayText(member.quota),
    units: member === null ? '' : member.units.toString(),
    by: member?.by ?? 'none',
  };
}

/** What is said below a reason before its children. */
function notesBefore(reason: Reason, say: Saying): readonly string[] {
  if (reason.kind === 'share') {
    const numbers = shareNumbers(reason);
    return numbers === null || reason.member === null ? [] : say.w.memberNotes(numbers);
  }
  if (reason.kind !== 'band') return [];
  const { w } = say;
  return reason.slices.map(({ line, amount, rate }) => {
    const times = rate.kind === 'number' ? ` = ${displayText(multiply(amount, rate.value))}` : '';
    return `${displayText(amount)} × ${valueText({ outcome: rate }, say)}${times}${w.colon}${matchedText(line, say)}`;
  });
}

/** What is said after them. */
function notesAfter(reason: Reason, { w }: Saying): readonly string[] {
  return reason.kind === 'aggregate' && reason.more > 0 ? [w.more(reason.more)] : [];
}

function valueText({ outcome, origin }: Pick<Reason, 'outcome' | 'origin'>, say: Saying): string {
  const { w } = say;
  switch (outcome.kind) {
    case 'fault': {
      const { at } = outcome.problem;
      return w.error(message(outcome.problem, say.language), at === undefined ? '' : placeText(at));
    }
    case 'blank':
      return origin === undefined ? w.blank : w.blank + w.remark(w.from(placeText(origin)));
    case 'text':
      return `"${cut(outcome.value, SOURCE_WIDTH)}"`;
    case 'number':
    case 'date':
    case 'logical':
      return displayValueText(outcome);
    default: {
      const never: never = outcome;
      return never;
    }
  }
}

/** The line that defines something, with its place. */
function definedAt(at: Place, { rules }: Saying): string {
  const line = sourceLine(rules, at);
  return line === null ? '' : `  ← ${lineText(at)}  ${cut(squeezed(line.text), SOURCE_WIDTH)}`;
}

function quoted(at: Place, { rules }: Saying): string {
  return cut(squeezed(sourceText(rules, at)), SOURCE_WIDTH);
}

const squeezed = (text: string): string => text.trim().replace(/\s+/g, ' ');

/** A place in the rules without its characters: `Rules!B12`, `Rules.allot:12`. */
function lineText(at: Place): string {
  return placeText(at).replace(/:\d+(?:-\d+)?$/, '');
}

import type { BandReason, InputReason, MatchedLine, Reason } from '../engine/plain/reasons.ts';
import { displayText } from '../exact/decimal.ts';
import { integer, multiply, type Rational } from '../exact/rational.ts';
import { type Language, message } from '../problems/messages/index.ts';
import { type Place, placeText } from '../problems/problem.ts';
import type { RuleLine } from '../workbook/port.ts';
import { type ReasonWords, reasonWords, type ShareReasonOf } from './reasonWords.ts';
import { sourceLine, sourceText } from './source.ts';
import { displayValueText } from './values.ts';
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
  const notes = notesOf(reason, say);
  const children = reason.children.map(plainer);
  const last = notes.length + children.length - 1;
  for (const [i, child] of children.entries()) {
    const end = i === last;
    yield* linesOf(child, say, rest + (end ? '└─ ' : '├─ '), rest + (end ? '   ' : '│  '));
  }
  for (const [i, note] of notes.entries())
    yield rest + (children.length + i === last ? '└─ ' : '├─ ') + safe(note);
}

/** A row that says no more than the one cell which it read is that cell. */
function plainer(reason: Reason): Reason {
  const [only] = reason.children;
  if (reason.kind !== 'row' || reason.weight !== undefined || only === undefined) return reason;
  if (reason.children.length > 1 || only.kind !== 'sheet' || only.row !== reason.row) return reason;
  return sameValue(only, reason) ? only : reason;
}

function sameValue(a: Reason, b: Reason): boolean {
  if (a.outcome.kind === 'fault' || b.outcome.kind === 'fault') return false;
  return a.outcome.kind === b.outcome.kind && displayValueText(a.outcome) === displayValueText(b.outcome);
}

function headText(reason: Reason, say: Saying): string {
  const { w } = say;
  const value = valueText(reason, say);
  const after = reason.seen === true ? ` ${w.seen}` : reason.cut === true ? ` ${w.cut}` : '';
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
      return `${name} = ${value}${none ? ` (${w.uncovered})` : definedAt(reason.at, say)}`;
    }
    case 'sheet':
      return `${w.of(reason.name, reason.key)} = ${value}  ← ${placeText(reason.cell)}`;
    case 'name':
      return `${reason.name} = ${value}  ← ${placeText(reason.cell)}`;
    case 'asOf':
      return `${w.asOf} = ${value}`;
    case 'band':
      return bandText(reason, value, say);
    case 'aggregate':
      return `${quoted(reason.at, say)} = ${value}: ${w.aggregate(reason)}`;
    case 'lookup': {
      const row = reason.found === null ? w.nothingFound : w.foundRow(reason.found.key);
      const fault = reason.outcome.kind === 'fault';
      return `${quoted(reason.at, say)} = ${value}${fault ? '' : `: ${w.lookup(reason.fn, reason.table)}, ${row}`}`;
    }
    case 'rank':
      return `${quoted(reason.at, say)} = ${value}: ${w.rankOf(reason.table, reason.rows)}`;
    case 'row': {
      const weight =
        reason.weight === undefined
          ? ''
          : ` (${w.weight('weight', valueText({ outcome: reason.weight }, say))})`;
      return `${reason.table} ${reason.key}: ${value}${weight}  ← ${placeText(reason.cell)}`;
    }
    case 'input':
      return `${quoted(reason.at, say)} = ${value}, ${inputText(reason, w)}`;
    case 'component':
      return `${w.component(reason.sign, reason.label ?? quoted(reason.at, say))} = ${value}`;
    case 'share':
      return shareText(reason, value, say);
    case 'part':
      return `${w.part[reason.role]} ${quoted(reason.at, say)} = ${value}`;
    default: {
      const never: never = reason;
      return never;
    }
  }
}

function bandText(reason: Extract<Reason, BandReason>, value: string, say: Saying): string {
  const call = `${reason.name}(${valueText({ outcome: reason.argument }, say)}) = ${value}`;
  if (reason.marginal || reason.outcome.kind === 'fault') return call;
  return `${call}: ${reason.line === null ? say.w.noLine : matchedText(reason.line, say)}`;
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
  const { settlement, member, of } = reason;
  if (settlement === null) return `${reason.name} = ${value}`;
  const numbers = {
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
  };
  if (member === null) {
    const none = { weight: '', quota: null, units: '', by: 'none' } as const;
    return say.w.rest({ ...numbers, ...none });
  }
  const { weight, quota, units, by } = member;
  return `${value}: ${say.w.member({
    ...numbers,
    weight: displayText(weight),
    quota: quota === null ? null : displayText(quota),
    units: units.toString(),
    by,
  })}`;
}

/** What is said below a reason besides its children. */
function notesOf(reason: Reason, say: Saying): readonly string[] {
  const { w } = say;
  if (reason.kind === 'aggregate' && reason.more > 0) return [w.more(reason.more)];
  if (reason.kind !== 'band') return [];
  return reason.slices.map(({ line, amount, rate }) => {
    const times = rate.kind === 'number' ? ` = ${displayText(multiply(amount, rate.value))}` : '';
    return `${displayText(amount)} × ${valueText({ outcome: rate }, say)}${times}: ${matchedText(line, say)}`;
  });
}

function valueText({ outcome, origin }: Pick<Reason, 'outcome' | 'origin'>, say: Saying): string {
  const { w } = say;
  switch (outcome.kind) {
    case 'fault': {
      const { at } = outcome.problem;
      return w.error(message(outcome.problem, say.language), at === undefined ? '' : placeText(at));
    }
    case 'blank':
      return origin === undefined ? w.blank : `${w.blank} (${w.from(placeText(origin))})`;
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

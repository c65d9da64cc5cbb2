import type { BandReason, InputReason, MatchedLine, Reason } from '../engine/plain/index.ts';
import { displayText } from '../exact/decimal.ts';
import { integer, multiply, type Rational } from '../exact/rational.ts';
import { displayValueText } from '../exact/text.ts';
import { type Language, message } from '../problems/messages/index.ts';
import { type Place, placeText } from '../problems/problem.ts';
import { sourceLine, sourceText } from '../rules/source.ts';
import type { RuleLine } from '../workbook/port.ts';
import { type ReasonWords, reasonWords, type ShareReasonOf, type ShareWords } from './reasonWords.ts';
import { cut } from './width.ts';

const SOURCE_WIDTH = 72;

/** How reasons are said: in a language, over the rules that they point into. */
export interface Saying {
  readonly w: ReasonWords;
  readonly rules: readonly RuleLine[];
  readonly language: Language;
}

/** One line of a tree of reasons. */
export interface Head {
  readonly said: string;
  /** The cell or the characters of the rules that it is about. */
  readonly place: Place | null;
  /** Whether a reader of text is told the place. */
  readonly arrow: boolean;
  /** The line of rules that defines it. */
  readonly source: string | null;
}

/** A reason with the notes that stand below it, before and after the reasons of its own. */
export interface SaidReason {
  readonly head: Head;
  /** The value alone. */
  readonly value: string;
  readonly before: readonly Head[];
  readonly children: readonly Reason[];
  readonly after: readonly Head[];
  /** That it is shown elsewhere, or goes on; else empty. */
  readonly remark: string;
}

export function saying(rules: readonly RuleLine[], language: Language): Saying {
  return { w: reasonWords(language), rules, language };
}

/** One reason in words. */
export function sayReason(reason: Reason, say: Saying): SaidReason {
  const { w } = say;
  const value = valueText(reason, say);
  const head = headOf(reason, value, say);
  return {
    head,
    value,
    before: notesBefore(reason, say),
    children: reason.children.map(plainer),
    after: notesAfter(reason, say),
    remark: reason.seen === true ? w.seen : reason.cut === true ? ` ${w.cut}` : '',
  };
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

/** What a reason says on its own line, with where that stands. */
function headOf(reason: Reason, value: string, say: Saying): Head {
  const { w } = say;
  switch (reason.kind) {
    case 'scalar':
      return defined(`${reason.name} = ${value}`, reason.at, say);
    case 'column': {
      const said = `${w.of(reason.name, reason.key)} = ${value}`;
      const none = reason.by === 'none' && reason.outcome.kind === 'blank';
      return none ? bare(said + w.remark(w.uncovered), reason.at) : defined(said, reason.at, say);
    }
    case 'sheet':
      return pointed(`${w.of(reason.name, reason.key)} = ${ownValue(reason, value, w)}`, reason.cell);
    case 'name':
      return pointed(`${reason.name} = ${ownValue(reason, value, w)}`, reason.cell);
    case 'asOf':
      return bare(`${w.asOf} = ${value}`, null);
    case 'band':
      return bandHead(reason, value, say);
    case 'aggregate':
      return bare(`${quoted(reason.at, say)} = ${value}${w.colon}${w.aggregate(reason)}`, reason.at);
    case 'lookup': {
      const row = reason.found === null ? w.nothingFound : w.foundRow(reason.found.key);
      const fault = reason.outcome.kind === 'fault';
      const how = fault ? '' : `${w.colon}${w.lookup(reason.fn, reason.table)}${w.comma}${row}`;
      return bare(`${quoted(reason.at, say)} = ${value}${how}`, reason.at);
    }
    case 'rank':
      return bare(
        `${quoted(reason.at, say)} = ${value}${w.colon}${w.rankOf(reason.table, reason.rows)}`,
        reason.at,
      );
    case 'row': {
      const weight =
        reason.weight === undefined
          ? ''
          : w.remark(w.weight('weight', valueText({ outcome: reason.weight }, say)));
      const counted =
        reason.outcome.kind === 'logical' && reason.outcome.value && reason.children.length === 0;
      const said = `${reason.table} ${reason.key}${counted ? '' : `${w.colon}${value}`}${weight}`;
      return pointed(said, reason.cell);
    }
    case 'input':
      return bare(`${quoted(reason.at, say)} = ${value}${w.comma}${inputText(reason, w)}`, reason.at);
    case 'component':
      return bare(
        `${w.component(reason.sign, reason.label ?? quoted(reason.at, say))} = ${value}`,
        reason.at,
      );
    case 'share':
      return bare(shareText(reason, value, say), reason.at);
    case 'part':
      return bare(`${w.part[reason.role]} ${quoted(reason.at, say)} → ${value}`, reason.at);
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

function bandHead(reason: Extract<Reason, BandReason>, value: string, say: Saying): Head {
  const call = `${reason.name}(${valueText({ outcome: reason.argument }, say)}) = ${value}`;
  if (reason.marginal || reason.outcome.kind === 'fault') return bare(call, reason.at);
  if (reason.line === null) return bare(`${call}${say.w.colon}${say.w.noLine}`, reason.at);
  return matched(`${call}${say.w.colon}`, reason.line, say);
}

/** The line of a band as it is written, after what is said of it. */
function matched(said: string, { at }: MatchedLine, { rules }: Saying): Head {
  const line = sourceLine(rules, at);
  return line === null ? bare(said, at) : pointed(`${said}${cut(squeezed(line.text), SOURCE_WIDTH)}`, at);
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
function notesBefore(reason: Reason, say: Saying): readonly Head[] {
  if (reason.kind === 'share') {
    const numbers = shareNumbers(reason);
    const notes = numbers === null || reason.member === null ? [] : say.w.memberNotes(numbers);
    return notes.map((note) => bare(note, null));
  }
  if (reason.kind !== 'band') return [];
  const { w } = say;
  return reason.slices.map(({ line, amount, rate }) => {
    const times = rate.kind === 'number' ? ` = ${displayText(multiply(amount, rate.value))}` : '';
    return matched(
      `${displayText(amount)} × ${valueText({ outcome: rate }, say)}${times}${w.colon}`,
      line,
      say,
    );
  });
}

/** What is said after them. */
function notesAfter(reason: Reason, { w }: Saying): readonly Head[] {
  return reason.kind === 'aggregate' && reason.more > 0 ? [bare(w.more(reason.more), null)] : [];
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

const bare = (said: string, place: Place | null): Head => ({ said, place, arrow: false, source: null });
const pointed = (said: string, place: Place): Head => ({ said, place, arrow: true, source: null });

/** With the line that defines it. */
function defined(said: string, at: Place, { rules }: Saying): Head {
  const line = sourceLine(rules, at);
  return line === null
    ? bare(said, at)
    : { said, place: at, arrow: true, source: cut(squeezed(line.text), SOURCE_WIDTH) };
}

function quoted(at: Place, { rules }: Saying): string {
  return cut(squeezed(sourceText(rules, at)), SOURCE_WIDTH);
}

const squeezed = (text: string): string => text.trim().replace(/\s+/g, ' ');

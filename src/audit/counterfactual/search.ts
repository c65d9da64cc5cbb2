import type { PlainMachine } from '../../engine/plain/machine.ts';
import type { Target } from '../../engine/plain/reasons.ts';
import { same } from '../../engine/plain/values.ts';
import type { Outcome } from '../../engine/results.ts';
import { compare } from '../../exact/rational.ts';
import type { Value } from '../../exact/value.ts';
import type { Base } from './base.ts';
import type { Line } from './cell.ts';
import { localState } from './local.ts';
import { probe } from './probe.ts';
import { nextTurn, type Turns, turnsOf } from './thresholds.ts';
import type { Touched } from './touched.ts';

/** Which changes of the target are looked for. */
export type Direction = 'raises' | 'lowers' | 'changes';

/** So many steps from where the cell stands, at which the target is another, and one step before at which it is not. */
export interface Hit {
  readonly steps: number;
  readonly after: Value;
}

export interface Question {
  readonly base: Base;
  readonly touched: Touched;
  readonly target: Target;
  /** Columns of the cell's row through which alone the target depends on it; null where it is read otherwise too. */
  readonly local: readonly number[] | null;
  readonly before: Value;
  readonly direction: Direction;
  /** Throws where the time is up. */
  readonly tick: () => void;
}

/** Turns that are walked over one by one; beyond them the steps grow without looking at the rules. */
const MOST_TURNS = 12;

/** Whether a value is what was asked for. */
export function wanted(before: Value, after: Outcome, direction: Direction): after is Value {
  if (after.kind === 'fault' || after.kind === 'blank' || before.kind === 'blank') return false;
  const order =
    before.kind === 'number' && after.kind === 'number'
      ? compare(after.value, before.value)
      : before.kind === 'date' && after.kind === 'date'
        ? compare(after.ms, before.ms)
        : null;
  switch (direction) {
    case 'raises':
      return order !== null && order > 0;
    case 'lowers':
      return order !== null && order < 0;
    case 'changes':
      return order === null && (before.kind !== after.kind || !same(before, after));
    default: {
      const never: never = direction;
      return never;
    }
  }
}

/**
 * The target where the cell holds another value; null where it is not what was asked for or the row doesn't hold.
 * `memo` keeps the target for every state of the local columns.
 */
export function outcomeAt(
  { base, touched, target, local, before, direction, tick }: Question,
  value: Value,
  memo = new Map<string, Outcome>(),
): Value | null {
  tick();
  const found = probe(base, touched, value);
  const state = local === null ? null : localState(found.machine, local, touched.cell.row);
  const known = state === null ? undefined : memo.get(state);
  const after = known ?? found.target(target);
  if (state !== null) memo.set(state, after);
  return wanted(before, after, direction) && found.holds() ? after : null;
}

/** Whether the whole run is without an error where the cell holds another value. */
export function soundAt({ base, touched, tick }: Question, value: Value): boolean {
  tick();
  return probe(base, touched, value).sound();
}

/**
 * The nearest hit on one side of a cell at which the whole run has no error; null where none is found. Between the
 * turns of the rules a target follows its cell on a straight line or nearly so; a hit is where it is what was asked
 * for, one step less is not: that is computed, whatever the rules do in between.
 */
export function nearest(question: Question, line: Line, side: 1 | -1): Hit | null {
  const most = side > 0 ? line.high : -line.low;
  const outcomes = new Map<number, Value | null>();
  const memo = new Map<string, Outcome>();
  const { local, target, touched } = question;
  const { row } = touched.cell;
  let strict = false;

  const first = firstAfter(0);
  if (first === null || isSound(first)) return hitAt(first);
  // The nearest one is paid to nobody: from here on only runs without errors count.
  strict = true;
  outcomes.clear();
  return hitAt(firstAfter(first));

  function at(steps: number): Value {
    return line.at(side * steps);
  }

  function isSound(steps: number): boolean {
    return soundAt(question, at(steps));
  }

  function hitAt(steps: number | null): Hit | null {
    const after = steps === null ? null : outcome(steps);
    return steps === null || after === null ? null : { steps: side * steps, after };
  }

  function outcome(steps: number): Value | null {
    const known = outcomes.get(steps);
    if (known !== undefined) return known;
    const found = outcomeAt(question, at(steps), memo);
    const kept = found !== null && strict && !isSound(steps) ? null : found;
    outcomes.set(steps, kept);
    return kept;
  }

  function machineAt(steps: number): PlainMachine {
    question.tick();
    return probe(question.base, touched, at(steps)).machine;
  }

  /** Steps from `steps` on to the next turn; null where none is ahead. */
  function turnAfter(steps: number): number | null {
    // Where the row's own columns stay as they are, nothing beyond them turns.
    const flat =
      local !== null &&
      localState(machineAt(steps), local, row) === localState(machineAt(steps + 1), local, row);
    const targets = flat ? local.map((column): Target => ({ kind: 'column', column, row })) : [target];
    const turns = (place: number): Turns => turnsOf(machineAt(place), touched, targets);
    return nextTurn(turns(steps), turns(steps + 1), most - steps);
  }

  /** The first place after `start`, which is no hit, that is one while the place before it is none. */
  function firstAfter(start: number): number | null {
    let last = start;
    for (let turned = 0; last < most; turned++) {
      const ahead = turned < MOST_TURNS ? turnAfter(last) : null;
      const end = ahead === null ? most : Math.min(most, last + ahead + 1);
      for (const place of placesUpTo(last, end)) {
        if (outcome(place) !== null) return between(last, place);
        last = place;
      }
    }
    return null;
  }

  /** Narrows a stretch that has no hit at `low` and one at `high`, down to one step. */
  function between(low: number, high: number): number {
    let [without, hit] = [low, high];
    while (hit - without > 1) {
      const middle = without + Math.floor((hit - without) / 2);
      if (outcome(middle) === null) without = middle;
      else hit = middle;
    }
    return hit;
  }
}

/** Places after `start` up to `end`, each about twice as far as the one before; the last two are neighbours. */
function* placesUpTo(start: number, end: number): Generator<number> {
  for (let reach = 1; start + reach < end - 1; reach *= 2) yield start + reach;
  if (end - 1 > start) yield end - 1;
  yield end;
}

import type { ReasonView, StatementLineView } from '../../../live/views.ts';
import { type Place, placeText } from '../../../problems/problem.ts';
import { money } from '../../parts/numbers.ts';

/** The cells at the ends of a line's reasons, each once, in the order of reading: where its data come from. */
export function sourceCells(reasons: readonly ReasonView[]): readonly Place[] {
  const found = new Map<string, Place>();
  const walk = ({ kind, place, children }: ReasonView): void => {
    if (place?.kind === 'cell' && (kind === 'cell' || children.length === 0))
      found.set(placeText(place), place);
    for (const child of children) walk(child);
  };
  for (const reason of reasons) walk(reason);
  return [...found.values()];
}

/** The rule that a line comes from: the one that its value names, else the words of the line itself. */
export function ruleOf({ source, place, reasons }: Pick<StatementLineView, 'source' | 'place' | 'reasons'>): {
  readonly text: string;
  readonly place: Place;
} {
  const [first, ...others] = reasons;
  return others.length === 0 && first?.source != null && first.place !== null
    ? { text: first.source, place: first.place }
    : { text: source, place };
}

/** A line of how an amount came about, with how deep it stands from 0. */
export interface Step {
  readonly view: ReasonView;
  readonly depth: number;
}

/** The first steps of reasons, read from top to bottom: so many levels, so many lines. */
export function firstSteps(reasons: readonly ReasonView[], levels: number, lines: number): readonly Step[] {
  const steps: Step[] = [];
  const walk = (view: ReasonView, depth: number): void => {
    if (depth >= levels || steps.length >= lines) return;
    steps.push({ view, depth });
    for (const child of view.children) walk(child, depth + 1);
  };
  for (const reason of reasons) walk(reason, 0);
  return steps;
}

/** The amount as it counts: what is taken off has a minus. */
export function signed({ sign, amount }: Pick<StatementLineView, 'sign' | 'amount'>): string {
  const shown = money(amount);
  if (sign === 'add' || /^-?[0.,]+$/.test(shown)) return shown;
  return shown.startsWith('-') ? shown.slice(1) : `-${shown}`;
}

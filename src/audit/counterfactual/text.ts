import { displayText, exactText } from '../../exact/decimal.ts';
import { absolute, integer, multiply, type Rational, sign } from '../../exact/rational.ts';
import { displayValueText, exactValueText } from '../../exact/text.ts';
import type { Language } from '../../problems/messages/index.ts';
import { placeText } from '../../problems/problem.ts';
import { safe, widthOf } from '../../report/width.ts';
import type { Counterfactual, Counterfactuals } from './counterfactuals.ts';
import type { Direction } from './search.ts';
import { counterfactualWords } from './words.ts';

/** What is asked, and how many answers of each kind are told. */
export interface Told {
  readonly name: string;
  readonly key: string;
  readonly language: Language;
  readonly most: number;
}

const ORDER: readonly Direction[] = ['raises', 'changes', 'lowers'];

/** Counterfactuals for people: by what they do, each with the cell, what it would hold, and what that gives. */
export function counterfactualText(
  value: string,
  { list, inputs, untried }: Counterfactuals,
  { name, key, language, most }: Told,
): string {
  const w = counterfactualWords(language);
  const lines = [safe(w.is(name, key, value))];
  for (const direction of ORDER) {
    const all = list.filter((one) => one.direction === direction);
    if (all.length === 0) continue;
    lines.push('', w.heading[direction], ...columns(all.slice(0, most).map((one) => cellsOf(one, language))));
    if (all.length > most) lines.push(`  ${w.more(all.length - most)}`);
  }
  if (!list.some(({ direction }) => direction !== 'lowers') && untried === 0)
    lines.push('', w.nothing(inputs));
  if (untried > 0) lines.push('', w.untried(untried));
  return `${lines.join('\n')}\n`;
}

function cellsOf(one: Counterfactual, language: Language): readonly string[] {
  const w = counterfactualWords(language);
  const { heading, key, cell, from, to, after, difference } = one;
  return [
    movedBy(one, language),
    w.cell(heading, key, placeText(cell)),
    `${displayValueText(from)} → ${displayValueText(to)}`,
    displayValueText(after),
    difference === null ? '' : signed(difference),
  ].map(safe);
}

/** By how much the cell would be another: `14 minutes earlier`, `+1`; a logical or text as it would be. */
export function movedBy({ move, to }: Pick<Counterfactual, 'move' | 'to'>, language: Language): string {
  if (move === null) return displayValueText(to);
  const w = counterfactualWords(language);
  const { steps, step } = move;
  const later = steps > 0;
  switch (step.unit) {
    case 'number':
      return signed(multiply(integer(steps), step.size));
    case 'day':
      return w.days(Math.abs(steps), later);
    case 'minute':
      return w.minutes(Math.abs(steps), later);
    default: {
      const never: never = step;
      return never;
    }
  }
}

function signed(x: Rational): string {
  const text = displayText(absolute(x));
  return sign(x) < 0 ? `−${text}` : `+${text}`;
}

/** Rows with their columns below one another. */
function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => widthOf(row[i] ?? ''))));
  return rows.map((row) =>
    row
      .map((text, i) => (i === row.length - 1 ? text : text + ' '.repeat((widths[i] ?? 0) - widthOf(text))))
      .join('  ')
      .replace(/^/, '  ')
      .trimEnd(),
  );
}

/** A counterfactual as JSON, exact. */
export function counterfactualJson(one: Counterfactual): Readonly<Record<string, unknown>> {
  const { cell, table, key, heading, from, to, move, direction, after, difference } = one;
  return {
    at: placeText(cell),
    table,
    key,
    heading,
    kind: from.kind,
    from: exactValueText(from),
    to: exactValueText(to),
    ...(move === null
      ? {}
      : {
          steps: move.steps,
          step: move.step.unit === 'number' ? exactText(move.step.size) : move.step.unit,
        }),
    direction,
    value: exactValueText(after),
    ...(difference === null ? {} : { difference: exactText(difference) }),
  };
}

import { cellPlace, rowKey } from '../../engine/plain/reading.ts';
import type { Target } from '../../engine/plain/reasons.ts';
import type { CellPlace } from '../../engine/results.ts';
import { DAY } from '../../exact/date.ts';
import { divide, integer, type Rational, subtract, toDouble } from '../../exact/rational.ts';
import type { Value } from '../../exact/value.ts';
import { hasErrors } from '../../problems/errors.ts';
import { type Base, baseOf, type RunBook } from './base.ts';
import { lineOf, type Step } from './cell.ts';
import { type Input, inputsOf } from './inputs.ts';
import { localColumns, neededBy } from './local.ts';
import { isNone } from './rows.ts';
import { type Direction, nearest, outcomeAt, type Question, soundAt } from './search.ts';
import { type Touched, touchedBy } from './touched.ts';

/** What a cell would have to hold for a value to be another, and which one: what a run with that cell would give. */
export interface Counterfactual {
  /** The row's table and key, and the heading above the cell. */
  readonly table: string;
  readonly key: string;
  readonly heading: string;
  readonly cell: CellPlace;
  readonly input: { readonly table: number; readonly column: number; readonly row: number };
  readonly from: Value;
  readonly to: Value;
  /** So many steps (below 0: less, or earlier), each of that size; null for a text or logical. */
  readonly move: { readonly steps: number; readonly step: Step } | null;
  readonly direction: Direction;
  readonly before: Value;
  readonly after: Value;
  /** After less before, a date's in days; null where they are no numbers or dates. */
  readonly difference: Rational | null;
}

export interface Counterfactuals {
  /** Those that raise the value first, each kind by what they bring for their size. */
  readonly list: readonly Counterfactual[];
  /** Cells that the value may depend on, and those among them for which the time was too short. */
  readonly inputs: number;
  readonly untried: number;
}

export interface CounterfactualOptions {
  /** Milliseconds after which no further cell is looked at; no limit by default. */
  readonly budget?: number;
  /** Whether what lowers the value is looked for too. */
  readonly lower?: boolean;
  readonly signal?: AbortSignal;
  readonly report?: (done: number, total: number) => void;
}

/**
 * What each input of a value would have to be for it to be another: the nearest other value of a cell at which the
 * value rises (and falls, with `lower`), all other cells as they are. Every promise has been computed, in effect, as a
 * whole run with that cell; one step less does not give it. Inputs are the cells of the value's own row, and of rows
 * that refer to it by its key, which hold a number, a date, a logical, or a text of a band. Keys and references stay as
 * they are, and so does which rows count. A run with errors has none.
 */
export function counterfactuals(
  book: RunBook,
  target: Target,
  options: CounterfactualOptions = {},
): Counterfactuals {
  return createCounterfactuals(book)(target, options);
}

/** The same for one value after another: what was looked up for one is there for the next. */
export function createCounterfactuals(
  book: RunBook,
): (target: Target, options?: CounterfactualOptions) => Counterfactuals {
  const base = baseOf(book);
  const broken = hasErrors(book.results.problems);
  return (target, options = {}) =>
    broken ? { list: [], inputs: 0, untried: 0 } : search(base, target, options);
}

const OUT_OF_TIME = Symbol('out of time');

function search(base: Base, target: Target, options: CounterfactualOptions): Counterfactuals {
  const before =
    target.kind === 'scalar'
      ? base.results.scalars[target.scalar]
      : base.results.columns[target.column]?.at(target.row);
  const none = { list: [], inputs: 0, untried: 0 };
  if (before === undefined || before.kind === 'fault' || before.kind === 'blank') return none;
  const started = performance.now();
  const tick = (): void => {
    options.signal?.throwIfAborted();
    if (options.budget !== undefined && performance.now() - started > options.budget) throw OUT_OF_TIME;
  };
  const needed = neededBy(base.program, target);
  const inputs = inputsOf(base, target, needed);
  const found: Ranked[] = [];
  const asked = { base, target, before, direction: 'raises', tick } as const;
  let tried = 0;
  try {
    for (const input of inputs) {
      options.report?.(tried, inputs.length);
      tick();
      const touched = touchedBy(base, input);
      if (isReached(touched, target))
        found.push(
          ...ofInput(
            { ...asked, touched, local: localColumns(base.program, touched, needed) },
            input,
            options,
          ),
        );
      tried++;
    }
  } catch (error) {
    if (error !== OUT_OF_TIME) throw error;
  }
  found.sort(byGain);
  return {
    list: found.map(({ counterfactual }) => counterfactual),
    inputs: inputs.length,
    untried: inputs.length - tried,
  };
}

function isReached(touched: Touched, target: Target): boolean {
  if (target.kind === 'scalar') return touched.scalars.has(target.scalar);
  const rows = touched.column(target.column);
  return rows === 'all' ? true : !isNone(rows) && rows.has(target.row);
}

/** A counterfactual with what it takes, as a part of what the column's values span: for sorting alone. */
interface Ranked {
  readonly counterfactual: Counterfactual;
  readonly effort: number;
}

function ofInput(asked: Question, input: Input, { lower = false }: CounterfactualOptions): readonly Ranked[] {
  const { base, before } = asked;
  const measured = before.kind === 'number' || before.kind === 'date';
  const directions: readonly Direction[] = measured
    ? lower
      ? ['raises', 'lowers']
      : ['raises']
    : ['changes'];
  const line = lineOf(base.workbook, input);
  return directions.flatMap((direction) => {
    const question: Question = { ...asked, direction };
    if (line === null) return others(question, input);
    return ([1, -1] as const).flatMap((side) => {
      const hit = nearest(question, line, side);
      if (hit === null) return [];
      const move = { steps: hit.steps, step: line.step };
      return [
        {
          counterfactual: counterfactual(question, input, line.at(hit.steps), hit.after, move),
          effort: line.effort(hit.steps),
        },
      ];
    });
  });
}

/** A logical the other way round, a text in place of the other. */
function others(question: Question, input: Input): readonly Ranked[] {
  const { value } = input;
  const values: readonly Value[] =
    value.kind === 'logical'
      ? [{ kind: 'logical', value: !value.value }]
      : input.texts.map((text) => ({ kind: 'text', value: text }));
  return values.flatMap((to) => {
    const after = outcomeAt(question, to);
    if (after === null || !soundAt(question, to)) return [];
    return [{ counterfactual: counterfactual(question, input, to, after, null), effort: 1 }];
  });
}

function counterfactual(
  { base, before, direction }: Question,
  input: Input,
  to: Value,
  after: Value,
  move: Counterfactual['move'],
): Counterfactual {
  const { table, column, row, value } = input;
  const sheet = base.workbook.tables[table];
  return {
    table: sheet?.name ?? '',
    key: rowKey(base, table, row),
    heading: sheet?.columns[column]?.heading ?? '',
    cell: cellPlace(base.workbook, table, column, row),
    input: { table, column, row },
    from: value,
    to,
    move,
    direction,
    before,
    after,
    difference: differenceOf(before, after),
  };
}

function differenceOf(before: Value, after: Value): Rational | null {
  if (before.kind === 'number' && after.kind === 'number') return subtract(after.value, before.value);
  return before.kind === 'date' && after.kind === 'date'
    ? divide(subtract(after.ms, before.ms), integer(DAY))
    : null;
}

const ORDER: readonly Direction[] = ['raises', 'changes', 'lowers'];

function byGain(a: Ranked, b: Ranked): number {
  const kind = ORDER.indexOf(a.counterfactual.direction) - ORDER.indexOf(b.counterfactual.direction);
  return kind === 0 ? gainOf(b) - gainOf(a) : kind;
}

function gainOf({ counterfactual: { difference }, effort }: Ranked): number {
  return difference === null ? 1 / effort : Math.abs(toDouble(difference)) / effort;
}

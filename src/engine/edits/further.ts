import { DAY } from '../../exact/date.ts';
import type { Problem } from '../../problems/problem.ts';
import type { Program } from '../../rules/program.ts';
import { filteredReferenceProblems } from '../../rules/references.ts';
import type { Counted } from '../columns/machine.ts';
import { boxedEntries, Tag, type Vec } from '../columns/vec.ts';
import type { Outcome, Results } from '../results.ts';
import {
  type ColumnExpr,
  type Dates,
  type DayComparison,
  datesIn,
  dayComparisons,
  timeOfDayWarnings,
} from '../timeOfDay.ts';
import { type Dirt, isClean, rowsOfRef } from './dirt.ts';
import { patchAt, patchesOf } from './patches.ts';
import type { ColumnState, State } from './state.ts';

/** What is remembered for the problems that are no value's: what dates are like, and references of filtered tables. */
export interface Further {
  readonly dates: WeakMap<object, readonly { readonly counted: Counted | null; readonly dates: Dates }[]>;
  references: readonly Problem[] | null;
  readonly comparisons: readonly DayComparison[];
}

export const freshFurther = (program: Program): Further => ({
  dates: new WeakMap(),
  references: null,
  comparisons: dayComparisons(program),
});

/** Warnings, and references of filtered tables; `dirt` is what an edit has changed, null for everything. */
export function furtherProblems(
  kept: Further,
  program: Program,
  state: State,
  results: Results,
  dirt: Dirt | null,
): readonly Problem[] {
  if (kept.references === null || dirt === null || referencesTouched(program, dirt))
    kept.references = filteredReferenceProblems(
      program,
      state.workbook,
      (table) => results.tables[table]?.rows ?? new Uint32Array(),
    );
  const warnings = timeOfDayWarnings(
    program,
    state.workbook,
    results,
    (column, whole) => datesOf(kept, program, state, column, whole),
    kept.comparisons,
  );
  return [...warnings, ...kept.references];
}

/** Keys are no matter: an edit of one is none that is followed. */
function referencesTouched(program: Program, dirt: Dirt): boolean {
  return program.tables.some(
    ({ where, references }, table) =>
      where !== null &&
      references.length > 0 &&
      (dirt.counts.has(table) ||
        references.some(({ column }) => !isClean(rowsOfRef(dirt, { kind: 'sheet', table, column })))),
  );
}

function datesOf(
  kept: Further,
  program: Program,
  state: State,
  column: ColumnExpr,
  whole: boolean,
): Dates | null {
  const table = column.op === 'sheet' ? column.table : (program.columns[column.column]?.table ?? 0);
  const source =
    column.op === 'sheet'
      ? state.workbook.tables[table]?.columns[column.column]?.data
      : state.columns[column.column];
  if (source === undefined) return null;
  const counted = whole ? null : (state.counted[table] ?? null);
  const known = kept.dates.get(source) ?? [];
  const found = known.find((entry) => entry.counted === counted);
  if (found !== undefined) return found.dates;
  const dates =
    'vec' in source ? computedDates(source, counted) : datesIn(source, () => counted?.rows ?? null);
  kept.dates.set(source, [...known, { counted, dates }]);
  return dates;
}

const DAY_BIG = BigInt(DAY);

/** Rows that don't count are blank in it. */
function computedDates({ vec, over }: ColumnState, counted: Counted | null): Dates {
  let any = false;
  const see = (outcome: Outcome): boolean => {
    if (outcome.kind !== 'date') return false;
    any = true;
    return outcome.ms.d !== 1n || outcome.ms.n % DAY_BIG !== 0n;
  };
  for (const [, outcome] of patchesOf(over)) if (see(outcome)) return { any, times: true };
  for (const [row, value] of boxedEntries(vec))
    if (patchAt(over, row) === undefined && see(value)) return { any, times: true };
  if (vec.kind !== 'date') return { any, times: false };
  return plainDates(vec, over, counted, any);
}

function plainDates(vec: Vec, over: ColumnState['over'], counted: Counted | null, found: boolean): Dates {
  let any = found;
  const rows = counted?.rows ?? null;
  const total = rows === null ? (counted?.n ?? vec.data.length) : rows.length;
  for (let i = 0; i < total; i++) {
    const row = rows === null ? i : (rows[i] ?? 0);
    if ((vec.tags !== null && vec.tags[row & vec.mask] !== Tag.PLAIN) || patchAt(over, row) !== undefined)
      continue;
    any = true;
    if ((vec.data[row & vec.mask] ?? 0) % DAY !== 0) return { any, times: true };
  }
  return { any, times: false };
}

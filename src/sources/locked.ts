import type { RuleFile } from '../../grammar/tree.ts';
import { lockedRun } from '../audit/ledger.ts';
import { openLedger, openRecords } from '../audit/verify.ts';
import type { VerifiedRun } from '../audit/verifyInputs.ts';
import { createEvaluator } from '../engine/plain/index.ts';
import { endOfMonth, parseDate, wholeMonths } from '../exact/date.ts';
import { foldText } from '../exact/value.ts';
import { checkRules } from '../rules/check.ts';
import { keyTextAt } from '../rules/keys.ts';
import { foldName } from '../workbook/names.ts';
import type { BookStore, Workbook } from '../workbook/port.ts';

/** A period that is closed: its paid run, and its as-of date (`2026-03-31`). */
export interface Lock {
  readonly run: string;
  readonly asOf: string;
}

/** Says which locked period a row of a table (indexes) belongs to; null where it belongs to none. */
export type LockOf = (table: number, row: number) => Lock | null;

export interface Locks {
  /** Of the rows as they are: what the locked runs were paid from. */
  readonly present: LockOf;
  /** Of rows of the same tables as they would be: what a locked run would find today. */
  in(workbook: Workbook): LockOf;
}

/**
 * A row belongs to a locked period when it counted in its run and doesn't count in the next period any more: a ticket of
 * March does, the person who answered it doesn't. Tables whose rows always count belong to no period.
 */
export async function locksOf(book: BookStore, file: RuleFile, workbook: Workbook): Promise<Locks> {
  const { ledger, checked } = await openLedger(book);
  const { runs } = await openRecords(book, checked.rows);
  const numbers = new Set(ledger.rows.map(({ cells }) => lockedRun(cells)));
  const locked = runs.filter(({ run, adjusted }) => adjusted === null && numbers.has(run));
  const days = [...new Set(runs.map(({ cells }) => cells['As of']))].sort();
  const periods = locked.map((run) => ({ run, next: nextPeriod(run.cells['As of'], days) }));

  /** The first period of which `counted` says so and whose next one a row doesn't count in. */
  function within(of: Workbook, counted: (run: VerifiedRun, table: number, row: number) => boolean): LockOf {
    const later = periods.map(({ next }) => counting(file, of, next));
    return (table, row) => {
      const i = periods.findIndex(
        ({ run }, at) => later[at]?.(table, row) === false && counted(run, table, row),
      );
      const found = periods[i]?.run;
      return found === undefined ? null : { run: found.run, asOf: found.cells['As of'] };
    };
  }

  function today(of: Workbook): (run: VerifiedRun, table: number, row: number) => boolean {
    const known = new Map<string, Counting>();
    return ({ run, cells }, table, row) => {
      const counts = known.get(run) ?? counting(file, of, parseDate(cells['As of']));
      known.set(run, counts);
      return counts(table, row) === true;
    };
  }

  const then = keysThen(workbook);
  const nowCounts = today(workbook);
  return {
    present: within(workbook, (run, table, row) => then(run, table, row) ?? nowCounts(run, table, row)),
    in: (next) => within(next, today(next)),
  };
}

/** Whether a row counts on a day; null where the table has no condition. */
type Counting = (table: number, row: number) => boolean | null;

function counting(file: RuleFile, workbook: Workbook, asOf: number | null): Counting {
  const { program } = asOf === null ? { program: null } : checkRules(file, workbook, asOf);
  if (program === null) return () => null;
  const evaluator = createEvaluator(program, workbook);
  return (table, row) => {
    if ((program.tables[table]?.where ?? null) === null) return null;
    // Where nobody can say, a row of a locked period stays in it.
    return evaluator.countsFault(table, row) === null && evaluator.counts(table, row);
  };
}

/** Whether a row, known by its key, counted in a run; null where nothing is kept of its table. */
function keysThen(workbook: Workbook): (run: VerifiedRun, table: number, row: number) => boolean | null {
  const known = new Map<string, ReadonlySet<string> | null>();
  return ({ run, states }, table, row) => {
    const sheet = workbook.tables[table];
    if (sheet === undefined) return null;
    const id = `${run} ${table}`;
    let keys = known.get(id);
    const state = states.get(foldName(sheet.name));
    if (keys === undefined) {
      keys =
        state === undefined
          ? null
          : new Set(state.keys.filter((_, i) => state.counted[i] === true).map(foldText));
      known.set(id, keys);
    }
    const heading = state?.headings[state.key];
    const column = sheet.columns.find((one) => one.heading === heading);
    return keys === null || column === undefined ? null : keys.has(foldText(keyTextAt(column.data, row)));
  };
}

/** The as-of date of the period after one: as many months on as it is after the one that was paid before, at least one. */
export function nextPeriod(asOf: string, days: readonly string[]): number | null {
  const day = parseDate(asOf);
  if (day === null) return null;
  const before = parseDate(days[days.indexOf(asOf) - 1] ?? '');
  const months = before === null ? 1 : Math.max(1, wholeMonths(before + 86_400_000, day + 86_400_000));
  // A month's end is followed by a month's end.
  return endOfMonth(day, months);
}

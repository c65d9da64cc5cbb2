import type { Problem } from '../../problems/problem.ts';
import type { Program } from '../../rules/program.ts';
import type { Workbook } from '../../workbook/port.ts';
import type { Counted } from '../columns/machine.ts';
import type { ShareOutcome } from '../columns/shareOutcome.ts';
import { type Evaluator, evaluatorOf } from '../plain/evaluator.ts';
import type { Known } from '../plain/known.ts';
import { createMachine, type PlainMachine } from '../plain/machine.ts';
import { type Order, sheetValue } from '../plain/reading.ts';
import { identity } from '../plain/values.ts';
import type { Outcome, ShareResult } from '../results.ts';
import { type ColumnState, outcomeAt } from './state.ts';

/** What is known at some point of an edit; undefined where it isn't yet. */
export interface Found {
  readonly workbook: Workbook;
  readonly counted: readonly (Counted | undefined)[];
  readonly scalars: readonly (Outcome | undefined)[];
  readonly columns: readonly (ColumnState | undefined)[];
  readonly shares: readonly (Pick<ShareOutcome, 'settled'> | undefined)[];
}

/** Lists of a book's rows and keys, made when first wanted. */
export interface Lists {
  rows(counted: Counted): readonly number[];
  keys(program: Program, workbook: Workbook, table: number): ReadonlyMap<string, number>;
}

/** Keys are remembered by table: they are those of one book as long as no key changes. */
export function createLists(): Lists {
  const rows = new WeakMap<Counted, readonly number[]>();
  const keys = new Map<number, ReadonlyMap<string, number>>();
  return {
    rows(counted) {
      const found = rows.get(counted);
      if (found !== undefined) return found;
      const made: number[] = new Array(counted.n);
      for (let i = 0; i < counted.n; i++) made[i] = counted.rows === null ? i : (counted.rows[i] ?? 0);
      rows.set(counted, made);
      return made;
    },
    keys(program, workbook, table) {
      const found = keys.get(table);
      if (found !== undefined) return found;
      const made = new Map<string, number>();
      const column = program.tables[table]?.key ?? 0;
      for (let row = (workbook.tables[table]?.rows ?? 0) - 1; row >= 0; row--) {
        const value = sheetValue(workbook, table, column, row);
        if (value !== null && value.kind !== 'blank') made.set(identity(value), row);
      }
      keys.set(table, made);
      return made;
    },
  };
}

/** A plain evaluator that knows what has been found. */
export interface Asked {
  readonly machine: PlainMachine;
  readonly evaluator: Evaluator;
}

export function askFor(
  program: Program,
  found: Found,
  lists: Lists,
  orders: WeakMap<Problem, Order>,
  more: Pick<Known, 'visit' | 'total'>,
): Asked {
  const known: Known = {
    scalar: (id) => found.scalars[id],
    cell: (column, row) => {
      const state = found.columns[column];
      return state === undefined ? undefined : outcomeAt(state, row);
    },
    counts: (table, row) => {
      const counted = found.counted[table];
      return counted === undefined ? undefined : rowCounts(counted, row);
    },
    share: (id, of): ShareResult | undefined => found.shares[id]?.settled.get(of),
    rows: (table) => {
      const counted = found.counted[table];
      return counted === undefined ? undefined : lists.rows(counted);
    },
    keys: (table) => lists.keys(program, found.workbook, table),
    ...more,
  };
  const machine = createMachine(program, found.workbook, known, false, orders);
  return { machine, evaluator: evaluatorOf(machine, false) };
}

export function rowCounts({ positions }: Counted, row: number): boolean {
  return positions === null || (positions[row] ?? -1) >= 0;
}

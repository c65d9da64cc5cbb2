import { parseRules } from '../../grammar/index.ts';
import type { Results } from '../../src/engine/results.ts';
import { run } from '../../src/engine/run.ts';
import { parseDate } from '../../src/exact/date.ts';
import type { Problem } from '../../src/problems/problem.ts';
import { checkRules } from '../../src/rules/check.ts';
import type { Program } from '../../src/rules/program.ts';
import type { Workbook } from '../../src/workbook/port.ts';
import { book, type Cell, type Sheets } from '../support/book.ts';

export interface Ran {
  readonly program: Program;
  readonly workbook: Workbook;
  readonly results: Results;
}

export const AS_OF = '2026-03-31';

/** Rules over tables, run on AS_OF. The rules have no errors. */
export function ran(sheets: Sheets, rules: string, names: Readonly<Record<string, Cell>> = {}): Ran {
  const workbook = book(sheets, { rules, names });
  const { program, problems } = checkRules(parseRules(workbook.rules), workbook, parseDate(AS_OF) ?? 0);
  if (program === null) throw new Error(JSON.stringify(problems));
  return { program, workbook, results: run(program, workbook) };
}

/** What is wrong with rules over tables. */
export function checked(
  sheets: Sheets,
  rules: string,
): { readonly workbook: Workbook; readonly problems: readonly Problem[] } {
  const workbook = book(sheets, { rules });
  return {
    workbook,
    problems: checkRules(parseRules(workbook.rules), workbook, parseDate(AS_OF) ?? 0).problems,
  };
}

/** Staff on two sides with a pool, and a statement: something of everything. */
export const STAFF: Sheets = {
  Staff: [
    ['id', 'side', 'base', 'support', 'since'],
    ['E1', 'back', 5000, 80, { date: '2020-05-01' }],
    ['E2', 'back', 4500.5, 60, { date: '2021-01-15 09:30' }],
    ['F1', 'front', 4000, null, { date: '2019-12-31' }],
  ],
};

export const STAFF_RULES = `pool = 100
each Staff
  start = since
  senior = since < 2020-12-31
  ratio = base / 3
share pool among Staff where side = "back" by support as reward
  cap 50
  rest as carried
statement net for Staff where side = "back"
  add base "=Base"
  add reward
  less 1 + 0.5 "Fee"`;

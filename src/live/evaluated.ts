import { parseRules } from '../../grammar/index.ts';
import { foldName, type RuleFile } from '../../grammar/tree.ts';
import type { Results } from '../engine/results.ts';
import { run } from '../engine/run.ts';
import { once } from '../problems/once.ts';
import type { Problem } from '../problems/problem.ts';
import { checkRules } from '../rules/check.ts';
import type { Program } from '../rules/program.ts';
import { wordsOf } from '../rules/words.ts';
import type { Progress, RuleLine, SheetTable, TableHead, Workbook } from '../workbook/port.ts';
import { emptyTable } from './emptyTable.ts';
import type { BookData } from './protocol.ts';

/** A book's rules over its tables on a day, and what they come to. */
export interface Evaluated {
  readonly file: RuleFile;
  readonly workbook: Workbook;
  readonly asOf: number;
  /** Null where the rules or the headings have an error. */
  readonly done: { readonly program: Program; readonly results: Results } | null;
  /** Of the rules, the data and the run, each once. */
  readonly problems: readonly Problem[];
}

/** Rules and the tables that they are checked or run over. */
export interface Prepared {
  readonly file: RuleFile;
  readonly workbook: Workbook;
  readonly others: readonly TableHead[];
}

/** The tables of a book that rules speak of. */
export function spokenTables(file: RuleFile, tables: readonly TableHead[]): readonly TableHead[] {
  const spoken = wordsOf(file);
  return tables.filter(({ name }) => spoken.has(foldName(name)));
}

/**
 * Rules over the tables of a book that they speak of. One that has not been read stands there with its headings and
 * without rows.
 */
export function prepare(
  book: BookData,
  rules: readonly RuleLine[],
  problems: readonly Problem[],
  tables: ReadonlyMap<string, SheetTable>,
): Prepared {
  const file = parseRules(rules);
  const wanted = spokenTables(file, book.tables);
  return {
    file,
    workbook: {
      tables: wanted.map((head) => tables.get(foldName(head.name)) ?? emptyTable(head)),
      names: book.names,
      rules,
      hasRules: book.hasRules,
      problems,
    },
    others: book.tables.filter((head) => !wanted.includes(head)),
  };
}

export function check({ file, workbook, others }: Prepared, asOf: number): readonly Problem[] {
  return checkRules(file, workbook, asOf, others).problems;
}

/** Checks and runs rules. Refuses with the signal's reason where `progress` is aborted. */
export function evaluate(
  { file, workbook, others }: Prepared,
  asOf: number,
  progress: Progress = {},
): Evaluated {
  const { program, problems } = checkRules(file, workbook, asOf, others);
  if (program === null) return { file, workbook, asOf, done: null, problems };
  const found = run(program, workbook, progress);
  const all = once([...problems, ...found.problems]);
  return { file, workbook, asOf, done: { program, results: { ...found, problems: all } }, problems: all };
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

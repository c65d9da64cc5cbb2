import { parseRules } from '../../grammar/index.ts';
import { foldName, type RuleFile } from '../../grammar/tree.ts';
import { type Editable, startEditable } from '../engine/edits/index.ts';
import type { Results } from '../engine/results.ts';
import { withProblems } from '../problems/once.ts';
import type { Problem } from '../problems/problem.ts';
import { checkRules, dataProblems } from '../rules/check.ts';
import type { Program } from '../rules/program.ts';
import { tablesOf } from '../rules/spoken.ts';
import type { Progress, RuleLine, SheetTable, TableHead, Workbook } from '../workbook/port.ts';
import { emptyTable } from './emptyTable.ts';
import type { BookData } from './protocol.ts';

/** A book's rules over its tables on a day, and what they come to. */
export interface Evaluated extends Prepared {
  readonly asOf: number;
  /** Null where the rules or the headings have an error. */
  readonly done: { readonly program: Program; readonly results: Results } | null;
  /** Of the rules, the data and the run, each once. */
  readonly problems: readonly Problem[];
  /** Those of the rules and headings. */
  readonly ofRules: readonly Problem[];
  /** For following what changes; null where there is no program. */
  readonly editable: Editable | null;
}

/** Rules and the tables that they are checked or run over. */
export interface Prepared {
  readonly file: RuleFile;
  readonly workbook: Workbook;
  readonly others: readonly TableHead[];
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
  const { spoken, others } = tablesOf(file, book.tables);
  return {
    file,
    workbook: {
      tables: spoken.map((head) => tables.get(foldName(head.name)) ?? emptyTable(head)),
      names: book.names,
      rules,
      hasRules: book.hasRules,
      problems,
    },
    others,
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
  const { program, problems, ofRules } = checkRules(file, workbook, asOf, others);
  const base = { file, workbook, others, asOf, ofRules };
  if (program === null) return { ...base, done: null, problems, editable: null };
  const editable = startEditable(program, workbook, progress);
  return evaluatedWith(base, program, editable.results, problems, editable);
}

/**
 * What `evaluate` gives, for cells that have changed since `before`: only what depends on them is computed anew. Null
 * where something else has changed as well. `before` can be gone on from once.
 */
export function evaluateAgain(
  before: Evaluated,
  { file, workbook, others }: Prepared,
  progress: Progress = {},
): Evaluated | null {
  const { done, editable, asOf, ofRules } = before;
  if (done === null || editable === null) return null;
  if (!sameRules(before, { workbook, others })) return null;
  const problems = [...ofRules, ...dataProblems(done.program, workbook)];
  const { results } = editable.follow(workbook, progress);
  return evaluatedWith({ file, workbook, others, asOf, ofRules }, done.program, results, problems, editable);
}

function evaluatedWith(
  base: Pick<Evaluated, 'file' | 'workbook' | 'others' | 'asOf' | 'ofRules'>,
  program: Program,
  found: Results,
  problems: readonly Problem[],
  editable: Editable,
): Evaluated {
  const results = withProblems(problems, found);
  return { ...base, done: { program, results }, problems: results.problems, editable };
}

/** Whether rules, headings and names are the same, so that the same program comes of them. */
function sameRules(
  a: Pick<Prepared, 'workbook' | 'others'>,
  b: Pick<Prepared, 'workbook' | 'others'>,
): boolean {
  return textOf(a) === textOf(b);
}

const textOf = ({
  workbook: { rules, hasRules, names, problems, tables },
  others,
}: Pick<Prepared, 'workbook' | 'others'>): string =>
  JSON.stringify(
    [
      rules,
      hasRules,
      names,
      problems,
      others,
      tables.map(({ name, sheet, headingRow, columns }) => [
        name,
        sheet,
        headingRow,
        columns.map(({ heading, column }) => [heading, column]),
      ]),
    ],
    (_, x: unknown) => (typeof x === 'bigint' ? `${x}n` : x),
  );

import type { RuleFile } from '../../grammar/tree.ts';
import { type Place, type Problem, placeText } from '../problems/problem.ts';
import type { Workbook } from '../workbook/port.ts';
import { reportCycles } from './cycles.ts';
import { declare } from './declare.ts';
import { keyProblems } from './keys.ts';
import { link } from './link.ts';
import { orderOf } from './order.ts';
import type { Program } from './program.ts';
import { referenceProblems } from './references.ts';
import { createReporter } from './report.ts';
import { createSchema, type OtherTable } from './schema.ts';

export interface Checked {
  /** Null where the rules or the headings have an error: then nothing is computed. */
  readonly program: Program | null;
  /**
   * Of the rules, in the order of the file; of the headings; and of the keys and references that can be checked
   * without computing anything. With a program, its run has further ones.
   */
  readonly problems: readonly Problem[];
  /** Those of the rules and headings among them: they stay while rules, headings and names do. */
  readonly ofRules: readonly Problem[];
}

/**
 * Gives a rule file its meaning over a workbook's tables on a day.
 * @param asOf whole milliseconds since 1970-01-01, without a time of day
 * @param otherTables tables that the workbook has but that were not read, for suggestions
 */
export function checkRules(
  file: RuleFile,
  workbook: Workbook,
  asOf: number,
  otherTables: readonly OtherTable[] = [],
): Checked {
  const reporter = createReporter(file.lines);
  // A rule cell that can't be taken as it is (a formula, a line break) has been told: what it says is no second problem.
  const told = new Set(workbook.problems.map((problem) => placeText(lineStart(problem.at))));
  for (const { span, ...data } of file.problems) {
    if (!told.has(placeText(lineStart(reporter.place(span))))) reporter.error(span, data);
  }
  const schema = createSchema(workbook, otherTables);
  const declared = declare(file, schema, reporter);
  const linked = link(file, declared, workbook, schema, asOf, reporter);
  const ordered = orderOf(linked.program);
  reportCycles(linked, ordered, reporter);

  const { program } = linked;
  const named = program.tables.flatMap((table, index) => (table.named ? [index] : []));
  const ofRules = [...workbook.problems, ...reporter.problems(), ...named.flatMap(schema.headingProblems)];
  const ofData = dataProblems(program, workbook);
  const broken = ofRules.some((problem) => problem.severity === 'error');
  return {
    program: broken ? null : { ...program, order: ordered.order },
    problems: [...ofRules, ...ofData],
    ofRules,
  };
}

/** What is wrong with keys and references, as far as nothing has to be computed for it. */
export function dataProblems({ tables }: Pick<Program, 'tables'>, workbook: Workbook): readonly Problem[] {
  return tables.flatMap((plan, index) => {
    const table = workbook.tables[index];
    if (!plan.named || table === undefined) return [];
    const keys = keyProblems(table, plan.key);
    return plan.where === null ? [...keys, ...referenceProblems(workbook, tables, index, null)] : keys;
  });
}

/** The line of a place, whichever characters of it. */
function lineStart(place: Place | undefined): Place {
  if (place === undefined) return { kind: 'file', path: '' };
  return place.kind === 'rule' ? { ...place, start: 1, end: 1 } : place;
}

import { parseRules } from '../../grammar/index.ts';
import { parseDate } from '../../src/exact/date.ts';
import { type Evaluated, evaluate } from '../../src/live/evaluated.ts';
import { outcomeOf } from '../../src/live/outcome.ts';
import { parametersOf } from '../../src/live/parameters.ts';
import type { Evaluation, ShareName } from '../../src/live/protocol.ts';
import type { Parameter, WhatIf, WhatIfChange } from '../../src/live/views.ts';
import { changedLines, whatIf } from '../../src/live/whatIf.ts';
import { hasErrors } from '../../src/problems/errors.ts';
import { openBook } from '../../src/workbook/open.ts';
import type { RuleLine, Workbook } from '../../src/workbook/port.ts';
import { sample } from '../samples/run.ts';

export function day(text: string): number {
  const ms = parseDate(text);
  if (ms === null) throw new Error(`no date: ${text}`);
  return ms;
}

/** A sample with its cells. */
export async function readSample(file: string): Promise<Workbook> {
  return (await openBook(sample(file))).read();
}

/** A workbook under its own rules, or under others. */
export function evaluated(
  workbook: Workbook,
  asOf: string,
  rules: readonly RuleLine[] = workbook.rules,
): Evaluated {
  return evaluate({ file: parseRules(rules), workbook: { ...workbook, rules }, others: [] }, day(asOf));
}

/** The same, which must have no errors. */
export function done(evaluated: Evaluated) {
  if (evaluated.done === null || hasErrors(evaluated.problems))
    throw new Error(JSON.stringify(evaluated.problems.slice(0, 3)));
  return { ...evaluated.done, workbook: evaluated.workbook, file: evaluated.file };
}

/** What a share comes to under other literals, as the calculator works it out. */
export function tried(
  workbook: Workbook,
  asOf: string,
  share: ShareName,
  changes: readonly WhatIfChange[],
): WhatIf {
  const other = evaluated(workbook, asOf, changedLines(workbook.rules, changes));
  const evaluation: Evaluation = {
    asOf: day(asOf),
    problems: other.problems,
    outcome:
      other.done === null || hasErrors(other.problems)
        ? null
        : outcomeOf(other.done.program, other.workbook, other.done.results),
  };
  return whatIf(evaluated(workbook, asOf), other, evaluation, share, changes);
}

/** The parameter of a label. */
export function parameter(workbook: Workbook, asOf: string, share: ShareName, label: string): Parameter {
  const { file, program } = done(evaluated(workbook, asOf));
  const found = parametersOf(file, program, share).find((one) => one.label === label);
  if (found === undefined) throw new Error(`no parameter ${label}`);
  return found;
}

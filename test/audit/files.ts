import { type PaidRun, type Plan, planAdjustment, planPayment, type Refusal } from '../../src/audit/index.ts';
import { load } from '../../src/cli/load.ts';
import { run } from '../../src/engine/run.ts';
import { parseDate } from '../../src/exact/date.ts';
import type { Language } from '../../src/problems/messages/index.ts';
import type { OpenBook } from '../../src/workbook/port.ts';
import { ROOT } from '../support/builds.ts';
import { doer } from './memory.ts';

export { ROOT };

async function computed(
  from: string,
  asOf: string,
): Promise<{ readonly book: OpenBook; readonly run: PaidRun }> {
  const { book, file, workbook, program, problems } = await load(from, parseDate(asOf) ?? 0);
  if (program === null) throw new Error(JSON.stringify(problems));
  const results = run(program, workbook);
  const errors = results.problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return { book, run: { file, workbook, program, results } };
}

async function written(book: OpenBook, plan: Plan | Refusal, to: string): Promise<Plan> {
  if (plan.kind !== 'plan') throw new Error(plan.kind);
  await book.write(plan.changes, to);
  return plan;
}

/** Pays a book in a file into another one. */
export async function payFile(
  from: string,
  asOf: string,
  to: string,
  language: Language = 'en',
): Promise<Plan> {
  const { book, run: paid } = await computed(from, asOf);
  return written(book, await planPayment(book, paid, doer('Finance A'), { override: null, language }), to);
}

/** Adjusts a run of a book in a file into another one. */
export async function adjustFile(
  from: string,
  number: string,
  asOf: string,
  to: string,
  language: Language = 'en',
): Promise<Plan> {
  const { book, run: now } = await computed(from, asOf);
  const options = { override: null, language };
  return written(book, await planAdjustment(book, number, now, doer('Finance A'), options), to);
}

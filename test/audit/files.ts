import { type Plan, planPayment } from '../../src/audit/index.ts';
import { load } from '../../src/cli/load.ts';
import { run } from '../../src/engine/run.ts';
import { parseDate } from '../../src/exact/date.ts';
import type { Language } from '../../src/problems/messages/index.ts';
import { ROOT } from '../support/builds.ts';
import { doer } from './memory.ts';

export { ROOT };

/** Pays a book in a file into another one. */
export async function payFile(
  from: string,
  asOf: string,
  to: string,
  language: Language = 'en',
): Promise<Plan> {
  const { book, file, workbook, program, problems } = await load(from, parseDate(asOf) ?? 0);
  if (program === null) throw new Error(JSON.stringify(problems));
  const results = run(program, workbook);
  const errors = results.problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  const plan = await planPayment(book, { file, workbook, program, results }, doer('Finance A'), {
    override: null,
    language,
  });
  if (plan.kind !== 'plan') throw new Error(plan.kind);
  await book.write(plan.changes, to);
  return plan;
}

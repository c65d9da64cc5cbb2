import { planPayment } from '../../audit/index.ts';
import { hasErrors } from '../../problems/errors.ts';
import { problemJson } from '../../report/json.ts';
import { problemsText } from '../../report/problems.ts';
import { words } from '../../report/words.ts';
import { answerProblems } from '../answer.ts';
import { answerPlan, doerOf, refusePlan, writePlan } from '../audited.ts';
import { compute } from '../compute.ts';
import type { Io, Status } from '../io.ts';
import type { PayRequest } from '../request.ts';
import { texts } from '../texts.ts';

/** `allot pay`: runs, and writes the results, the run's record and a row of the ledger in one go, or nothing at all. */
export async function pay(request: PayRequest, io: Io): Promise<Status> {
  const { language, json, override } = request;
  const t = texts(language);
  const doer = await doerOf(request, io);
  if (typeof doer === 'number') return doer;
  const { loaded, run, problems } = await compute(request.book, request.asOf, io, t);
  const { workbook, book, file } = loaded;
  if (run === null || hasErrors(problems)) {
    const status = await answerProblems(io, request, problems, workbook.rules);
    if (!json) await io.out([`${words(language).nothingComputed}\n`]);
    return status;
  }
  const plan = await planPayment(book, { ...run, workbook, file }, doer, { override, language });
  if (plan.kind !== 'plan') return refusePlan(io, request, plan, request.asOf);
  const written = await writePlan(io, request, book, plan);
  if (!json && problems.length > 0) await io.out([`${problemsText(problems, workbook.rules, language)}\n`]);
  const { row } = plan;
  const unused = override !== null && row.Note === '' ? `\n${t.overrideUnused}` : '';
  return answerPlan(io, request, plan, written, `${t.paid(row)}${unused}`, {
    problems: problems.map((problem): unknown => JSON.parse(problemJson(problem, language))),
  });
}

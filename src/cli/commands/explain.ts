import { explain as explainValue } from '../../engine/plain/index.ts';
import { hasErrors } from '../../problems/errors.ts';
import { explanationJson } from '../../report/explanationJson.ts';
import { knownOf } from '../../report/known.ts';
import { reasonText } from '../../report/reasons.ts';
import { findTarget } from '../../report/target.ts';
import { answerProblems, answerRefusal } from '../answer.ts';
import { compute } from '../compute.ts';
import type { Io, Status } from '../io.ts';
import type { ExplainRequest } from '../request.ts';
import { texts } from '../texts.ts';

/** `allot explain`: how a value came about. Where the run has errors the value is explained all the same. */
export async function explain(request: ExplainRequest, io: Io): Promise<Status> {
  const { language, json } = request;
  const t = texts(language);
  const { loaded, run, problems } = await compute(request.book, request.asOf, io, t);
  const { workbook, file } = loaded;
  if (run === null) return answerProblems(io, request, problems, workbook.rules);
  const found = findTarget({ ...run, workbook, file }, request.name, request.key, language);
  if (found.kind === 'refusal') return answerRefusal(io, request, found.problem, found.said);
  const reason =
    found.kind === 'cell'
      ? found.reason
      : explainValue(run.program, workbook, found.target, { known: knownOf(run.results) });
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (json) {
    const object = explanationJson(request.asOf, found, errors, reason, language);
    await io.out([`${JSON.stringify(object, null, 2)}\n`]);
  } else {
    await io.out([reasonText(reason, workbook.rules, language)]);
    if (errors > 0) await io.err([`\n${t.runHasErrors(errors)}\n`]);
  }
  return hasErrors(problems) ? 1 : 0;
}

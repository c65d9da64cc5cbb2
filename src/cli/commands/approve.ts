import { planStep } from '../../audit/index.ts';
import { fileError } from '../../workbook/bookError.ts';
import { openBook } from '../../workbook/open.ts';
import { answerProblems } from '../answer.ts';
import { answerPlan, doerOf, refusePlan, writePlan } from '../audited.ts';
import type { Io, Status } from '../io.ts';
import type { StepRequest } from '../request.ts';
import { texts } from '../texts.ts';

/** `allot propose`, `allot approve`: what a maker and a checker say of the rules as they are now. */
export async function takeStep(request: StepRequest, io: Io): Promise<Status> {
  const doer = await doerOf(request, io);
  if (typeof doer === 'number') return doer;
  const book = await openBook(request.book);
  if (!book.hasRules) throw fileError(request.book, 'no-rules');
  // A cell that is no line of rules would be approved as a blank one.
  if (book.problems.length > 0)
    return answerProblems(io, { ...request, asOf: null }, book.problems, book.rules);
  const plan = await planStep(book, request.step, doer);
  if (plan.kind !== 'plan') return refusePlan(io, request, plan);
  const written = await writePlan(io, request, book, plan);
  return answerPlan(io, request, plan, written, texts(request.language).stepTaken(plan.row));
}

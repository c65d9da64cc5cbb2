import { planLock } from '../../audit/index.ts';
import { openBook } from '../../workbook/open.ts';
import { answerPlan, doerOf, refusePlan, writePlan } from '../audited.ts';
import type { Io, Status } from '../io.ts';
import type { LockRequest } from '../request.ts';
import { texts } from '../texts.ts';

/** `allot lock`: closes the period of a paid run, so that it is never paid again. */
export async function lock(request: LockRequest, io: Io): Promise<Status> {
  const doer = await doerOf(request, io);
  if (typeof doer === 'number') return doer;
  const book = await openBook(request.book);
  const plan = await planLock(book, request.run, doer);
  if (plan.kind !== 'plan') return refusePlan(io, request, plan);
  const written = await writePlan(io, request, book, plan);
  return answerPlan(io, request, plan, written, texts(request.language).locked(plan.row, request.run));
}

import path from 'node:path';
import { reviewBook, reviewJson, reviewPage, reviewText, reviewWords } from '../../audit/review/index.ts';
import { hasErrors } from '../../problems/errors.ts';
import { saveFile } from '../../workbook/save.ts';
import { answerProblems } from '../answer.ts';
import { compute } from '../compute.ts';
import type { Io, Status } from '../io.ts';
import type { ReviewRequest } from '../request.ts';
import { texts } from '../texts.ts';

/** `allot review`: rules for an auditor, as text, JSON or a page. A run with errors is reviewed without amounts. */
export async function review(request: ReviewRequest, io: Io): Promise<Status> {
  const { language, json, out } = request;
  const { loaded, run, problems } = await compute(request.book, request.asOf, io, texts(language));
  const { book, file, workbook } = loaded;
  if (run === null) return answerProblems(io, request, problems, workbook.rules);
  const inspection = (await book.inspect?.()) ?? null;
  const found = await reviewBook({ ...run, workbook }, file, book, inspection);
  if (out !== null) {
    await saveFile(out, new TextEncoder().encode(reviewPage(found, path.basename(request.book), language)));
    await io.err([`${reviewWords(language).wrote(out)}\n`]);
  }
  if (json) await io.out([`${JSON.stringify(reviewJson(found), null, 2)}\n`]);
  else if (out === null) await io.out([reviewText(found, language)]);
  return hasErrors(problems) ? 1 : 0;
}

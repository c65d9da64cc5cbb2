import {
  insightJson,
  insightOf,
  insightSheets,
  insightText,
  insightWords,
  mayPlay,
  unmetOf,
} from '../../insight/index.ts';
import { hasErrors } from '../../problems/errors.ts';
import { answerProblems } from '../answer.ts';
import { compute } from '../compute.ts';
import type { Io, Status } from '../io.ts';
import { watch } from '../progress.ts';
import type { InsightRequest } from '../request.ts';
import { texts } from '../texts.ts';

/** `allot insight`: what the tables show, as text or JSON, and as sheets with charts in `--out`. */
export async function insight(request: InsightRequest, io: Io): Promise<Status> {
  const { language, json, out } = request;
  const t = texts(language);
  const { loaded, run, problems } = await compute(request.book, request.asOf, io, t);
  const { book, file, workbook } = loaded;
  // what an error leaves unpaid is no basis for pay and scores
  if (run === null || hasErrors(problems)) return answerProblems(io, request, problems, workbook.rules);
  const ran = { ...run, workbook };
  const tables = await book.read(book.tables.map(({ name }) => name).filter(mayPlay));
  const found = insightOf(tables, ran, await unmetOf(ran, file), request);
  if (out !== null) {
    const writing = watch(io, t.writing);
    await book.writeSheets(insightSheets(found, language), out, writing).finally(() => writing.stop());
    await io.err([`${insightWords(language).wrote(out)}\n`]);
  }
  if (json) await io.out([`${JSON.stringify(insightJson(found), null, 2)}\n`]);
  else await io.out([insightText(found, language, io.width)]);
  return 0;
}

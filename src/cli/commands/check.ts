import { problemsJson } from '../../report/json.ts';
import { words } from '../../report/words.ts';
import { answerProblems } from '../answer.ts';
import type { Io, Status } from '../io.ts';
import { load } from '../load.ts';
import type { CheckRequest } from '../request.ts';

/** `allot check`: what is wrong in the rules, and in the data as far as it can be seen without computing. */
export async function check(request: CheckRequest, io: Io): Promise<Status> {
  const { problems, file, workbook } = await load(request.book, request.asOf);
  if (problems.length > 0) return answerProblems(io, request, problems, workbook.rules);
  if (request.json) await io.out(problemsJson(request.asOf, problems, request.language));
  else {
    const rules = file.items.filter(({ kind }) => kind !== 'comment' && kind !== 'blankLine').length;
    await io.out([`${words(request.language).noProblems(rules)}\n`]);
  }
  return 0;
}

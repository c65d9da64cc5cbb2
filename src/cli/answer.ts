import { hasErrors } from '../problems/errors.ts';
import { type Language, message } from '../problems/messages/index.ts';
import { type Problem, placeText } from '../problems/problem.ts';
import { problemsJson } from '../report/json.ts';
import { problemsText } from '../report/problems.ts';
import { words } from '../report/words.ts';
import type { RuleLine } from '../workbook/port.ts';
import type { Io, Status } from './io.ts';

export interface Asked {
  readonly language: Language;
  readonly json: boolean;
  readonly asOf: number | null;
}

/** Problems that end a command: the JSON object, or the report for people. */
export async function answerProblems(
  io: Io,
  { language, json, asOf }: Asked,
  problems: readonly Problem[],
  rules: readonly RuleLine[],
): Promise<Status> {
  if (json) await io.out(problemsJson(asOf, problems, language));
  else await io.out([problemsText(problems, rules, language)]);
  return hasErrors(problems) ? 1 : 0;
}

/** A problem of the command or a file: on stderr for people, the JSON object on stdout. */
export async function answerRefusal(
  io: Io,
  { language, json, asOf }: Asked,
  problem: Problem,
  said?: string,
): Promise<Status> {
  if (json) await io.out(problemsJson(asOf, [problem], language));
  else await io.err([refusalText(problem, language, said)]);
  return 2;
}

function refusalText(problem: Problem, language: Language, said = message(problem, language)): string {
  const { at } = problem;
  const where = at === undefined ? '' : `${placeText(at)}${language === 'en' ? ': ' : '：'}`;
  return `${words(language).severity.error}${language === 'en' ? ': ' : '：'}${where}${said}\n`;
}

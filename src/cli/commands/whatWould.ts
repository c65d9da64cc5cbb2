import {
  counterfactualJson,
  counterfactuals,
  counterfactualText,
  counterfactualWords,
} from '../../audit/counterfactual/index.ts';
import { isoOfMs } from '../../exact/date.ts';
import { displayValueText, exactValueText } from '../../exact/text.ts';
import { hasErrors } from '../../problems/errors.ts';
import { findTarget } from '../../report/target.ts';
import { answerProblems, answerRefusal } from '../answer.ts';
import { compute } from '../compute.ts';
import type { Io, Status } from '../io.ts';
import { watch } from '../progress.ts';
import type { WhatWouldRequest } from '../request.ts';
import { texts } from '../texts.ts';

/** Answers of each kind that are shown to people without `--all`. */
const SHOWN = 10;

/** `allot what-would`: what a person's inputs would have to be for another result. A run with errors has none. */
export async function whatWould(request: WhatWouldRequest, io: Io): Promise<Status> {
  const { language, json, all, lower } = request;
  const t = texts(language);
  const w = counterfactualWords(language);
  const { loaded, run, problems } = await compute(request.book, request.asOf, io, t);
  const { workbook, file } = loaded;
  if (run === null || hasErrors(problems)) return answerProblems(io, request, problems, workbook.rules);
  const scalar = findTarget({ ...run, workbook, file }, request.name, null, language);
  const found =
    scalar.kind === 'target' && scalar.target.kind === 'scalar'
      ? scalar
      : findTarget({ ...run, workbook, file }, request.name, request.key, language);
  if (found.kind === 'refusal') return answerRefusal(io, request, found.problem, found.said);
  const refuse = (said: string): Promise<Status> => {
    const usage = `allot what-would BOOK --as-of DATE ${found.name} KEY`;
    const problem = { code: 'wrong-arguments', name: 'what-would', usage, severity: 'error' } as const;
    return answerRefusal(io, request, problem, said);
  };
  if (found.kind === 'cell') return refuse(w.notComputed(found.name));
  if (found.target.kind === 'scalar') return refuse(w.ofOne(found.name));
  const key = found.key ?? request.key;
  const value = run.results.columns[found.target.column]?.at(found.target.row);
  if (value === undefined || value.kind === 'fault' || value.kind === 'blank')
    return refuse(w.noValue(found.name, key));
  const computing = watch(io, t.computing);
  const answer = ((): ReturnType<typeof counterfactuals> => {
    try {
      return counterfactuals({ ...run, workbook }, found.target, { ...computing, lower });
    } finally {
      computing.stop();
    }
  })();
  if (json) {
    const object = {
      asOf: isoOfMs(request.asOf),
      name: found.name,
      key,
      value: exactValueText(value),
      inputs: answer.inputs,
      changes: answer.list.map(counterfactualJson),
    };
    await io.out([`${JSON.stringify(object, null, 2)}\n`]);
  } else {
    const told = { name: found.name, key, language, most: all ? Number.POSITIVE_INFINITY : SHOWN };
    await io.out([counterfactualText(displayValueText(value), answer, told)]);
  }
  return 0;
}

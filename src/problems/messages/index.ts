import type { ProblemCode, ProblemData } from '../problem.ts';
import type { Catalogue, Language } from './catalogue.ts';
import { EN } from './en.ts';
import { ZH_CN } from './zh-CN.ts';

export type { Language } from './catalogue.ts';

const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en: EN, 'zh-CN': ZH_CN };

/** Says a problem in a language: what is wrong and what to do about it, on one line. Where it is, is for the caller to show. */
export function message(problem: ProblemData, language: Language): string {
  // The code picks the sentence that takes this very data; the compiler sees only the union of both.
  const say = CATALOGUES[language][problem.code] as (
    data: Extract<ProblemData, { code: ProblemCode }>,
  ) => string;
  return say(problem);
}

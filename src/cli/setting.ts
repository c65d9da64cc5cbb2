import { parseRules } from '../../grammar/index.ts';
import type { RuleFile } from '../../grammar/tree.ts';
import { type SetRules, setRules } from '../audit/compare/set.ts';
import { type Language, message } from '../problems/messages/index.ts';
import { type Checked, checkRules } from '../rules/check.ts';
import type { OtherTable } from '../rules/schema.ts';
import type { Workbook } from '../workbook/port.ts';
import { compareTexts } from './compareTexts.ts';

/** Rules over a workbook on a day, checked. */
export interface Ruled extends Checked {
  readonly file: RuleFile;
  readonly workbook: Workbook;
}

export type WithSet =
  | ({ readonly kind: 'set' } & Ruled)
  | { readonly kind: 'refused'; readonly code: string; readonly said: string };

/** Checked rules with some of their numbers set otherwise (`--set`), checked again. */
export function withSet(
  ruled: Ruled,
  asOf: number,
  others: readonly OtherTable[],
  set: readonly string[],
  language: Language,
): WithSet {
  if (ruled.program === null || set.length === 0) return { kind: 'set', ...ruled };
  const found = setRules(ruled.file, ruled.program, ruled.workbook.rules, set);
  if (found.kind !== 'rules') return { kind: 'refused', ...refusal(found, language) };
  const file = parseRules(found.rules);
  const workbook = { ...ruled.workbook, rules: found.rules };
  return { kind: 'set', file, workbook, ...checkRules(file, workbook, asOf, others) };
}

function refusal(
  found: Exclude<SetRules, { readonly kind: 'rules' }>,
  language: Language,
): { readonly code: string; readonly said: string } {
  const t = compareTexts(language);
  switch (found.kind) {
    case 'unclear':
      return { code: 'wrong-arguments', said: t.unclearSet(found.asked) };
    case 'unknown':
      return { code: 'unknown-name', said: t.unknownSet(found.asked, found.there) };
    case 'problem':
      return {
        code: found.problem.code,
        said: `${t.badSet(found.asked)} (${message(found.problem, language)})`,
      };
    default: {
      const never: never = found;
      return never;
    }
  }
}

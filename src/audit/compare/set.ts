import type { RuleFile } from '../../../grammar/tree.ts';
import { allParametersOf } from '../../live/parameters.ts';
import type { Parameter, WhatIfChange } from '../../live/views.ts';
import { changedLines, literalProblems } from '../../live/whatIf.ts';
import type { Problem } from '../../problems/problem.ts';
import type { Program } from '../../rules/program.ts';
import type { RuleLine } from '../../workbook/port.ts';

/** Rules in which some numbers are other ones, or why they can't be. */
export type SetRules =
  | { readonly kind: 'rules'; readonly rules: readonly RuleLine[] }
  /** `NAME=VALUE` without a `=`. */
  | { readonly kind: 'unclear'; readonly asked: string }
  /** No number in force has this name. */
  | { readonly kind: 'unknown'; readonly asked: string; readonly there: readonly string[] }
  /** The value is no number. */
  | { readonly kind: 'problem'; readonly asked: string; readonly problem: Problem };

/**
 * The lines of rules with numbers set as `NAME=VALUE` says, in the rules in force. A scalar rule's number goes by the
 * rule's name (`pool_rate=15%`); any other by its rule, a point and its line as it is written, spaces and case aside:
 * `support.45% response=50%`, `response_points.up to 1 ->=90` (the value), `response_points.up to 1=2` (the bound),
 * `reward.cap=3000`. Of several numbers in a line the second is `reward.cap (2)`. The file is not touched.
 */
export function setRules(
  file: RuleFile,
  program: Program,
  rules: readonly RuleLine[],
  asked: readonly string[],
): SetRules {
  const parameters = allParametersOf(file, program);
  const byName = new Map<string, Parameter>();
  for (const parameter of parameters) {
    const name = folded(settable(parameter.label));
    if (!byName.has(name)) byName.set(name, parameter);
  }
  const changes: { readonly asked: string; readonly change: WhatIfChange }[] = [];
  for (const one of asked) {
    // A name may hold a `=`, a number never does.
    const at = one.lastIndexOf('=');
    if (at <= 0) return { kind: 'unclear', asked: one };
    const parameter = byName.get(folded(one.slice(0, at)));
    if (parameter === undefined)
      return {
        kind: 'unknown',
        asked: one.slice(0, at).trim(),
        there: parameters.map(({ label, text }) => `${settable(label)}=${text}`),
      };
    const change = { at: parameter.at, text: one.slice(at + 1).trim() };
    const [problem] = literalProblems(rules, [change]);
    if (problem !== undefined) return { kind: 'problem', asked: one, problem };
    changes.push({ asked: one, change });
  }
  // The last one counts where the same number is set twice.
  const last = new Map(changes.map(({ change }) => [JSON.stringify(change.at), change]));
  return { kind: 'rules', rules: changedLines(rules, [...last.values()]) };
}

/** A parameter's label as it is typed. */
function settable(label: string): string {
  return label.replaceAll(' · ', '.').replace(/\s*→/u, ' ->');
}

function folded(name: string): string {
  return name
    .normalize('NFKC')
    .replaceAll('→', '->')
    .replaceAll(' · ', '.')
    .replaceAll(/[\s_]+/gu, '')
    .toLowerCase();
}

import {
  type Counterfactual,
  counterfactuals,
  counterfactualWords,
  movedBy,
} from '../audit/counterfactual/index.ts';
import type { CellPlace } from '../engine/results.ts';
import { displayText } from '../exact/decimal.ts';
import { displayValueText } from '../exact/text.ts';
import { hasErrors } from '../problems/errors.ts';
import type { Language } from '../problems/messages/index.ts';
import { message } from '../problems/messages/index.ts';
import { findTarget } from '../report/target.ts';
import type { Evaluated } from './evaluated.ts';
import type { TargetName } from './protocol.ts';

/** What cells would have to hold for a value to be more; for a text or logical, to be another. Plain data. */
export type CounterfactualsView =
  | {
      readonly kind: 'changes';
      /** Whether what is listed makes the value more, or only another. */
      readonly direction: 'raises' | 'changes';
      /** The first of `found`. */
      readonly list: readonly CounterfactualView[];
      readonly found: number;
      /** Cells that the value may depend on, and those among them for which the time was too short. */
      readonly inputs: number;
      readonly untried: number;
    }
  /** Why there can be none, as a sentence. */
  | { readonly kind: 'refusal'; readonly said: string };

/** One cell with another value in it, all others as they are. Amounts as people read them. */
export interface CounterfactualView {
  /** By how much the cell would be another: `1 minute earlier`. */
  readonly moved: string;
  /** The heading above the cell and the key of its row. */
  readonly heading: string;
  readonly key: string;
  readonly place: CellPlace;
  readonly from: string;
  readonly to: string;
  /** The value that this gives, and the difference with its sign; null where there is none to take. */
  readonly value: string;
  readonly difference: string | null;
}

interface Limits {
  /** How many are listed. */
  readonly most: number;
  /** Milliseconds after which no further cell is looked at. */
  readonly budget: number;
}

/** A person waits for it, and what else is asked of the calculator meanwhile waits too. */
const LIMITS: Limits = { most: 10, budget: 5000 };

/** What would change a value of a computed column. A run with errors has no results to compare with. */
export function counterfactualsView(
  { done, workbook, file, problems }: Evaluated,
  { name, key }: TargetName,
  language: Language,
  { most, budget }: Limits = LIMITS,
): CounterfactualsView {
  const t = WORDS[language];
  const w = counterfactualWords(language);
  const refusal = (said: string): CounterfactualsView => ({ kind: 'refusal', said });
  if (done === null || hasErrors(problems)) return refusal(t.errors);
  const found = findTarget({ ...done, workbook, file }, name, key, language);
  if (found.kind === 'refusal') return refusal(found.said ?? message(found.problem, language));
  if (found.kind === 'cell') return refusal(w.notComputed(found.name));
  const { target } = found;
  if (target.kind === 'scalar') return refusal(t.ofOne(found.name));
  const value = done.results.columns[target.column]?.at(target.row);
  if (value === undefined || value.kind === 'fault' || value.kind === 'blank')
    return refusal(w.noValue(found.name, found.key ?? key ?? ''));
  const { list, inputs, untried } = counterfactuals({ ...done, workbook }, target, { budget });
  return {
    kind: 'changes',
    direction: value.kind === 'number' || value.kind === 'date' ? 'raises' : 'changes',
    list: list.slice(0, most).map((one) => viewOf(one, language)),
    found: list.length,
    inputs,
    untried,
  };
}

function viewOf(one: Counterfactual, language: Language): CounterfactualView {
  const { heading, key, cell, from, to, after, difference } = one;
  return {
    moved: movedBy(one, language),
    heading,
    key,
    place: cell,
    from: displayValueText(from),
    to: displayValueText(to),
    value: displayValueText(after),
    // What raises a value has a difference above 0; a text or logical has none.
    difference: difference === null ? null : `+${displayText(difference)}`,
  };
}

interface Words {
  readonly errors: string;
  readonly ofOne: (name: string) => string;
}

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    errors: 'The run has errors, so there are no results to compare with. Correct them first.',
    ofOne: (name) => `${name} is one value for all. Ask about a column and the key of a row.`,
  },
  'zh-CN': {
    errors: '本次计算有错误，没有可供比较的结果。请先改正错误。',
    ofOne: (name) => `“${name}”是全体共用的单个值。请指定列名和行的编号。`,
  },
};

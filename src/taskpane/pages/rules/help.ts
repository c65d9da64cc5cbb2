import { type KeywordId, keywordOf } from '../../../../grammar/keywords.ts';
import { foldName } from '../../../../grammar/tree.ts';
import type { Language } from '../../../problems/messages/index.ts';
import type { AggregateName } from '../../../rules/calls.ts';
import type { FunctionName } from '../../../rules/program.ts';

/** What a word of the language does: one line, and an example. */
export interface Help {
  readonly text: string;
  readonly example: string;
}

export type CallName = FunctionName | 'if' | AggregateName;

/** Every keyword, function and aggregate has its help; the compiler says which is missing. */
export interface HelpCatalogue {
  readonly keywords: Readonly<Record<Exclude<KeywordId, 'onward'>, Help>>;
  readonly calls: Readonly<Record<CallName, Help>>;
}

/** The catalogue of a language; the other one is not loaded. */
export async function loadHelp(language: Language): Promise<HelpCatalogue> {
  switch (language) {
    case 'en':
      return (await import('./helpEn.ts')).EN_HELP;
    case 'zh-CN':
      return (await import('./helpZh.ts')).ZH_HELP;
    default: {
      const never: never = language;
      return never;
    }
  }
}

/** Help for a keyword; what closes a Chinese `自 DATE` belongs to `from`. */
export function keywordHelp(id: KeywordId, { keywords }: HelpCatalogue): Help {
  return keywords[id === 'onward' ? 'from' : id];
}

/** Help for a function by its name in any case; null where there is none of that name. */
export function callHelp(name: string, catalogue: HelpCatalogue): Help | null {
  const calls: Readonly<Record<string, Help>> = catalogue.calls;
  const folded = foldName(name).replaceAll(' ', '_');
  return Object.hasOwn(calls, folded) ? (calls[folded] ?? null) : null;
}

/** Help for a word: a function where it is called, else a keyword. */
export function wordHelp(word: string, called: boolean, catalogue: HelpCatalogue): Help | null {
  const call = called ? callHelp(word, catalogue) : null;
  if (call !== null) return call;
  const keyword = keywordOf(word);
  return keyword === undefined ? null : keywordHelp(keyword.id, catalogue);
}

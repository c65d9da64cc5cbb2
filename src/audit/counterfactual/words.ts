import type { Language } from '../../problems/messages/index.ts';
import type { Direction } from './search.ts';

/** What is said of counterfactuals, in one language. */
export interface CounterfactualWords {
  /** A value as it is: `reward of E08 = 245.45`. */
  readonly is: (name: string, key: string, value: string) => string;
  readonly heading: Readonly<Record<Direction, string>>;
  /** A cell by its heading, the key of its row, and its place. */
  readonly cell: (heading: string, key: string, place: string) => string;
  readonly minutes: (count: number, later: boolean) => string;
  readonly days: (count: number, later: boolean) => string;
  readonly nothing: (inputs: number) => string;
  readonly more: (count: number) => string;
  readonly untried: (count: number) => string;
  readonly ofOne: (name: string) => string;
  readonly notComputed: (name: string) => string;
  readonly noValue: (name: string, key: string) => string;
}

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

const EN: CounterfactualWords = {
  is: (name, key, value) => `${name} of ${key} = ${value}`,
  heading: {
    raises: 'It would be more with',
    lowers: 'It would be less with',
    changes: 'It would change with',
  },
  cell: (heading, key, place) => `${heading} of ${key} (${place})`,
  minutes: (n, later) => `${count(n, 'minute', 'minutes')} ${later ? 'later' : 'earlier'}`,
  days: (n, later) => `${count(n, 'day', 'days')} ${later ? 'later' : 'earlier'}`,
  nothing: (n) =>
    n === 0
      ? 'It depends on no cell of its row or of rows that refer to it.'
      : `None of the ${count(n, 'cell', 'cells')} looked at would raise it alone.`,
  more: (n) => `… ${n} more (all of them with --all)`,
  untried: (n) => `${count(n, 'cell was', 'cells were')} not looked at: the time was up.`,
  ofOne: (name) => `${name} is one value for all: what-would asks about a column and the key of a row.`,
  notComputed: (name) => `${name} is not computed by a rule: it is what its cell says.`,
  noValue: (name, key) => `${name} of ${key} is blank: no rule covers the row.`,
};

const ZH_CN: CounterfactualWords = {
  is: (name, key, value) => `${key} 的 ${name} = ${value}`,
  heading: {
    raises: '以下任一变化会使其增加',
    lowers: '以下任一变化会使其减少',
    changes: '以下任一变化会使其改变',
  },
  cell: (heading, key, place) => `${key} 的 ${heading}（${place}）`,
  minutes: (n, later) => `${later ? '推迟' : '提前'} ${n} 分钟`,
  days: (n, later) => `${later ? '推迟' : '提前'} ${n} 天`,
  nothing: (n) =>
    n === 0
      ? '它不取决于本行或引用本行的任何单元格。'
      : `已查看 ${n} 个单元格，单独改变其中任何一个都不会使其增加。`,
  more: (n) => `…… 另有 ${n} 项（加 --all 可查看全部）`,
  untried: (n) => `时间已到，另有 ${n} 个单元格未查看。`,
  ofOne: (name) => `“${name}”是全体共用的单个值；what-would 需要列名和行的编号。`,
  notComputed: (name) => `“${name}”不由规则计算，其值即单元格的内容。`,
  noValue: (name, key) => `${key} 的 ${name} 为空白：没有规则适用于该行。`,
};

export function counterfactualWords(language: Language): CounterfactualWords {
  return BY_LANGUAGE[language];
}

const BY_LANGUAGE: Readonly<Record<Language, CounterfactualWords>> = { en: EN, 'zh-CN': ZH_CN };

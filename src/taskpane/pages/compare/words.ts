import type { ComparedList, ComparedPart } from '../../../live/compared.ts';
import type { Language } from '../../../problems/messages/index.ts';

export interface CompareWords {
  readonly title: string;
  readonly back: string;
  readonly otherDate: string;
  readonly column: string;
  readonly group: string;
  readonly noGroup: string;
  readonly compare: string;
  readonly comparing: string;
  readonly cancel: string;
  readonly cancelled: string;
  readonly noDate: string;
  readonly sameDate: string;
  readonly noColumns: string;
  readonly gone: string;
  readonly stale: string;
  readonly result: string;
  readonly before: string;
  readonly after: string;
  readonly difference: string;
  readonly reasons: string;
  readonly reason: string;
  readonly part: Readonly<Record<ComparedPart, string>>;
  readonly partMeans: Readonly<Record<ComparedPart, string>>;
  readonly groups: string;
  readonly none: string;
  readonly people: string;
  readonly winners: string;
  readonly losers: string;
  readonly chart: string;
  readonly figures: string;
  readonly from: string;
  readonly to: string;
  readonly nobody: string;
  readonly differences: string;
  readonly person: string;
  readonly list: Readonly<Record<ComparedList, string>>;
  readonly noAmount: string;
  hint(asOf: string): string;
  errors(day: string): string;
  counts(people: string, more: string, less: string): string;
  chartSaid(more: string, less: string, least: string, most: string): string;
  bin(from: string, to: string, count: string): string;
  explain(key: string): string;
  goTo(key: string): string;
  more(count: string): string;
}

const EN: CompareWords = {
  title: 'Compare with another date',
  back: 'Back to the allocation',
  otherDate: 'Other date',
  column: 'Amount',
  group: 'Add up by',
  noGroup: 'everybody only',
  compare: 'Compare',
  comparing: 'Comparing',
  cancel: 'Cancel',
  cancelled: 'Cancelled. Nothing was changed.',
  noDate: 'Pick the other date.',
  sameDate: 'Pick a date other than the workbook’s.',
  noColumns: 'These rules share out nothing and have no statement: there is no pay to compare.',
  gone: 'Neither date’s rules have this amount.',
  stale: 'The workbook or what is asked has changed since; compare again.',
  result: 'Result',
  before: 'Before',
  after: 'After',
  difference: 'Difference',
  reasons: 'Why',
  reason: 'Reason',
  part: {
    rules: 'Rules',
    own: 'Own rows',
    pool: 'Pool',
    others: 'All other rows',
    together: 'Only together',
  },
  partMeans: {
    rules: 'the rule lines in force',
    own: 'the person, and rows that refer to them',
    pool: 'the sums that are shared out',
    others: 'everybody and everything else',
    together: 'what can’t be split',
  },
  groups: 'By group',
  none: '(none)',
  people: 'People',
  winners: 'More',
  losers: 'Less',
  chart: 'Winners and losers',
  figures: 'Figures',
  from: 'From',
  to: 'To',
  nobody: 'Nobody gets more or less.',
  differences: 'The largest differences',
  person: 'Person',
  list: { all: 'All', more: 'More', less: 'Less' },
  noAmount: 'no amount',
  hint: (asOf) => `The workbook’s date is ${asOf}; the earlier of the two is “before”.`,
  errors: (day) => `As of ${day} there are errors: nothing to compare until they are corrected.`,
  counts: (people, more, less) => `Of ${people}, ${more} get more, ${less} less.`,
  chartSaid: (more, less, least, most) =>
    `How many differ by how much, from ${least} to ${most}: ${more} get more, ${less} less`,
  bin: (from, to, count) => `${from} to ${to}: ${count}`,
  explain: (key) => `Explain ${key}`,
  goTo: (key) => `Select the cell of ${key}`,
  more: (n) => `… ${n} more`,
};

const ZH: CompareWords = {
  title: '与另一日期比较',
  back: '返回分配',
  otherDate: '另一日期',
  column: '金额',
  group: '按此汇总',
  noGroup: '仅全部',
  compare: '比较',
  comparing: '正在比较',
  cancel: '取消',
  cancelled: '已取消，没有任何改动。',
  noDate: '请选择另一日期。',
  sameDate: '请选择与工作簿计薪日不同的日期。',
  noColumns: '规则中没有分配，也没有工资条，没有可比较的薪酬。',
  gone: '两个日期的规则中都没有这项金额。',
  stale: '此后工作簿或比较条件有改动，请重新比较。',
  result: '结果',
  before: '之前',
  after: '之后',
  difference: '差额',
  reasons: '原因',
  reason: '原因',
  part: {
    rules: '规则',
    own: '本人数据',
    pool: '分配总额',
    others: '其他数据',
    together: '无法拆分',
  },
  partMeans: {
    rules: '有效的规则',
    own: '本人及引用本人的各行',
    pool: '各待分配总额',
    others: '其余所有人和所有行',
    together: '不能归于单一原因',
  },
  groups: '分组合计',
  none: '（空）',
  people: '人数',
  winners: '增加',
  losers: '减少',
  chart: '增减分布',
  figures: '数据',
  from: '从',
  to: '到',
  nobody: '无人增加或减少。',
  differences: '差额最大者',
  person: '人员',
  list: { all: '全部', more: '增加', less: '减少' },
  noAmount: '无金额',
  hint: (asOf) => `工作簿的计薪日是 ${asOf}；两者中较早的为“之前”。`,
  errors: (day) => `${day} 的计算有错误，改正之前无法比较。`,
  counts: (people, more, less) => `共 ${people} 人：增加 ${more} 人，减少 ${less} 人。`,
  chartSaid: (more, less, least, most) =>
    `差额的人数分布，从 ${least} 到 ${most}：增加 ${more} 人，减少 ${less} 人`,
  bin: (from, to, count) => `${from} 至 ${to}：${count} 人`,
  explain: (key) => `解释 ${key}`,
  goTo: (key) => `选中 ${key} 的单元格`,
  more: (n) => `…… 另有 ${n} 人`,
};

const BY_LANGUAGE: Readonly<Record<Language, CompareWords>> = { en: EN, 'zh-CN': ZH };

export function compareWords(language: Language): CompareWords {
  return BY_LANGUAGE[language];
}

/** A difference with its sign. */
export function signed(shown: string): string {
  return shown.startsWith('-') || shown.startsWith('≈-') || /^≈?[0.]*$/.test(shown) ? shown : `+${shown}`;
}

import type { Language } from '../../problems/messages/index.ts';
import type { Factor } from './shapley.ts';

/** What a comparison says to people, in one language. */
export interface CompareWords {
  readonly factor: Readonly<Record<Factor | 'together', string>>;
  readonly column: string;
  readonly group: string;
  readonly before: string;
  readonly after: string;
  readonly difference: string;
  readonly people: string;
  readonly winners: string;
  readonly losers: string;
  readonly everybody: string;
  readonly compared: string;
  readonly period: string;
  readonly run: string;
  readonly paid: string;
  readonly now: string;
  readonly adjustment: string;
  readonly ledgerRow: string;
  readonly earlier: string;
  readonly given: string;
  readonly givenBefore: string;
  readonly givenNow: string;
  readonly givenMore: string;
  readonly leftOverThen: string;
  readonly leftOverNow: string;
  /** One line that sums up a column. */
  summary(counts: SummaryCounts): string;
  /** What the split means. */
  readonly reading: string;
  readonly largest: string;
  readonly nobody: string;
  moreRows(count: number): string;
  adjustSummary(counts: AdjustCounts): string;
  pools(sums: PoolSums): string;
  /** What could not be given out, where there was anything. */
  leftOver(paid: string, now: string): string;
}

export interface SummaryCounts {
  readonly name: string;
  readonly people: number;
  readonly winners: number;
  readonly losers: number;
  readonly before: string;
  readonly after: string;
  readonly difference: string;
}

export interface AdjustCounts {
  readonly run: string;
  readonly asOf: string;
  readonly name: string;
  readonly people: number;
  readonly total: string;
}

export interface PoolSums {
  readonly name: string;
  readonly paid: string;
  /** Null where nothing was adjusted before. */
  readonly earlier: string | null;
  readonly now: string;
  readonly difference: string;
}

const EN: CompareWords = {
  factor: {
    rules: 'Rules',
    own: 'Own rows',
    pool: 'Pool',
    others: 'All other rows',
    together: 'Only together',
  },
  column: 'Column',
  group: 'Group',
  before: 'Before',
  after: 'After',
  difference: 'Difference',
  people: 'People',
  winners: 'More',
  losers: 'Less',
  everybody: 'everybody',
  compared: 'Compared',
  period: 'Period',
  run: 'Run',
  paid: 'Paid',
  now: 'Now',
  adjustment: 'Adjustment',
  ledgerRow: 'Ledger row',
  earlier: 'Earlier adjustments',
  given: 'Given out, paid',
  givenBefore: 'Given out, earlier adjustments',
  givenNow: 'Given out, now',
  givenMore: 'Given out, difference',
  leftOverThen: 'Not given out, paid',
  leftOverNow: 'Not given out, now',
  summary: ({ name, people, winners, losers, before, after, difference }) =>
    `${name}: ${before} → ${after} (${difference}). Of ${people}, ${winners} get more, ${losers} less.`,
  reading:
    'Rules: what the rules would change by themselves. Own rows: the person, and the rows that refer to them. Pool: the sums that are shared out. All other rows: everybody and everything else. The parts add up to the difference.',
  largest: 'The largest differences',
  nobody: 'Nobody gets more or less.',
  moreRows: (n) => `… ${n} more (all of them with --json or --out)`,
  adjustSummary: ({ run, asOf, name, people, total }) =>
    `${name}, paid as run ${run} for ${asOf}: ${people} adjustment${people === 1 ? '' : 's'}, ${total} in all.`,
  pools: ({ name, paid, earlier, now, difference }) =>
    `  shared by ${name}: paid ${paid}${earlier === null ? '' : `, adjusted before ${earlier}`}, now ${now}, difference ${difference}`,
  leftOver: (paid, now) => `  left over in its pools: ${paid} then, ${now} now`,
};

const ZH: CompareWords = {
  factor: {
    rules: '规则',
    own: '本人数据',
    pool: '分配总额',
    others: '其他数据',
    together: '无法拆分',
  },
  column: '列',
  group: '分组',
  before: '之前',
  after: '之后',
  difference: '差额',
  people: '人数',
  winners: '增加',
  losers: '减少',
  everybody: '全部',
  compared: '比较内容',
  period: '期间',
  run: '发放号',
  paid: '已发',
  now: '应发',
  adjustment: '补差',
  ledgerRow: '台账序号',
  earlier: '以前的补差',
  given: '分配总额（已发）',
  givenBefore: '分配总额（以前补差）',
  givenNow: '分配总额（应发）',
  givenMore: '分配总额（差额）',
  leftOverThen: '未分配（发放时）',
  leftOverNow: '未分配（现在）',
  summary: ({ name, people, winners, losers, before, after, difference }) =>
    `${name}：${before} → ${after}（${difference}）。共 ${people} 人，增加 ${winners} 人，减少 ${losers} 人。`,
  reading:
    '规则：仅规则变化带来的差额。本人数据：本人及引用本人的各行。分配总额：各待分配总额。其他数据：其余所有人和所有行。各部分之和等于差额。',
  largest: '差额最大者',
  nobody: '无人增加或减少。',
  moreRows: (n) => `…… 另有 ${n} 人（加 --json 或 --out 可查看全部）`,
  adjustSummary: ({ run, asOf, name, people, total }) =>
    `${name}（第 ${run} 号发放，${asOf}）：${people} 笔补差，合计 ${total}。`,
  pools: ({ name, paid, earlier, now, difference }) =>
    `  ${name} 分配总额：已发 ${paid}${earlier === null ? '' : `，以前补差 ${earlier}`}，应发 ${now}，差额 ${difference}`,
  leftOver: (paid, now) => `  未能分配的余额：发放时 ${paid}，现在 ${now}`,
};

export function compareWords(language: Language): CompareWords {
  return language === 'en' ? EN : ZH;
}

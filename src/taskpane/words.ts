import type { Language } from '../problems/messages/index.ts';
import type { PageName } from './page.ts';

/** What the pane itself says, around its pages. */
export interface PaneWords {
  readonly pages: Readonly<Record<PageName, string>>;
  readonly tabs: string;
  readonly reading: string;
  readonly computing: string;
  readonly cancel: string;
  readonly cancelled: string;
  readonly dismiss: string;
  readonly help: string;
  readonly welcome: string;
  readonly welcomeMore: string;
  readonly gotIt: string;
  readonly noDate: string;
  readonly noRules: string;
  readonly readAgain: string;
  readonly report: string;
  readonly tryAgain: string;
  readonly loading: string;
  readonly needRules: string;
  readonly needRulesText: string;
  readonly toRules: string;
  readonly needDate: string;
  readonly needDateText: string;
  readonly toRun: string;
  readonly needMending: string;
  readonly needMendingText: string;
  readonly toProblems: string;
  asOf(day: string): string;
  errors(count: number): string;
  warnings(count: number): string;
  percent(text: string, done: number): string;
  crash(text: string): string;
  /** Why results are not written. */
  periodLocked(day: string, run: string): string;
  noCell(place: string): string;
  moreAlike(count: number): string;
}

const EN: PaneWords = {
  pages: {
    rules: 'Rules',
    run: 'Run',
    allocation: 'Allocation',
    explain: 'Explain',
    statement: 'Statement',
    audit: 'Audit',
    compare: 'Compare',
    review: 'Review',
    insight: 'Insight',
    refresh: 'Refresh',
  },
  tabs: 'Pages of Allot',
  reading: 'Reading the workbook',
  computing: 'Computing',
  cancel: 'Cancel',
  cancelled: 'Cancelled. Nothing was changed.',
  dismiss: 'Dismiss',
  help: 'What Allot does',
  welcome: 'Pay rules that live in the workbook: exact to the last cent, and explained down to the cell.',
  welcomeMore: 'Write them under Rules, pick a date under Run, then ask any figure why.',
  gotIt: 'Got it',
  noDate: 'No as-of date yet',
  noRules: 'No rules yet',
  readAgain: 'Read again',
  report: 'For the report',
  tryAgain: 'Try again',
  loading: 'Loading',
  needRules: 'This workbook has no rules yet',
  needRulesText: 'A rule sheet holds them as text, one line a row. Start with one made for your tables.',
  toRules: 'New rule sheet',
  needDate: 'Pick the as-of date first',
  needDateText: 'Pay is computed as of a day, usually a month’s end.',
  toRun: 'Pick a date',
  needMending: 'There are no results',
  needMendingText: 'Errors in the rules or the data stand in the way, or the run was cancelled.',
  toProblems: 'See why',
  asOf: (day) => `As of ${day}`,
  errors: (n) => `${n} ${n === 1 ? 'error' : 'errors'}`,
  warnings: (n) => `${n} ${n === 1 ? 'warning' : 'warnings'}`,
  percent: (text, done) => `${text}, ${done}%`,
  crash: (text) =>
    `Allot made a mistake and stopped: ${text}. The workbook is as it was; please report this.`,
  periodLocked: (day, run) =>
    `${day} is locked (run ${run}): its results are not written anew. Under Audit, Adjust gives the difference; or run another as-of date.`,
  noCell: (place) => `${place} is not a cell of this workbook.`,
  moreAlike: (n) => `${n} more like this`,
};

const ZH: PaneWords = {
  pages: {
    rules: '规则',
    run: '计算',
    allocation: '分配',
    explain: '解释',
    statement: '工资条',
    audit: '核查',
    compare: '比较',
    review: '审阅',
    insight: '洞察',
    refresh: '刷新',
  },
  tabs: 'Allot 的页面',
  reading: '正在读取工作簿',
  computing: '正在计算',
  cancel: '取消',
  cancelled: '已取消，没有任何改动。',
  dismiss: '关闭',
  help: 'Allot 是做什么的',
  welcome: '薪酬规则就写在工作簿里：精确到最后一分钱，每个数都能追溯到单元格。',
  welcomeMore: '在“规则”页编写，在“计算”页选定计薪日，然后随时问“为什么是这个数”。',
  gotIt: '知道了',
  noDate: '尚未选定计薪日',
  noRules: '尚无规则',
  readAgain: '重新读取',
  report: '反馈内容',
  tryAgain: '重试',
  loading: '正在加载',
  needRules: '工作簿里还没有规则',
  needRulesText: '规则以文字写在规则表里，每行一条。可以从为您的数据表准备的模板开始。',
  toRules: '新建规则表',
  needDate: '请先选定计薪日',
  needDateText: '薪酬按某一天计算，通常是月末。',
  toRun: '选择日期',
  needMending: '没有结果',
  needMendingText: '规则或数据中有错误，或者计算已取消。',
  toProblems: '查看原因',
  asOf: (day) => `计薪日 ${day}`,
  errors: (n) => `${n} 个错误`,
  warnings: (n) => `${n} 个警告`,
  percent: (text, done) => `${text}，${done}%`,
  crash: (text) => `Allot 自身出错，已停止：${text}。工作簿没有改动，请反馈此问题。`,
  periodLocked: (day, run) =>
    `${day} 已锁定（第 ${run} 号发放），不再重新写入结果。请在“核查”页补差，或计算其他计薪日。`,
  noCell: (place) => `${place} 不是本工作簿的单元格。`,
  moreAlike: (n) => `同类问题另有 ${n} 个`,
};

const BY_LANGUAGE: Readonly<Record<Language, PaneWords>> = { en: EN, 'zh-CN': ZH };

export function paneWords(language: Language): PaneWords {
  return BY_LANGUAGE[language];
}

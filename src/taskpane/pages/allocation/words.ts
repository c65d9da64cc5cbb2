import type { Parameter, ShareView } from '../../../live/views.ts';
import type { Language } from '../../../problems/messages/index.ts';

/** What the page says. */
export interface AllocationWords {
  readonly compareWith: string;
  readonly noDate: string;
  readonly noDateMore: string;
  readonly toRun: string;
  readonly toErrors: string;
  readonly hasErrors: string;
  readonly hasErrorsMore: string;
  readonly noShares: string;
  readonly noSharesMore: string;
  readonly toRules: string;
  readonly waiting: string;
  readonly gone: string;
  readonly share: string;
  readonly pickPool: string;
  readonly allPools: string;
  readonly pool: string;
  readonly settled: string;
  readonly shared: string;
  readonly unallocated: string;
  readonly members: string;
  readonly membersHint: string;
  readonly tried: string;
  was(text: string): string;

  readonly table: string;
  readonly changes: string;
  readonly gridHelp: string;
  readonly member: string;
  readonly amount: string;
  readonly decided: string;
  readonly weight: string;
  readonly quota: string;
  readonly floor: string;
  readonly cap: string;
  readonly before: string;
  readonly after: string;
  readonly difference: string;
  readonly search: string;
  readonly searchHint: string;
  readonly nothingFound: string;
  readonly pickHint: string;
  readonly explain: string;
  readonly goToRow: string;
  shown(shown: string, all: string): string;
  by(by: ShareView['by'][number], bound: string, unit: string): string;

  readonly charts: string;
  readonly distribution: string;
  readonly byGroup: string;
  readonly figures: string;
  readonly from: string;
  readonly to: string;
  readonly count: string;
  readonly groupBy: string;
  readonly measure: string;
  readonly sum: string;
  readonly average: string;
  readonly none: string;
  readonly noGroups: string;
  distributionSaid(members: string, least: string, most: string): string;
  groupSaid(measure: string, groups: number, heading: string): string;
  groupsLeft(shown: number, all: number): string;
  bin(from: string, to: string, members: string): string;

  readonly try: string;
  readonly tryMore: string;
  readonly roles: Readonly<Record<Parameter['role'], string>>;
  readonly more: string;
  readonly computing: string;
  readonly noParameters: string;
  readonly percentLost: string;
  readonly noDifference: string;
  readonly notShared: string;
  readonly discard: string;
  readonly writeRules: string;
  readonly writeRulesTitle: string;
  readonly writeRulesMore: string;
  readonly write: string;
  readonly cancel: string;
  readonly wroteRules: string;
  readonly rulesChanged: string;
  readonly onlySheets: string;
  readonly theRules: string;
  readonly theirNow: string;
  effect(winners: string, losers: string): string;
  effectTotal(total: string): string;
  effectPool(before: string, after: string): string;

  readonly writeResults: string;
  readonly writeWaits: string;
  readonly nothingWritten: string;
  wroteResults(places: string): string;
  readonly copy: string;
  copied(rows: string): string;
  readonly copyTitle: string;
  readonly copyMore: string;
  readonly close: string;
}

const EN: AllocationWords = {
  compareWith: 'Compare with another date',
  noDate: 'Which day is it for?',
  noDateMore: 'Pick the as-of date on the Run page; the shares of that day are shown here.',
  toRun: 'Pick a date',
  toErrors: 'See the errors',
  hasErrors: 'Nothing is shared while there are errors',
  hasErrorsMore: 'Correct what the Run page lists; the shares are computed again by themselves.',
  noShares: 'No share in these rules',
  noSharesMore: 'A line such as “share pool among Staff by support as reward” divides a pool to the cent.',
  toRules: 'Open the rules',
  waiting: 'Reading the share',
  gone: 'This share is not there on this day.',
  share: 'Share',
  pickPool: 'Pool',
  allPools: 'All pools',
  pool: 'Pool',
  settled: 'Settled',
  shared: 'Shared',
  unallocated: 'Unallocated',
  members: 'Members',
  membersHint: 'Members',
  tried: 'As tried, not written',
  was: (text) => `was ${text}`,

  table: 'Members of the share',
  changes: 'Who gains and who loses',
  gridHelp: 'Arrow keys move from cell to cell. Enter explains a row, and on a heading sorts by it.',
  member: 'Member',
  amount: 'Amount',
  decided: 'Decided by',
  weight: 'Weight',
  quota: 'Quota',
  floor: 'Floor',
  cap: 'Cap',
  before: 'Before',
  after: 'After',
  difference: 'Difference',
  search: 'Search members',
  searchHint: 'Key, name, group …',
  nothingFound: 'Nobody fits.',
  pickHint: 'Pick a member to see why.',
  explain: 'Explain',
  goToRow: 'Show the row',
  shown: (shown, all) => (shown === all ? `${all} members` : `${shown} of ${all} members`),
  by(by, bound, unit) {
    switch (by) {
      case 'floor':
        return `Floor ${bound}`;
      case 'cap':
        return `Cap ${bound}`;
      case 'remainder':
        return `Remainder +${unit}`;
      case 'quota':
        return 'Quota';
      case 'none':
        return 'No weight';
      default: {
        const never: never = by;
        return never;
      }
    }
  },

  charts: 'Charts',
  distribution: 'Distribution',
  byGroup: 'By group',
  figures: 'Figures',
  from: 'From',
  to: 'to below',
  count: 'Members',
  groupBy: 'Group by',
  measure: 'Show',
  sum: 'Sum',
  average: 'Average',
  none: '(blank)',
  noGroups: 'The table has no text column whose values gather several members.',
  distributionSaid: (members, least, most) =>
    `How many of ${members} members receive how much, from ${least} to ${most}`,
  groupSaid: (measure, groups, heading) => `${measure} by ${heading}, ${groups} groups`,
  groupsLeft: (shown, all) => `The ${shown} largest of ${all}; all of them under Figures.`,
  bin: (from, to, members) => `${from} to ${to}: ${members}`,

  try: 'Try other figures',
  tryMore: 'See what a change does to whom. Nothing is written until you say so.',
  roles: {
    scalar: 'Rates and amounts',
    floor: 'Floor',
    cap: 'Cap',
    weight: 'Weights',
    band: 'Bands',
    other: 'Other numbers',
  },
  more: 'Bands and other numbers',
  computing: 'Working out the difference',
  noParameters: 'No rule that this share depends on has a number in it.',
  percentLost: 'Without % this is a hundred times as much.',
  noDifference: 'Nobody’s amount changes.',
  notShared: 'With these figures nothing is shared:',
  discard: 'Discard',
  writeRules: 'Write to the rules',
  writeRulesTitle: 'Write these lines to the rules?',
  writeRulesMore: 'Everybody’s pay follows from them at once. Undo may not reach back past this.',
  write: 'Write',
  cancel: 'Cancel',
  wroteRules: 'The rules say so now.',
  rulesChanged: 'The rule sheet was changed meanwhile, so nothing was written. Look at the figures again.',
  onlySheets: 'These rules do not stand in a rule sheet, so they can’t be written from here.',
  theRules: 'was',
  theirNow: 'now',
  effect(winners, losers) {
    const gain = winners === '0' ? 'Nobody gains' : `${winners} ${winners === '1' ? 'gains' : 'gain'}`;
    const lose = losers === '0' ? 'nobody loses' : `${losers} ${losers === '1' ? 'loses' : 'lose'}`;
    return `${gain}, ${lose}`;
  },
  effectTotal: (total) => `${total} in all`,
  effectPool: (before, after) => `Pool ${before} → ${after}`,

  writeResults: 'Write to the sheet',
  writeWaits: 'Write or discard what you are trying first.',
  nothingWritten: 'The run has errors, so nothing was written.',
  wroteResults: (places) => `Written to ${places}.`,
  copy: 'Copy as CSV',
  copied: (rows) => `${rows} rows copied.`,
  copyTitle: 'Copy as CSV',
  copyMore: 'The browser keeps the clipboard closed. Select the text and copy it with Ctrl+C (⌘C on a Mac).',
  close: 'Close',
};

const ZH: AllocationWords = {
  compareWith: '与另一日期比较',
  noDate: '要看哪一天的？',
  noDateMore: '请在“计算”页选定计薪日，这里随即显示当日的分配。',
  toRun: '选定计薪日',
  toErrors: '查看错误',
  hasErrors: '有错误时不作分配',
  hasErrorsMore: '请改正“计算”页列出的错误，分配会自动重新计算。',
  noShares: '这些规则里没有分配',
  noSharesMore: '例如“分配 奖励池 给 员工 按 支撑评分 记为 奖励”一行，就会把总额分到每一分钱。',
  toRules: '打开规则',
  waiting: '正在读取分配',
  gone: '当日没有这项分配。',
  share: '分配项',
  pickPool: '所属',
  allPools: '全部',
  pool: '待分配总额',
  settled: '取整后',
  shared: '已分配',
  unallocated: '余额',
  members: '成员数',
  membersHint: '成员',
  tried: '试算结果，尚未写入',
  was: (text) => `原 ${text}`,

  table: '分配明细',
  changes: '谁增谁减',
  gridHelp: '方向键在单元格间移动；在某行按回车键解释该行，在列标题上按回车键按该列排序。',
  member: '成员',
  amount: '金额',
  decided: '如何得出',
  weight: '权重',
  quota: '应得额',
  floor: '保底',
  cap: '封顶',
  before: '原金额',
  after: '新金额',
  difference: '差额',
  search: '查找成员',
  searchHint: '编号、姓名、部门……',
  nothingFound: '没有符合的成员。',
  pickHint: '选中一个成员，查看金额的由来。',
  explain: '解释',
  goToRow: '定位到所在行',
  shown: (shown, all) => (shown === all ? `共 ${all} 个成员` : `${all} 个成员中的 ${shown} 个`),
  by(by, bound, unit) {
    switch (by) {
      case 'floor':
        return `保底 ${bound}`;
      case 'cap':
        return `封顶 ${bound}`;
      case 'remainder':
        return `余数 +${unit}`;
      case 'quota':
        return '应得额';
      case 'none':
        return '无权重';
      default: {
        const never: never = by;
        return never;
      }
    }
  },

  charts: '图表',
  distribution: '金额分布',
  byGroup: '分组对比',
  figures: '数据',
  from: '从',
  to: '到（不含）',
  count: '成员数',
  groupBy: '分组依据',
  measure: '显示',
  sum: '合计',
  average: '平均',
  none: '（空白）',
  noGroups: '该数据表没有可用来分组的文本列。',
  distributionSaid: (members, least, most) => `${members} 个成员的金额分布，从 ${least} 到 ${most}`,
  groupSaid: (measure, groups, heading) => `按“${heading}”的${measure}，共 ${groups} 组`,
  groupsLeft: (shown, all) => `这里显示 ${all} 组中最大的 ${shown} 组，全部见“数据”。`,
  bin: (from, to, members) => `${from} 至 ${to}：${members} 个`,

  try: '试算',
  tryMore: '改一个数，看看影响谁、影响多少。在您确认之前不会写入任何内容。',
  roles: {
    scalar: '比例与金额',
    floor: '保底',
    cap: '封顶',
    weight: '权重',
    band: '分档',
    other: '其他数值',
  },
  more: '分档与其他数值',
  computing: '正在计算差额',
  noParameters: '这项分配所依据的规则里没有可改的数。',
  percentLost: '少了 %，数值会变成一百倍。',
  noDifference: '所有成员的金额都没有变化。',
  notShared: '按这些数无法分配：',
  discard: '放弃',
  writeRules: '写入规则',
  writeRulesTitle: '把这些行写入规则？',
  writeRulesMore: '所有人的薪酬会立即随之改变，之后可能无法撤销到写入之前。',
  write: '写入',
  cancel: '取消',
  wroteRules: '规则已更新。',
  rulesChanged: '规则表在此期间已被修改，因此没有写入。请重新查看数值。',
  onlySheets: '这些规则不在规则表中，无法从这里写入。',
  theRules: '原',
  theirNow: '新',
  effect(winners, losers) {
    const gain = winners === '0' ? '没有成员增加' : `${winners} 个成员增加`;
    return `${gain}，${losers === '0' ? '没有成员减少' : `${losers} 个减少`}`;
  },
  effectTotal: (total) => `合计 ${total}`,
  effectPool: (before, after) => `总额 ${before} → ${after}`,

  writeResults: '写入工作表',
  writeWaits: '请先写入或放弃正在试算的数值。',
  nothingWritten: '计算有错误，因此没有写入。',
  wroteResults: (places) => `已写入 ${places}。`,
  copy: '复制为 CSV',
  copied: (rows) => `已复制 ${rows} 行。`,
  copyTitle: '复制为 CSV',
  copyMore: '浏览器不允许访问剪贴板。请选中文本，按 Ctrl+C（Mac 上按 ⌘C）复制。',
  close: '关闭',
};

const BY_LANGUAGE: Readonly<Record<Language, AllocationWords>> = { en: EN, 'zh-CN': ZH };

export function allocationWords(language: Language): AllocationWords {
  return BY_LANGUAGE[language];
}

import type { Language } from '../../../problems/messages/index.ts';

/** What the page itself says; what was found comes from the calculator in words. */
export interface InsightPageWords {
  readonly title: string;
  readonly back: string;
  readonly looking: string;
  readonly cancel: string;
  readonly cancelled: string;
  readonly again: string;
  readonly stale: string;
  readonly write: string;
  readonly writing: string;
  readonly hint: string;
  readonly noCharts: string;
  readonly waits: string;
  readonly own: string;
  readonly others: string;
  asOf(day: string): string;
  wrote(count: number): string;
  hours(x: string): string;
  waitSaid(label: string, own: string, others: string): string;
  forecastSaid(from: string, to: string, least: string, most: string): string;
}

const EN: InsightPageWords = {
  title: 'Insight',
  back: 'Back to the run',
  looking: 'Looking at the tables',
  cancel: 'Cancel',
  cancelled: 'Cancelled.',
  again: 'Look again',
  stale: 'The workbook has changed since.',
  write: 'Write as sheets',
  writing: 'Writing the sheets',
  hint: 'Each sheet has its table, with charts beside it.',
  noCharts:
    'This grid draws no charts, so the sheets come without them; “allot insight BOOK --out NEW.xlsx” writes them with charts.',
  waits: 'Half of the waits are below',
  own: 'Here',
  others: 'Elsewhere',
  asOf: (day) => `As of ${day}`,
  wrote: (count) => `Wrote ${count} ${count === 1 ? 'sheet' : 'sheets'}, the first of them Allot Insight.`,
  hours: (x) => `${x} h`,
  waitSaid: (label, own, others) => `${label}: ${own} hours, elsewhere ${others}`,
  forecastSaid: (from, to, least, most) =>
    `From ${from} to ${to}: between ${least} and ${most} a day are expected. The figures are under Forecast.`,
};

const ZH: InsightPageWords = {
  title: '洞察',
  back: '返回计算',
  looking: '正在分析数据',
  cancel: '取消',
  cancelled: '已取消。',
  again: '重新分析',
  stale: '此次分析之后，工作簿有改动。',
  write: '写成工作表',
  writing: '正在写入工作表',
  hint: '每张工作表都有数据表，旁边配有图表。',
  noCharts: '此表格不支持图表，工作表中不含图表；如需图表，请使用“allot insight 工作簿 --out 新文件.xlsx”。',
  waits: '等待时间中位数',
  own: '此处',
  others: '其他人',
  asOf: (day) => `计薪日 ${day}`,
  wrote: (count) => `已写入 ${count} 张工作表，第一张是 Allot Insight。`,
  hours: (x) => `${x} 小时`,
  waitSaid: (label, own, others) => `${label}：${own} 小时，其他人 ${others} 小时`,
  forecastSaid: (from, to, least, most) =>
    `${from} 至 ${to}：预计每天 ${least} 至 ${most} 件。具体数字见“预测”部分。`,
};

const BY_LANGUAGE: Readonly<Record<Language, InsightPageWords>> = { en: EN, 'zh-CN': ZH };

export function insightPageWords(language: Language): InsightPageWords {
  return BY_LANGUAGE[language];
}

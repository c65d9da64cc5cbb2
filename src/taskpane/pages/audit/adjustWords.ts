import type { Language } from '../../../problems/messages/index.ts';

export interface AdjustWords {
  readonly adjust: string;
  readonly adjustRun: (run: string) => string;
  readonly title: (day: string) => string;
  readonly text: (run: string) => string;
  readonly computing: string;
  readonly noResults: string;
  readonly nothing: string;
  readonly people: (count: number) => string;
  readonly sums: (paid: string, earlier: string | null, now: string) => string;
  readonly leftOver: (paid: string, now: string) => string;
  readonly amounts: (paid: string, earlier: string | null, now: string) => string;
  readonly none: string;
  readonly showMore: (count: number) => string;
  readonly more: (count: number) => string;
  readonly willSheets: string;
  readonly willRow: (number: string) => string;
  readonly willRecord: string;
  readonly override: string;
  readonly write: string;
  readonly done: (number: string) => string;
  readonly changed: string;
}

const EN: AdjustWords = {
  adjust: 'Adjust',
  adjustRun: (run) => `Adjust run ${run}`,
  title: (day) => `Adjust ${day}`,
  text: (run) =>
    `What the period comes to now, less what run ${run} paid. The locked run stays as it was; the difference is paid now.`,
  computing: 'Computing the period anew',
  noResults: 'The period has errors now: correct them under Run, with its as-of date.',
  nothing: 'Nothing is due: the period comes to what was paid.',
  people: (n) => (n === 1 ? '1 person' : `${n} people`),
  sums: (paid, earlier, now) =>
    `Given out: paid ${paid}${earlier === null ? '' : `, adjusted before ${earlier}`}, now ${now}`,
  leftOver: (paid, now) => `Left over in its pools: ${paid} then, ${now} now`,
  amounts: (paid, earlier, now) =>
    `paid ${paid}${earlier === null ? '' : `, adjusted before ${earlier}`}, now ${now}`,
  none: 'nothing',
  showMore: (n) => `Show ${n} more`,
  more: (n) => `… and ${n} more; the sheet has all of them.`,
  willSheets: 'the sheets “Allot Adjustments” and “Allot Adjustment Totals”',
  willRow: (number) => `row ${number} of the sheet “Allot Ledger”`,
  willRecord: 'a record of the rules, the data and these amounts, beside the sheets',
  override: 'Why these rules are used all the same',
  write: 'Write adjustment',
  done: (number) => `Adjusted, in row ${number} of the ledger.`,
  changed: 'The amounts have changed since this was opened. Look at them, then write.',
};

const ZH: AdjustWords = {
  adjust: '补差',
  adjustRun: (run) => `对第 ${run} 号补差`,
  title: (day) => `补差 ${day}`,
  text: (run) =>
    `此期间现在的应发金额减去第 ${run} 号发放的已发金额。已锁定的发放保持不变，差额现在补发或扣回。`,
  computing: '正在重新计算此期间',
  noResults: '此期间现在有错误，请在“计算”页选定其计薪日并改正。',
  nothing: '没有差额：此期间的应发金额与已发金额相同。',
  people: (n) => `${n} 人`,
  sums: (paid, earlier, now) =>
    `分配总额：已发 ${paid}${earlier === null ? '' : `，以前补差 ${earlier}`}，应发 ${now}`,
  leftOver: (paid, now) => `未能分配的余额：发放时 ${paid}，现在 ${now}`,
  amounts: (paid, earlier, now) =>
    `已发 ${paid}${earlier === null ? '' : `，以前补差 ${earlier}`}，应发 ${now}`,
  none: '无',
  showMore: (n) => `再显示 ${n} 人`,
  more: (n) => `……另有 ${n} 人，工作表中列出全部。`,
  willSheets: '工作表“Allot Adjustments”和“Allot Adjustment Totals”',
  willRow: (number) => `工作表“Allot Ledger”的第 ${number} 号`,
  willRecord: '规则、数据和这些金额的记录，保存在工作表之外',
  override: '仍使用这些规则的理由',
  write: '写入补差',
  done: (number) => `已补差，记入台账第 ${number} 号。`,
  changed: '打开之后金额有变化，请查看后再写入。',
};

const BY_LANGUAGE: Readonly<Record<Language, AdjustWords>> = { en: EN, 'zh-CN': ZH };

export function adjustWords(language: Language): AdjustWords {
  return BY_LANGUAGE[language];
}

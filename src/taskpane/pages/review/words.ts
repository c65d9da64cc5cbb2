import type { Language } from '../../../problems/messages/index.ts';

/** What the page itself says; what was found comes from the calculator in words. */
export interface ReviewPageWords {
  readonly title: string;
  readonly back: string;
  readonly reviewing: string;
  readonly cancel: string;
  readonly cancelled: string;
  readonly again: string;
  readonly stale: string;
  readonly print: string;
  readonly save: string;
  /** Of the file's name. */
  readonly suffix: string;
  readonly found: string;
  readonly nothingFound: string;
  readonly notInspected: string;
  readonly rules: string;
  readonly rule: string;
  readonly order: string;
  readonly asWritten: string;
  readonly constants: string;
  asOf(day: string): string;
  saved(name: string): string;
  mostFirst(label: string): string;
  versions(count: number): string;
  more(count: string): string;
}

const EN: ReviewPageWords = {
  title: 'Review of the rules',
  back: 'Back to the audit',
  reviewing: 'Reviewing the rules',
  cancel: 'Cancel',
  cancelled: 'Cancelled.',
  again: 'Review again',
  stale: 'The workbook has changed since this review.',
  print: 'Print',
  save: 'Save as a page',
  suffix: 'review',
  found: 'To look at',
  nothingFound: 'Nothing was found.',
  notInspected:
    'Not looked at here: what is hidden, and formulas in place of results. This workbook can’t be read as a file now; allot review looks at the saved one.',
  rules: 'Every rule',
  rule: 'Rule',
  order: 'Order',
  asWritten: 'as written',
  constants: 'Written into it',
  asOf: (day) => `As of ${day}`,
  saved: (name) => `Saved as ${name}, among this computer’s downloads.`,
  mostFirst: (label) => `${label}: most first`,
  versions: (n) => `${n} versions`,
  more: (n) => `${n} more`,
};

const ZH: ReviewPageWords = {
  title: '规则审阅',
  back: '返回核查',
  reviewing: '正在审阅规则',
  cancel: '取消',
  cancelled: '已取消。',
  again: '重新审阅',
  stale: '此次审阅之后，工作簿有改动。',
  print: '打印',
  save: '另存为网页',
  suffix: '审阅',
  found: '需要关注',
  nothingFound: '没有发现问题。',
  notInspected:
    '此处未检查隐藏内容，也未检查代替结果的公式：目前无法以文件形式读取本工作簿。保存后可用 allot review 检查。',
  rules: '全部规则',
  rule: '规则',
  order: '排序',
  asWritten: '按书写顺序',
  constants: '写入其中的常数',
  asOf: (day) => `计薪日 ${day}`,
  saved: (name) => `已保存为 ${name}，在本机的下载文件夹中。`,
  mostFirst: (label) => `${label}（从多到少）`,
  versions: (n) => `${n} 个版本`,
  more: (n) => `另有 ${n} 项`,
};

const BY_LANGUAGE: Readonly<Record<Language, ReviewPageWords>> = { en: EN, 'zh-CN': ZH };

export function reviewPageWords(language: Language): ReviewPageWords {
  return BY_LANGUAGE[language];
}

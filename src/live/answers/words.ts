import type { Language } from '../../problems/messages/index.ts';

/** What cells are told besides problems. */
export interface AnswerWords {
  readonly noDate: string;
  /** The first problem with its place, and how many others there are. */
  broken(first: string, others: number): string;
  readonly noScore: string;
  noBand(name: string, suggestion: string | undefined): string;
  /** What is wrong with the value that a band is asked for. */
  bandValue(said: string): string;
  ambiguousScore(name: string, tables: readonly string[]): string;
  readonly noStatements: string;
  noStatement(key: string): string;
  readonly blankKey: string;
  /** Headings of PROBLEMS. */
  readonly severity: string;
  readonly place: string;
  readonly message: string;
  readonly noProblems: string;
  moreProblems(count: number): string;
  total(name: string): string;
}

const EN: AnswerWords = {
  noDate: 'No as-of date is set. Set it in the Allot pane under Run, or give it as the last argument.',
  broken: (first, others) =>
    others === 0 ? first : `${first} (${others} more: =ALLOT.PROBLEMS() lists them all.)`,
  noScore:
    'No score is called support_score, support, 支撑评分 or 支撑效能. Name the column as the second argument.',
  noBand: (name, suggestion) =>
    `No band is called “${name}”.${suggestion === undefined ? '' : ` Did you mean ${suggestion}?`}`,
  bandValue: (said) => `value (argument 2): ${said}`,
  ambiguousScore: (name, tables) =>
    `Several tables have a score ${name}: name the column as ${tables.map((table) => `"${table}[${name}]"`).join(' or ')}.`,
  noStatements: 'The rules have no statement.',
  noStatement: (key) => `No statement covers the row ${key}.`,
  blankKey: 'The key is blank.',
  severity: 'Severity',
  place: 'Place',
  message: 'Message',
  noProblems: 'No problems.',
  moreProblems: (count) => `… ${count} more`,
  total: (name) => `${name} (total)`,
};

const ZH_CN: AnswerWords = {
  noDate: '尚未设置计薪日。请在 Allot 窗格的“运行”页设置，或作为最后一个参数给出。',
  broken: (first, others) =>
    others === 0 ? first : `${first}（另有 ${others} 个错误，可用 =ALLOT.PROBLEMS() 全部列出。）`,
  noScore: '没有名为 support_score、support、支撑评分 或 支撑效能 的评分。请在第 2 个参数中写明列名。',
  noBand: (name, suggestion) =>
    `没有名为“${name}”的分档。${suggestion === undefined ? '' : `您是不是要写 ${suggestion}？`}`,
  bandValue: (said) => `value（第 2 个参数）：${said}`,
  ambiguousScore: (name, tables) =>
    `多个数据表都有评分“${name}”，请在第 2 个参数中写成 ${tables.map((table) => `"${table}[${name}]"`).join(' 或 ')}。`,
  noStatements: '规则中没有工资条。',
  noStatement: (key) => `编号 ${key} 的行没有工资条。`,
  blankKey: '编号为空白。',
  severity: '严重程度',
  place: '位置',
  message: '说明',
  noProblems: '没有发现问题。',
  moreProblems: (count) => `…… 另有 ${count} 个`,
  total: (name) => `${name}（合计）`,
};

const BY_LANGUAGE: Readonly<Record<Language, AnswerWords>> = { en: EN, 'zh-CN': ZH_CN };

export function answerWords(language: Language): AnswerWords {
  return BY_LANGUAGE[language];
}

import type { Language } from '../../../problems/messages/index.ts';

export interface StatementWords {
  readonly person: string;
  readonly personHint: string;
  readonly none: string;
  readonly previous: string;
  readonly next: string;
  readonly print: string;
  readonly item: string;
  readonly amount: string;
  readonly total: string;
  readonly how: string;
  readonly rule: string;
  readonly from: string;
  readonly emptyTitle: string;
  readonly emptyText: string;
  readonly noStatements: string;
  readonly noStatementsText: string;
  readonly toRules: string;
  readonly notFound: string;
  readonly waiting: string;
  readonly explain: string;
  readonly less: string;
  asOf(day: string): string;
  position(at: string, of: string): string;
  moreCells(count: number): string;
}

const EN: StatementWords = {
  person: 'Person',
  personHint: 'Key, name or department',
  none: 'Nobody like this',
  previous: 'Previous person',
  next: 'Next person',
  print: 'Print',
  item: 'Item',
  amount: 'Amount',
  total: 'Total',
  how: 'How it came about',
  rule: 'Rule',
  from: 'From',
  emptyTitle: 'Whose pay?',
  emptyText: 'Pick a person: the statement shows every line with its rule and the cells it comes from.',
  noStatements: 'The rules have no statement',
  noStatementsText: 'A statement says which lines make up a person’s pay. Add one to the rules.',
  toRules: 'Open the rules',
  notFound: 'Nobody with this key has a statement as of this date.',
  waiting: 'Making the statement',
  explain: 'Explain the total',
  less: 'less',
  asOf: (day) => `As of ${day}`,
  position: (at, of) => `${at} of ${of}`,
  moreCells: (n) => `and ${n} more`,
};

const ZH: StatementWords = {
  person: '人员',
  personHint: '编号、姓名或部门',
  none: '没有匹配的人员',
  previous: '上一人',
  next: '下一人',
  print: '打印',
  item: '项目',
  amount: '金额',
  total: '合计',
  how: '计算过程',
  rule: '规则',
  from: '来自',
  emptyTitle: '查看谁的工资条？',
  emptyText: '请选择人员：工资条列出每一项的规则及其来源单元格。',
  noStatements: '规则中没有工资条',
  noStatementsText: '工资条说明一个人的薪酬由哪些项目组成，请在规则中添加。',
  toRules: '打开规则',
  notFound: '在此计薪日，没有该编号的工资条。',
  waiting: '正在生成工资条',
  explain: '解释合计',
  less: '减',
  asOf: (day) => `计薪日 ${day}`,
  position: (at, of) => `第 ${at} 人，共 ${of} 人`,
  moreCells: (n) => `等另外 ${n} 处`,
};

const BY_LANGUAGE: Readonly<Record<Language, StatementWords>> = { en: EN, 'zh-CN': ZH };

export function statementWords(language: Language): StatementWords {
  return BY_LANGUAGE[language];
}

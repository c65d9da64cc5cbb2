import type { Language } from '../../../problems/messages/index.ts';

export interface ExplainWords {
  readonly selection: string;
  readonly name: string;
  readonly nameHint: string;
  readonly key: string;
  readonly explain: string;
  readonly none: string;
  readonly notAResult: string;
  readonly emptyTitle: string;
  readonly emptyText: string;
  readonly why: string;
  readonly tree: string;
  readonly levels: string;
  readonly allLevels: string;
  readonly pin: string;
  readonly pinTip: string;
  readonly back: string;
  readonly trail: string;
  readonly keys: string;
  readonly waiting: string;
  readonly dateUnknown: string;
  level(count: number): string;
  more(count: number): string;
  goTo(place: string): string;
  asOf(day: string): string;
}

const EN: ExplainWords = {
  selection: 'Explain the selected cell',
  name: 'Name',
  nameHint: 'A rule or a column: reward, Staff[reward]',
  key: 'Row’s key',
  explain: 'Explain',
  none: 'Nothing like this',
  notAResult:
    'The selected cell is nothing that Allot computes or reads. Select a cell of a result sheet, of a table, or one with an ALLOT function.',
  emptyTitle: 'Why is a figure what it is?',
  emptyText:
    'Select a result in the workbook, or type a rule’s name and a row’s key. You get every step, down to the cells.',
  why: 'Why',
  tree: 'Reasons',
  levels: 'Show',
  allLevels: 'all levels',
  pin: 'only this',
  pinTip: 'Look at this part alone (P)',
  back: 'Back to',
  trail: 'The way to this part',
  keys: 'Arrows move and open, Enter goes to the cell, P shows a part alone.',
  waiting: 'Working it out',
  dateUnknown:
    'This cell names an as-of date of its own, which is not known here. Explained as of the run’s date.',
  level: (n) => `${n} ${n === 1 ? 'level' : 'levels'}`,
  more: (n) => `${n} more lines`,
  goTo: (place) => `Go to ${place}`,
  asOf: (day) => `as of ${day}`,
};

const ZH: ExplainWords = {
  selection: '解释选定的单元格',
  name: '名称',
  nameHint: '规则或列，例如 奖励、员工[奖励]',
  key: '行的编号',
  explain: '解释',
  none: '没有匹配项',
  notAResult:
    '选定的单元格不是 Allot 计算或读取的内容。请选择结果表、数据表中的单元格，或含 ALLOT 函数的单元格。',
  emptyTitle: '为什么是这个数？',
  emptyText: '在工作簿中选定一个结果，或输入规则名称和行的编号，即可看到每一步，直到原始单元格。',
  why: '原因',
  tree: '原因',
  levels: '显示',
  allLevels: '全部层级',
  pin: '只看这部分',
  pinTip: '只看这部分（P）',
  back: '返回',
  trail: '这部分的来龙去脉',
  keys: '方向键移动和展开，回车转到单元格，P 只看一部分。',
  waiting: '正在推算',
  dateUnknown: '该单元格另有计薪日，此处无法得知，以下按当前计薪日解释。',
  level: (n) => `${n} 层`,
  more: (n) => `还有 ${n} 行`,
  goTo: (place) => `转到 ${place}`,
  asOf: (day) => `计薪日 ${day}`,
};

const BY_LANGUAGE: Readonly<Record<Language, ExplainWords>> = { en: EN, 'zh-CN': ZH };

export function explainWords(language: Language): ExplainWords {
  return BY_LANGUAGE[language];
}

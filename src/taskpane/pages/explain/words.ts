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
  readonly change: string;
  readonly changeHint: string;
  readonly changeAsk: string;
  readonly changeWaiting: string;
  /** Heads of the list: what makes the value more, and what makes it another. */
  readonly raises: string;
  readonly changes: string;
  /** What the value would be, and by how much that is more. */
  gives(value: string, difference: string | null): string;
  cell(heading: string, key: string): string;
  noChange(inputs: number, direction: 'raises' | 'changes'): string;
  moreChanges(count: number): string;
  untried(count: number): string;
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
  change: 'What would change it',
  changeHint: 'The nearest other value of one cell that gives more, all other cells as they are.',
  changeAsk: 'Find what would change it',
  changeWaiting: 'Trying the cells',
  raises: 'It would be more with',
  changes: 'It would change with',
  gives: (value, difference) => (difference === null ? `gives ${value}` : `gives ${value} (${difference})`),
  cell: (heading, key) => `${heading} of ${key}: `,
  noChange: (inputs, direction) =>
    inputs === 0
      ? 'It depends on no cell of its row or of rows that refer to it.'
      : inputs === 1
        ? `The one cell looked at would not ${direction === 'raises' ? 'raise' : 'change'} it.`
        : `None of the ${inputs} cells looked at would ${direction === 'raises' ? 'raise' : 'change'} it alone.`,
  moreChanges: (n) => `${n} more would too.`,
  untried: (n) => `The time was up: ${n} ${n === 1 ? 'cell was' : 'cells were'} not looked at.`,
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
  change: '什么会改变它',
  changeHint: '只改一个单元格、其余不变时，能使其增加的最接近的值。',
  changeAsk: '查找什么会改变它',
  changeWaiting: '正在逐个试算单元格',
  raises: '以下任一变化会使其增加',
  changes: '以下任一变化会使其改变',
  gives: (value, difference) => (difference === null ? `得 ${value}` : `得 ${value}（${difference}）`),
  cell: (heading, key) => `${key} 的 ${heading}：`,
  noChange: (inputs, direction) =>
    inputs === 0
      ? '它不取决于本行或引用本行的任何单元格。'
      : `已查看 ${inputs} 个单元格，单独改变其中任何一个都不会使其${direction === 'raises' ? '增加' : '改变'}。`,
  moreChanges: (n) => `另有 ${n} 项也会。`,
  untried: (n) => `时间已到，另有 ${n} 个单元格未查看。`,
  level: (n) => `${n} 层`,
  more: (n) => `还有 ${n} 行`,
  goTo: (place) => `转到 ${place}`,
  asOf: (day) => `计薪日 ${day}`,
};

const BY_LANGUAGE: Readonly<Record<Language, ExplainWords>> = { en: EN, 'zh-CN': ZH };

export function explainWords(language: Language): ExplainWords {
  return BY_LANGUAGE[language];
}

import type { Language } from '../../../problems/messages/index.ts';

/** What the Rules page says. */
export interface RulesWords {
  readonly loading: string;
  readonly reading: string;
  readonly sheet: string;
  readonly unsaved: string;
  readonly save: string;
  readonly format: string;
  readonly goToCell: string;
  readonly find: string;
  readonly undo: string;
  readonly redo: string;
  readonly keys: string;
  readonly newSheet: string;
  readonly discard: string;
  readonly noRules: string;
  readonly noRulesText: string;
  readonly noRulesAction: string;
  readonly preparing: string;
  readonly problems: string;
  readonly checking: string;
  readonly noProblems: string;
  readonly cantFormat: string;
  readonly formatted: string;
  readonly alreadyFormatted: string;
  readonly formatSkipped: string;
  readonly fixedRow: string;
  readonly fixedTouched: string;
  readonly outdated: string;
  readonly gone: string;
  readonly changedTitle: string;
  readonly keepMine: string;
  readonly takeTheirs: string;
  readonly compare: string;
  readonly back: string;
  readonly cancel: string;
  readonly compareTitle: string;
  readonly onlyMine: string;
  readonly onlyTheirs: string;
  readonly same: string;
  readonly mineEmpty: string;
  readonly helpHint: string;
  readonly newSheetName: string;
  editor(sheet: string): string;
  saved(sheet: string, rows: number): string;
  added(sheet: string): string;
  changedText(sheet: string): string;
  lines(count: number): string;
  more(count: number): string;
  counts(errors: number, warnings: number): string;
  line(row: number): string;
  use(text: string): string;
  option: Readonly<Record<OptionKind, string>>;
  readonly keyList: readonly (readonly [keys: string, what: string])[];
  /** Phrases of the editor's own parts, by their English. */
  readonly phrases: Readonly<Record<string, string>>;
}

/** What a completion is. */
export type OptionKind =
  | 'keyword'
  | 'table'
  | 'column'
  | 'computed'
  | 'scalar'
  | 'band'
  | 'defined'
  | 'function'
  | 'value';

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

const EN: RulesWords = {
  loading: 'Loading the editor',
  reading: 'Reading the rules',
  sheet: 'Rule sheet',
  unsaved: 'Unsaved',
  save: 'Save',
  format: 'Format',
  goToCell: 'Go to cell',
  find: 'Find',
  undo: 'Undo',
  redo: 'Redo',
  keys: 'Keys',
  newSheet: 'New rule sheet',
  discard: 'Discard',
  noRules: 'This workbook has no rules yet',
  noRulesText:
    'Rules live in a sheet of the workbook, one line a row. Start from a template for the tables that are here.',
  noRulesAction: 'New rule sheet',
  preparing: 'Looking at the tables',
  problems: 'Problems',
  checking: 'Checking',
  noProblems: 'No problems',
  cantFormat: 'Only rules without syntax problems can be formatted. Mend the underlined lines first.',
  formatted: 'The rules are in the usual layout.',
  alreadyFormatted: 'The rules are in the usual layout already.',
  formatSkipped: 'Formatted, but for the rows that can only be changed in the sheet.',
  fixedRow: 'This row is not text and can only be changed in the sheet.',
  fixedTouched: 'That row can only be changed in the sheet: it is not text. Use “Go to cell”.',
  outdated: 'The sheet has changed while you were editing here. Saving will ask what to keep.',
  gone: 'This sheet is no longer in the workbook. Saving adds it again under a new name.',
  changedTitle: 'The sheet has changed',
  keepMine: 'Keep mine',
  takeTheirs: 'Take the sheet’s',
  compare: 'Compare',
  back: 'Back',
  cancel: 'Cancel',
  compareTitle: 'Yours and the sheet’s',
  onlyMine: 'Only in yours',
  onlyTheirs: 'Only in the sheet',
  same: 'In both',
  mineEmpty: 'Both say the same.',
  helpHint: 'Put the cursor on a keyword or function to read what it does. Ctrl+Space completes.',
  newSheetName: 'Rules',
  editor: (sheet) => `Rules of the sheet ${sheet}`,
  saved: (sheet, rows) => `Saved: ${count(rows, 'row', 'rows')} in ${sheet}.`,
  added: (sheet) => `Added the sheet ${sheet}. Read it through, change what is different, then run.`,
  changedText: (sheet) =>
    `Somebody has changed ${sheet} since you began to edit. Nothing has been written. What should the sheet say?`,
  lines: (n) => `… ${count(n, 'equal line', 'equal lines')} …`,
  more: (n) => `… and ${n} more`,
  counts: (errors, warnings) =>
    [
      ...(errors === 0 ? [] : [count(errors, 'error', 'errors')]),
      ...(warnings === 0 ? [] : [count(warnings, 'warning', 'warnings')]),
    ].join(', '),
  line: (row) => `Row ${row}`,
  use: (text) => `Write ${text}`,
  option: {
    keyword: 'keyword',
    table: 'table',
    column: 'column',
    computed: 'computed column',
    scalar: 'rule',
    band: 'band',
    defined: 'name of the workbook',
    function: 'function',
    value: 'value',
  },
  keyList: [
    ['Ctrl+S', 'Save'],
    ['Ctrl+Space', 'Complete'],
    ['F8 · Shift+F8', 'Next, previous problem'],
    ['Ctrl+Shift+M', 'Problems'],
    ['Shift+Alt+F', 'Format'],
    ['Ctrl+Enter', 'Go to the cell of this line'],
    ['Ctrl+F', 'Find and replace'],
    ['Ctrl+Z · Ctrl+Y', 'Undo, redo'],
    ['Tab · Shift+Tab', 'One level in or out'],
    ['Esc, then Tab', 'Leave the editor'],
  ],
  phrases: {
    next: 'Next',
    previous: 'Previous',
    all: 'All',
    'match case': 'Match case',
    'by word': 'Whole word',
    regexp: 'Regular expression',
    replace: 'Replace',
    'replace all': 'Replace all',
    close: 'Close',
  },
};

const ZH: RulesWords = {
  loading: '正在加载编辑器',
  reading: '正在读取规则',
  sheet: '规则表',
  unsaved: '未保存',
  save: '保存',
  format: '整理格式',
  goToCell: '转到单元格',
  find: '查找',
  undo: '撤销',
  redo: '重做',
  keys: '快捷键',
  newSheet: '新建规则表',
  discard: '放弃更改',
  noRules: '此工作簿还没有规则',
  noRulesText: '规则写在工作簿的一张表里，一行一条。可以从适合现有数据表的模板开始。',
  noRulesAction: '新建规则表',
  preparing: '正在查看数据表',
  problems: '问题',
  checking: '正在检查',
  noProblems: '没有问题',
  cantFormat: '规则有语法问题时不能整理格式，请先改正有下划线的行。',
  formatted: '已整理为通用格式。',
  alreadyFormatted: '已经是通用格式。',
  formatSkipped: '已整理，只能在工作表中修改的行除外。',
  fixedRow: '此行不是文本，只能在工作表中修改。',
  fixedTouched: '该行不是文本，只能在工作表中修改，请用“转到单元格”。',
  outdated: '编辑期间工作表已被改动，保存时会询问保留哪一份。',
  gone: '此表已不在工作簿中，保存时会另建一张新表。',
  changedTitle: '工作表已被改动',
  keepMine: '保留我的',
  takeTheirs: '采用工作表的',
  compare: '比较',
  back: '返回',
  cancel: '取消',
  compareTitle: '我的与工作表的',
  onlyMine: '仅我的有',
  onlyTheirs: '仅工作表有',
  same: '两者都有',
  mineEmpty: '两者相同。',
  helpHint: '把光标放在关键字或函数上可查看说明；按 Ctrl+空格 补全。',
  newSheetName: '规则',
  editor: (sheet) => `工作表 ${sheet} 的规则`,
  saved: (sheet, rows) => `已保存：${sheet}，${rows} 行。`,
  added: (sheet) => `已新建工作表 ${sheet}。请通读一遍，修改不同之处，然后计算。`,
  changedText: (sheet) => `您开始编辑之后，有人改动了 ${sheet}。尚未写入任何内容。工作表应保留哪一份？`,
  lines: (n) => `…… ${n} 行相同 ……`,
  more: (n) => `…… 另有 ${n} 个`,
  counts: (errors, warnings) =>
    [...(errors === 0 ? [] : [`${errors} 个错误`]), ...(warnings === 0 ? [] : [`${warnings} 个警告`])].join(
      '、',
    ),
  line: (row) => `第 ${row} 行`,
  use: (text) => `改为 ${text}`,
  option: {
    keyword: '关键字',
    table: '数据表',
    column: '列',
    computed: '计算列',
    scalar: '规则',
    band: '分档',
    defined: '工作簿名称',
    function: '函数',
    value: '值',
  },
  keyList: [
    ['Ctrl+S', '保存'],
    ['Ctrl+空格', '补全'],
    ['F8 · Shift+F8', '下一个、上一个问题'],
    ['Ctrl+Shift+M', '问题列表'],
    ['Shift+Alt+F', '整理格式'],
    ['Ctrl+Enter', '转到本行的单元格'],
    ['Ctrl+F', '查找和替换'],
    ['Ctrl+Z · Ctrl+Y', '撤销、重做'],
    ['Tab · Shift+Tab', '缩进、减少缩进'],
    ['Esc 再 Tab', '离开编辑器'],
  ],
  phrases: {
    Find: '查找',
    Replace: '替换为',
    next: '下一个',
    previous: '上一个',
    all: '全部',
    'match case': '区分大小写',
    'by word': '整词',
    regexp: '正则表达式',
    replace: '替换',
    'replace all': '全部替换',
    close: '关闭',
    'current match': '当前匹配',
    'replaced $ matches': '已替换 $ 处',
    'replaced match on line $': '已替换第 $ 行的匹配',
    'on line': '位于第几行',
    Completions: '补全',
    Diagnostics: '问题',
    'No diagnostics': '没有问题',
    'Control character': '控制字符',
    'Selection deleted': '已删除所选内容',
  },
};

const BY_LANGUAGE: Readonly<Record<Language, RulesWords>> = { en: EN, 'zh-CN': ZH };

export function rulesWords(language: Language): RulesWords {
  return BY_LANGUAGE[language];
}

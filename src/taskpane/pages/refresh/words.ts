import type { Language } from '../../../problems/messages/index.ts';

/** What the page itself says; what was found comes from the calculator in words. */
export interface RefreshPageWords {
  readonly title: string;
  readonly back: string;
  readonly hint: string;
  readonly reading: string;
  readonly noSheet: string;
  readonly noSheetText: string;
  readonly noSources: string;
  readonly badSheet: string;
  readonly choose: string;
  readonly drop: string;
  readonly noFile: string;
  readonly sources: string;
  readonly others: string;
  readonly othersText: string;
  readonly check: string;
  readonly checking: string;
  readonly cancel: string;
  readonly cancelled: string;
  readonly again: string;
  readonly stale: string;
  readonly rules: string;
  readonly report: string;
  readonly before: string;
  readonly after: string;
  readonly same: string;
  readonly unchanged: string;
  readonly stopped: string;
  readonly accept: string;
  readonly acceptMissing: string;
  readonly replace: string;
  readonly merge: string;
  readonly both: string;
  readonly confirm: string;
  readonly confirmText: string;
  readonly row: string;
  readonly changed: string;
  mode(mode: 'replace' | 'merge'): string;
  fileFor(table: string): string;
  wanted(file: string): string;
  remove(name: string): string;
  notUsed(name: string): string;
  wrote(tables: readonly string[], number: string): string;
}

const EN: RefreshPageWords = {
  title: 'Refresh from files',
  back: 'Back to the run',
  hint: 'Pick the exports that the sheet of sources names. What they change is shown first; nothing is written before you confirm it.',
  reading: 'Reading the sources',
  noSheet: 'No sheet says where tables come from',
  noSheetText:
    'Add a sheet “Sources” with the headings Table, Kind and Location, a row a table: Tickets, csv, exports/tickets.csv.',
  noSources: 'None of the sources is a file.',
  badSheet: 'The sheet of sources has to be corrected first:',
  choose: 'Choose files',
  drop: 'or drop them on this page.',
  noFile: 'none',
  sources: 'Tables and their files',
  others: 'From elsewhere',
  othersText: 'The pane asks no other computer. “allot refresh BOOK” on the command line fetches these:',
  check: 'Show what changes',
  checking: 'Checking the files',
  cancel: 'Cancel',
  cancelled: 'Cancelled. Nothing was changed.',
  again: 'Check again',
  stale: 'The workbook has changed since this was checked.',
  rules: 'The rules have errors, so keys and references aren’t known. Correct them first.',
  report: 'What changes',
  before: 'Before',
  after: 'After',
  same: 'Nothing changes.',
  unchanged: 'The files say what the workbook has: there is nothing to write.',
  stopped: 'Nothing can be written. Correct what is named here at its source, then pick the file again.',
  accept: 'I have looked into these: write all the same',
  acceptMissing: 'Look into the doubts first, then tick this.',
  replace: 'Replace',
  merge: 'Merge',
  both: 'Replace and merge',
  confirm: 'Write these tables?',
  confirmText: 'Rows of locked periods stay as they are.',
  row: 'a row “refreshed” of the sheet “Allot Ledger”',
  changed: 'The workbook has changed since this was checked. Check again, then write.',
  mode: (mode) =>
    mode === 'replace' ? 'replace: rows that are no longer in the file go' : 'merge: all rows stay',
  fileFor: (table) => `File for ${table}`,
  wanted: (file) => `Usually ${file}.`,
  remove: (name) => `Take ${name} away`,
  notUsed: (name) => `${name} is for no table yet.`,
  wrote: (tables, number) => `Refreshed ${tables.join(', ')}, in row ${number} of the ledger.`,
};

const ZH: RefreshPageWords = {
  title: '从文件刷新',
  back: '返回计算',
  hint: '请选择“数据源”工作表中所列的导出文件。系统会先列出将有的变化，经您确认后才写入。',
  reading: '正在读取数据源',
  noSheet: '没有说明数据来源的工作表',
  noSheetText:
    '请新建工作表“数据源”，标题为 数据表、类型、位置，每表一行，例如：Tickets、csv、exports/tickets.csv。',
  noSources: '数据源中没有文件。',
  badSheet: '请先更正“数据源”工作表：',
  choose: '选择文件',
  drop: '也可以拖放到此页。',
  noFile: '无',
  sources: '数据表及其文件',
  others: '其他来源',
  othersText: '面板不访问其他主机。以下数据表请在命令行用“allot refresh 工作簿”获取：',
  check: '查看变化',
  checking: '正在检查文件',
  cancel: '取消',
  cancelled: '已取消，没有任何改动。',
  again: '重新检查',
  stale: '检查之后，工作簿有改动。',
  rules: '规则有错误，无法确定编号和引用关系，请先改正。',
  report: '将有的变化',
  before: '之前',
  after: '之后',
  same: '没有变化。',
  unchanged: '文件内容与工作簿一致，无需写入。',
  stopped: '无法写入。请在来源处更正以上问题，再重新选择文件。',
  accept: '以上存疑之处已核实，仍要写入',
  acceptMissing: '请先核实存疑之处，再勾选此项。',
  replace: '替换',
  merge: '合并',
  both: '替换并合并',
  confirm: '写入这些数据表？',
  confirmText: '已锁定期间的数据保持不变。',
  row: '工作表“Allot Ledger”中的一行（refreshed）',
  changed: '检查之后工作簿有改动，请重新检查后再写入。',
  mode: (mode) => (mode === 'replace' ? '替换：文件中已没有的行将删除' : '合并：原有各行保留'),
  fileFor: (table) => `${table} 的文件`,
  wanted: (file) => `通常为 ${file}。`,
  remove: (name) => `移除 ${name}`,
  notUsed: (name) => `${name} 尚未对应任何数据表。`,
  wrote: (tables, number) => `已刷新 ${tables.join('、')}，记入台账第 ${number} 号。`,
};

const BY_LANGUAGE: Readonly<Record<Language, RefreshPageWords>> = { en: EN, 'zh-CN': ZH };

export function refreshPageWords(language: Language): RefreshPageWords {
  return BY_LANGUAGE[language];
}

import type { Language } from '../../../problems/messages/index.ts';

export interface RunWords {
  readonly asOf: string;
  readonly asOfHint: string;
  readonly monthEnds: string;
  readonly run: string;
  readonly check: string;
  readonly undo: string;
  readonly stop: string;
  readonly writing: string;
  readonly written: string;
  readonly noDate: string;
  readonly cancelled: string;
  readonly again: string;
  readonly insight: string;
  readonly refresh: string;
  readonly errors: string;
  readonly problems: string;
  readonly ready: string;
  readonly results: string;
  readonly pools: string;
  readonly scalars: string;
  readonly tables: string;
  readonly table: string;
  readonly rows: string;
  readonly leftOut: string;
  readonly columns: string;
  readonly toAllocation: string;
  readonly changedSince: string;
  readonly nothingWritten: string;
  readonly writeCancelled: string;
  lastMonth(day: string): string;
  thisMonth(day: string): string;
  checked(rules: number): string;
  found(errors: number, warnings: number): string;
  done(sheets: number): string;
  members(count: string): string;
  place(ref: string, replaced: boolean): string;
  of(row: string): string;
}

const EN: RunWords = {
  asOf: 'As-of date',
  asOfHint: 'Kept in the workbook. Rules and rows of that day count.',
  monthEnds: 'Month’s end',
  run: 'Run and write',
  check: 'Check',
  undo: 'Run writes the result sheets, whose names begin with “Allot”. Undo may not reach back past that.',
  stop: 'Stop',
  writing: 'Writing the results',
  written: 'Written',
  noDate: 'Pick the as-of date, usually a month’s end, to compute.',
  cancelled: 'Cancelled. What is shown is from before.',
  again: 'Compute again',
  insight: 'Insight: bottlenecks, forecast, effect',
  refresh: 'Refresh tables from files',
  errors: 'No results until the errors are corrected.',
  problems: 'Problems',
  ready: 'Up to date. The results are computed as you edit; Run writes them into sheets.',
  results: 'Results',
  pools: 'Pools',
  scalars: 'Single values',
  tables: 'Tables',
  table: 'Table',
  rows: 'Rows',
  leftOut: 'Left out',
  columns: 'Computed columns',
  toAllocation: 'Look at the allocation',
  changedSince: 'The workbook has changed since; run again to bring these up to date.',
  nothingWritten: 'Nothing was written: the results have errors.',
  writeCancelled: 'Stopped. The sheets are what they were.',
  lastMonth: (day) => `Last month’s end, ${day}`,
  thisMonth: (day) => `This month’s end, ${day}`,
  checked: (n) => `Checked: no problems in ${n} ${n === 1 ? 'line' : 'lines'} of rules.`,
  found(errors, warnings) {
    const parts = [
      ...(errors === 0 ? [] : [`${errors} ${errors === 1 ? 'error' : 'errors'}`]),
      ...(warnings === 0 ? [] : [`${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`]),
    ];
    return `Checked: ${parts.join(', ')}.`;
  },
  done: (n) => `Wrote ${n} ${n === 1 ? 'sheet' : 'sheets'}.`,
  members: (n) => `${n} ${n === '1' ? 'member' : 'members'}`,
  place: (ref, replaced) => `${ref}, ${replaced ? 'rewritten' : 'new'}`,
  of: (row) => `of ${row}`,
};

const ZH: RunWords = {
  asOf: '计薪日',
  asOfHint: '保存在工作簿中，以这一天有效的规则和数据为准。',
  monthEnds: '月末',
  run: '计算并写入结果',
  check: '检查',
  undo: '“计算”会写入名称以 Allot 开头的结果表，之后可能无法撤销到写入之前。',
  stop: '停止',
  writing: '正在写入结果',
  written: '已写入',
  noDate: '请选择计薪日（通常是月末），然后才能计算。',
  cancelled: '已取消。下面显示的是之前的结果。',
  again: '重新计算',
  insight: '洞察：瓶颈、预测、成效',
  refresh: '从文件刷新数据表',
  errors: '改正错误之前没有结果。',
  problems: '问题',
  ready: '结果已是最新：编辑时会自动重算，“计算”把它们写入结果表。',
  results: '结果',
  pools: '分配',
  scalars: '单值规则',
  tables: '数据表',
  table: '数据表',
  rows: '行数',
  leftOut: '未计入',
  columns: '计算列',
  toAllocation: '查看分配',
  changedSince: '此后工作簿有改动，请重新计算以更新这些表。',
  nothingWritten: '没有写入：结果有错误。',
  writeCancelled: '已停止，结果表保持原样。',
  lastMonth: (day) => `上月末 ${day}`,
  thisMonth: (day) => `本月末 ${day}`,
  checked: (n) => `检查完毕：${n} 行规则，没有问题。`,
  found(errors, warnings) {
    const parts = [
      ...(errors === 0 ? [] : [`${errors} 个错误`]),
      ...(warnings === 0 ? [] : [`${warnings} 个警告`]),
    ];
    return `检查完毕：${parts.join('、')}。`;
  },
  done: (n) => `已写入 ${n} 个工作表。`,
  members: (n) => `${n} 人`,
  place: (ref, replaced) => `${ref}，${replaced ? '已重写' : '新建'}`,
  of: (row) => `所属 ${row}`,
};

const BY_LANGUAGE: Readonly<Record<Language, RunWords>> = { en: EN, 'zh-CN': ZH };

export function runWords(language: Language): RunWords {
  return BY_LANGUAGE[language];
}

import type { Language } from '../problems/messages/index.ts';
import type { Problem } from '../problems/problem.ts';

/** What reports and the command line say besides problems, in one language. */
export interface Words {
  readonly severity: Readonly<Record<Problem['severity'], string>>;
  readonly asOf: string;
  readonly table: string;
  readonly rows: string;
  readonly leftOut: string;
  readonly key: string;
  readonly name: string;
  readonly value: string;
  readonly inputs: string;
  readonly scalars: string;
  readonly shares: string;
  readonly problems: string;
  readonly share: string;
  readonly of: string;
  readonly pool: string;
  readonly settled: string;
  readonly shared: string;
  readonly unallocated: string;
  readonly members: string;
  readonly level: string;
  readonly statement: string;
  readonly line: string;
  readonly item: string;
  readonly sign: string;
  readonly amount: string;
  readonly add: string;
  readonly less: string;
  readonly total: string;
  readonly blank: string;
  /** Where a problem arose: its rule and row. */
  ruleAndRow(rule: string | undefined, key: string | undefined): string;
  moreRows(count: number): string;
  moreProblems(count: number): string;
  problemCount(errors: number, warnings: number): string;
  noProblems(rules: number): string;
  nothingComputed: string;
  summary(counts: RunCounts): string;
  wrote(path: string): string;
  wroteSheet(sheet: string, ref: string): string;
}

export interface RunCounts {
  readonly asOf: string;
  readonly tables: number;
  readonly rows: number;
  readonly excluded: number;
  readonly values: number;
  readonly pools: number;
}

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

const EN: Words = {
  severity: { error: 'error', warning: 'warning' },
  asOf: 'As of',
  table: 'Table',
  rows: 'Rows',
  leftOut: 'Left out',
  key: 'Key',
  name: 'Name',
  value: 'Value',
  inputs: 'Inputs',
  scalars: 'Scalars',
  shares: 'Shares',
  problems: 'Problems',
  share: 'Share',
  of: 'Of',
  pool: 'Pool',
  settled: 'Settled',
  shared: 'Shared',
  unallocated: 'Unallocated',
  members: 'Members',
  level: 'Level',
  statement: 'Statement',
  line: 'Line',
  item: 'Item',
  sign: 'Add or less',
  amount: 'Amount',
  add: 'add',
  less: 'less',
  total: 'total',
  blank: 'blank',
  ruleAndRow(rule, key) {
    const parts = [
      ...(rule === undefined ? [] : [rule === 'check' ? 'check' : `rule ${rule}`]),
      ...(key === undefined ? [] : [`row ${key}`]),
    ];
    return parts.join(', ');
  },
  moreRows: (n) => `… ${count(n, 'more row', 'more rows')}`,
  moreProblems: (n) => `… ${n} more like this (all of them with --json)`,
  problemCount(errors, warnings) {
    const parts = [
      ...(errors === 0 ? [] : [count(errors, 'error', 'errors')]),
      ...(warnings === 0 ? [] : [count(warnings, 'warning', 'warnings')]),
    ];
    return `${parts.join(', ')}.`;
  },
  noProblems: (rules) => `No problems in ${count(rules, 'rule', 'rules')}.`,
  nothingComputed: 'No results: correct the errors and run again.',
  summary: ({ asOf, tables, rows, excluded, values, pools }) =>
    `As of ${asOf}: ${count(rows, 'row', 'rows')} of ${count(tables, 'table', 'tables')}${
      excluded === 0 ? '' : ` (${count(excluded, 'row', 'rows')} left out)`
    }, ${count(values, 'value', 'values')} computed${pools === 0 ? '' : `, ${count(pools, 'pool', 'pools')} shared`}.`,
  wrote: (path) => `Wrote ${path}:`,
  wroteSheet: (sheet, ref) => `  ${sheet} ${ref}`,
};

const ZH: Words = {
  severity: { error: '错误', warning: '警告' },
  asOf: '计薪日',
  table: '数据表',
  rows: '行数',
  leftOut: '未计入',
  key: '编号',
  name: '名称',
  value: '值',
  inputs: '数据',
  scalars: '单值规则',
  shares: '分配',
  problems: '问题',
  share: '分配项',
  of: '所属',
  pool: '待分配总额',
  settled: '取整后',
  shared: '已分配',
  unallocated: '未分配',
  members: '成员数',
  level: '分配水平',
  statement: '工资条',
  line: '序号',
  item: '项目',
  sign: '加/减',
  amount: '金额',
  add: '加',
  less: '减',
  total: '合计',
  blank: '空白',
  ruleAndRow(rule, key) {
    const parts = [
      ...(rule === undefined ? [] : [rule === 'check' ? '核对' : `规则 ${rule}`]),
      ...(key === undefined ? [] : [`编号 ${key}`]),
    ];
    return parts.join('，');
  },
  moreRows: (n) => `…… 另有 ${n} 行`,
  moreProblems: (n) => `…… 同类问题另有 ${n} 个（加 --json 可查看全部）`,
  problemCount(errors, warnings) {
    const parts = [
      ...(errors === 0 ? [] : [`${errors} 个错误`]),
      ...(warnings === 0 ? [] : [`${warnings} 个警告`]),
    ];
    return `共 ${parts.join('、')}。`;
  },
  noProblems: (rules) => `${rules} 条规则，没有发现问题。`,
  nothingComputed: '没有结果：请改正错误后重新计算。',
  summary: ({ asOf, tables, rows, excluded, values, pools }) =>
    `计薪日 ${asOf}：${tables} 个数据表、${rows} 行${excluded === 0 ? '' : `（另有 ${excluded} 行未计入）`}，计算 ${values} 个值${
      pools === 0 ? '' : `，分配 ${pools} 笔`
    }。`,
  wrote: (path) => `已写入 ${path}：`,
  wroteSheet: (sheet, ref) => `  ${sheet} ${ref}`,
};

/** The words of a language. */
export function words(language: Language): Words {
  return BY_LANGUAGE[language];
}

const BY_LANGUAGE: Readonly<Record<Language, Words>> = { en: EN, 'zh-CN': ZH };

import type { Language } from '../../problems/messages/index.ts';
import type { HiddenPlace } from '../../workbook/port.ts';
import type { ChangedCell, RuleKind } from './review.ts';

/** What a review says, in one language. */
export interface ReviewWords {
  readonly htmlLanguage: string;
  readonly title: string;
  readonly asOf: string;
  readonly book: string;
  readonly kind: Readonly<Record<RuleKind, string>>;
  readonly errors: (count: number) => string;
  readonly found: string;
  readonly nothingFound: string;
  readonly noRow: string;
  readonly unused: string;
  readonly noVersion: string;
  readonly unhitLines: string;
  readonly leftOut: string;
  readonly hidden: string;
  readonly cantHide: string;
  readonly changed: string;
  readonly noResults: string;
  readonly otherDay: (day: string) => string;
  readonly compared: (sheets: number, cells: number) => string;
  readonly rules: string;
  readonly rule: string;
  readonly usedBy: string;
  readonly nobody: string;
  readonly rows: string;
  readonly where: string;
  readonly inStatements: string;
  readonly inShares: string;
  readonly moneyNote: string;
  readonly versions: string;
  readonly inForce: string;
  readonly notInForce: string;
  readonly always: string;
  readonly from: (date: string) => string;
  readonly until: (date: string) => string;
  readonly constants: string;
  readonly line: string;
  readonly hits: string;
  readonly hitsNote: string;
  readonly table: string;
  readonly condition: string;
  readonly ofRows: (rows: number, all: number) => string;
  readonly keys: string;
  readonly place: string;
  readonly row: string;
  readonly column: string;
  readonly what: string;
  readonly result: string;
  readonly inBook: string;
  readonly blank: string;
  readonly hiddenPlace: (place: HiddenPlace) => string;
  readonly change: Readonly<Record<ChangedCell['kind'], string>>;
  readonly summary: (rules: number, versions: number, checks: number) => string;
  readonly more: (count: number) => string;
  readonly wrote: (path: string) => string;
  readonly and: string;
}

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

const EN: ReviewWords = {
  htmlLanguage: 'en',
  title: 'Review of the rules',
  asOf: 'As of',
  book: 'Book',
  kind: {
    scalar: 'value',
    column: 'column',
    band: 'band',
    score: 'score',
    share: 'share',
    statement: 'statement',
  },
  errors: (n) =>
    `This run has ${n === 1 ? 'an error' : `${n} errors`}: nothing is paid, so amounts and results are not told.`,
  found: 'To look at',
  nothingFound: 'Nothing was found.',
  noRow: 'Rules that no row meets',
  unused: 'Rules that nothing reads',
  noVersion: 'Rules without a version in force',
  unhitLines: 'Lines of bands that nobody hits',
  leftOut: 'Rows that do not count',
  hidden: 'Hidden',
  cantHide: 'A folder of text files hides nothing.',
  changed: 'Results that differ from what a run gives',
  noResults: 'The book has no results of Allot to compare.',
  otherDay: (day) => `The results in the book are of ${day}: they were not compared.`,
  compared: (sheets, cells) =>
    `${count(sheets, 'result sheet', 'result sheets')} compared: ${
      cells === 0 ? 'every cell is as a run gives it' : `${count(cells, 'difference', 'differences')}`
    }.`,
  rules: 'Every rule',
  rule: 'Rule',
  usedBy: 'Read by',
  nobody: 'nothing',
  rows: 'Rows',
  where: 'Where',
  inStatements: 'In statements',
  inShares: 'In shares',
  moneyNote:
    'In statements: all components, without their signs, that depend on the rule, however indirectly. In shares: what the shares gave that depend on it. What is shared and then paid is in both, so they do not add up.',
  versions: 'Versions',
  inForce: 'in force',
  notInForce: 'not in force',
  always: 'always',
  from: (date) => `from ${date}`,
  until: (date) => `until ${date}`,
  constants: 'Written into it',
  line: 'Line',
  hits: 'Hits',
  hitsNote:
    'How often each line decided in this run (in a marginal band: was reached); checks are not counted.',
  table: 'Table',
  condition: 'Fails',
  ofRows: (rows, all) => `${rows} of ${all}`,
  keys: 'First keys',
  place: 'Place',
  row: 'Row',
  column: 'Column',
  what: 'What',
  result: 'A run gives',
  inBook: 'In the book',
  blank: 'blank',
  hiddenPlace(place) {
    switch (place.kind) {
      case 'sheet': {
        const what =
          place.use === 'rules' ? 'the rule sheet' : place.use === 'ours' ? 'the result sheet' : 'the sheet';
        return `${what} ${place.sheet}${place.deep ? ' (even from the menu that shows sheets)' : ''}`;
      }
      case 'row':
        return `row ${place.row} of the rules in ${place.sheet}`;
      case 'column':
        return `column ${'ABC'[place.column - 1] ?? place.column} of the rules in ${place.sheet}`;
      default: {
        const never: never = place;
        return never;
      }
    }
  },
  change: {
    cell: 'another value',
    formula: 'a formula in its place',
    'row-missing': 'the row is missing',
    'row-added': 'a row that no run gives',
  },
  summary: (rules, versions, checks) =>
    `${count(rules, 'rule', 'rules')} in ${count(versions, 'version', 'versions')}, ${count(checks, 'check', 'checks')}.`,
  more: (n) => `… ${n} more`,
  wrote: (path) => `Wrote ${path}`,
  and: ', ',
};

const ZH_CN: ReviewWords = {
  htmlLanguage: 'zh-CN',
  title: '规则审阅',
  asOf: '计薪日',
  book: '文件',
  kind: {
    scalar: '单值',
    column: '列',
    band: '分档',
    score: '评分',
    share: '分配',
    statement: '工资条',
  },
  errors: (n) => `本次计算有 ${n} 个错误，不发放任何金额，因此不列出金额和结果。`,
  found: '需要关注',
  nothingFound: '没有发现问题。',
  noRow: '没有任何行适用的规则',
  unused: '没有被引用的规则',
  noVersion: '没有有效版本的规则',
  unhitLines: '无人落入的档位',
  leftOut: '未计入的行',
  hidden: '隐藏内容',
  cantHide: '文本文件夹中没有可隐藏的内容。',
  changed: '与计算结果不同的结果',
  noResults: '文件中没有可供比较的 Allot 结果。',
  otherDay: (day) => `文件中的结果属于 ${day}，未作比较。`,
  compared: (sheets, cells) =>
    `已比较 ${sheets} 张结果表：${cells === 0 ? '所有单元格均与计算结果一致' : `${cells} 处不同`}。`,
  rules: '全部规则',
  rule: '规则',
  usedBy: '被引用于',
  nobody: '无',
  rows: '行数',
  where: '条件',
  inStatements: '涉及工资条金额',
  inShares: '涉及分配金额',
  moneyNote:
    '涉及工资条金额：直接或间接取决于该规则的全部工资条项目（不计正负）。涉及分配金额：取决于该规则的各项分配所分出的金额。先分配后发放的金额在两列中都有，因此两列不能相加。',
  versions: '版本',
  inForce: '有效',
  notInForce: '未生效',
  always: '始终',
  from: (date) => `自 ${date} 起`,
  until: (date) => `至 ${date} 止`,
  constants: '写入其中的常数',
  line: '档位',
  hits: '次数',
  hitsNote: '本次计算中各档位起决定作用的次数（累进分档为达到该档的次数）；不计核对规则。',
  table: '数据表',
  condition: '不满足的条件',
  ofRows: (rows, all) => `${rows} / ${all}`,
  keys: '前几个编号',
  place: '位置',
  row: '行',
  column: '列',
  what: '差异',
  result: '计算结果',
  inBook: '文件中',
  blank: '空白',
  hiddenPlace(place) {
    switch (place.kind) {
      case 'sheet': {
        const what = place.use === 'rules' ? '规则工作表' : place.use === 'ours' ? '结果工作表' : '工作表';
        return `${what} ${place.sheet}${place.deep ? '（在“取消隐藏”菜单中也不显示）' : ''}`;
      }
      case 'row':
        return `${place.sheet} 中规则的第 ${place.row} 行`;
      case 'column':
        return `${place.sheet} 中规则的 ${'ABC'[place.column - 1] ?? place.column} 列`;
      default: {
        const never: never = place;
        return never;
      }
    }
  },
  change: {
    cell: '值不同',
    formula: '被公式代替',
    'row-missing': '缺少该行',
    'row-added': '计算结果中没有该行',
  },
  summary: (rules, versions, checks) => `${rules} 条规则，${versions} 个版本，${checks} 条核对规则。`,
  more: (n) => `…… 另有 ${n} 项`,
  wrote: (path) => `已写入 ${path}`,
  and: '、',
};

export function reviewWords(language: Language): ReviewWords {
  return BY_LANGUAGE[language];
}

const BY_LANGUAGE: Readonly<Record<Language, ReviewWords>> = { en: EN, 'zh-CN': ZH_CN };

import type { LedgerCells } from '../audit/index.ts';
import type { Language } from '../problems/messages/index.ts';

/** What the commands that compare say, in one language. */
export interface CompareTexts {
  readonly compare: string;
  readonly withAsOf: string;
  readonly withRules: string;
  readonly withBook: string;
  readonly withAmounts: string;
  readonly columns: string;
  readonly group: string;
  readonly set: string;
  readonly compareOut: string;
  readonly nothingToCompare: string;
  readonly amountsAlone: string;
  readonly amountsColumn: string;
  readonly setAndOut: string;
  readonly comparing: string;
  unclearSet(asked: string): string;
  unknownSet(asked: string, there: readonly string[]): string;
  badSet(asked: string): string;
  unknownColumn(name: string, there: readonly string[]): string;
  readonly adjust: string;
  readonly paidRuns: string;
  readonly adjustOut: string;
  readonly adjustColumns: string;
  readonly adjustWhich: string;
  readonly adjustNoOut: string;
  readonly adjustNoName: string;
  readonly adjustOne: string;
  readonly adjustWhole: string;
  /** Said where an adjustment was written. */
  adjusted(row: LedgerCells, run: string): string;
  readonly badRun: string;
  noRun(run: string, there: readonly string[]): string;
  noRecord(run: string): string;
  brokenLedger(run: string): string;
}

const LISTED = 60;

function listed(names: readonly string[], more: (count: number) => string): string {
  const lines = names.slice(0, LISTED).map((name) => `  ${name}`);
  if (names.length > LISTED) lines.push(`  ${more(names.length - LISTED)}`);
  return lines.join('\n');
}

const EN: CompareTexts = {
  compare: 'Say who is paid differently, by how much and why: on two dates, by two rule files or workbooks',
  withAsOf: 'compare with this date',
  withRules: 'compare with the rules of this text file',
  withBook: 'compare with this workbook or folder',
  withAmounts: 'compare with the amounts of an old payroll: a .csv or .xlsx; they count as before',
  columns:
    'the column to compare (default: every share and statement); may be given several times. With --with-amounts NAME[:KEYCOLUMN] is the column of the old file; OURS=NAME[:KEYCOLUMN] where ours has another name',
  group: "add up by this column of the people's table",
  set: 'another number in the rules, such as pool_rate=15% or "support.45% response=50%"; may be given several times; nothing is written into the rules',
  compareOut: 'write the workbook with the sheets Allot Compare and Allot Compare Totals to this .xlsx',
  nothingToCompare:
    'Say what to compare with: --with-as-of DATE, --with-rules FILE.allot, --with-book BOOK, --with-amounts FILE, or --set NAME=VALUE.',
  amountsAlone: '--with-amounts compares with a file: leave the other --with options out.',
  amountsColumn: 'Name one column of the old file: --column NAME, or --column OURS=NAME:KEYCOLUMN.',
  setAndOut:
    '--set only tries a number out, so its results are not written. Change the rules to pay by them; `allot compare --set … --out` writes the differences.',
  comparing: 'comparing',
  unclearSet: (asked) => `Write --set NAME=VALUE, such as --set pool_rate=15%, instead of ${asked}.`,
  unknownSet: (asked, there) =>
    `No number in the rules in force is called ${asked}. There are:\n${listed(there, (n) => `… ${n} more`)}`,
  badSet: (asked) => `--set takes a number such as 15% or 0.15: ${asked}`,
  unknownColumn: (name, there) =>
    `There is no column ${name}. There are:\n${listed(there, (n) => `… ${n} more`)}`,
  adjust:
    'Say what is still due, or was paid too much, for paid periods: new amounts less paid and adjusted ones; with --out give it',
  paidRuns: 'the number of the paid run in the ledger; may be given several times',
  adjustOut:
    'give the adjustments of a locked run: write their sheets, a record and a row of the ledger to this .xlsx; wants --by. The book itself is only replaced if it is named here',
  adjustColumns:
    'the column to show (default: every share and statement); may be given several times. What is written has all of them',
  adjustWhich: 'Say which paid run: --run NUMBER, as in the ledger.',
  adjustNoOut: '--by, --sign and --override go with --out: without it nothing is written.',
  adjustNoName: '--out writes into the ledger: say who gives the adjustments with --by NAME.',
  adjustOne: 'With --out one run is adjusted at a time: give --run once.',
  adjustWhole: 'With --out all that is due is given: leave --column out.',
  adjusted: (row, run) =>
    `Adjusted run ${run} in row ${row.Number} of the ledger, as of ${row['As of']}, by ${row.By}${
      row.Totals === '' ? '' : `: ${row.Totals}`
    }${/; override: /.test(row.Note) ? ` (${row.Note.slice(row.Note.indexOf('override'))})` : ''}`,
  badRun: 'Write the number of a run, such as 3.',
  noRun: (run, there) =>
    there.length === 0
      ? 'Nothing has been paid with this book: its ledger has no paid run.'
      : `The ledger has no paid run ${run}. Paid runs: ${there.join(', ')}`,
  noRecord: (run) => `The record of run ${run} is not in this book, so nobody knows what was paid.`,
  brokenLedger: (run) => `The record of run ${run} was changed; \`allot verify\` says more.`,
};

const ZH: CompareTexts = {
  compare: '说明谁的薪酬有变化、变化多少及原因：两个计薪日、两份规则或两个工作簿',
  withAsOf: '与此计薪日比较',
  withRules: '与此文本规则文件比较',
  withBook: '与此工作簿或文件夹比较',
  withAmounts: '与旧薪酬表（.csv 或 .xlsx）中的金额比较，旧金额视为“之前”',
  columns:
    '要比较的列（默认为所有分配项和工资条），可多次使用。与 --with-amounts 同用时，NAME[:KEYCOLUMN] 为旧文件中的列；名称不同时写 本表列=NAME[:KEYCOLUMN]',
  group: '按人员数据表的此列汇总',
  set: '试用规则中的另一数值，如 pool_rate=15% 或 "support.45% response=50%"，可多次使用；不改动规则',
  compareOut: '把带有 Allot Compare 和 Allot Compare Totals 表的工作簿写入此 .xlsx',
  nothingToCompare:
    '请写明与什么比较：--with-as-of 日期、--with-rules 文件.allot、--with-book 工作簿、--with-amounts 文件，或 --set 名称=数值。',
  amountsAlone: '--with-amounts 只与文件比较，请去掉其他 --with 选项。',
  amountsColumn: '请写明旧文件中的一列：--column NAME，或 --column 本表列=NAME:KEYCOLUMN。',
  setAndOut: '--set 只是试算，不写入结果。要按此发放请修改规则；`allot compare --set … --out` 可写入差额。',
  comparing: '正在比较',
  unclearSet: (asked) => `请写成 --set 名称=数值（如 --set pool_rate=15%），而不是 ${asked}。`,
  unknownSet: (asked, there) =>
    `有效的规则中没有名为“${asked}”的数值。可用的有：\n${listed(there, (n) => `…… 另有 ${n} 个`)}`,
  badSet: (asked) => `--set 的值须为数值，如 15% 或 0.15：${asked}`,
  unknownColumn: (name, there) => `没有“${name}”列。可用的有：\n${listed(there, (n) => `…… 另有 ${n} 个`)}`,
  adjust: '说明已发放期间尚应补发或多发的金额：新金额减已发和已补差的金额；加 --out 则写入补差',
  paidRuns: '台账中的发放号，可多次使用',
  adjustOut:
    '对已锁定的发放作补差：把补差表、记录和一行台账写入此 .xlsx，须同时使用 --by；只有在此写明原文件时才会覆盖原文件',
  adjustColumns: '要显示的列（默认为所有分配项和工资条），可多次使用；写入时总是全部列',
  adjustWhich: '请用 --run 写明台账中的发放号。',
  adjustNoOut: '--by、--sign 和 --override 须与 --out 同用：没有 --out 则不写入任何内容。',
  adjustNoName: '--out 会写入台账：请用 --by 写明经办人。',
  adjustOne: '使用 --out 时每次只对一次发放补差，请只写一个 --run。',
  adjustWhole: '使用 --out 时补差包括所有列，请去掉 --column。',
  adjusted: (row, run) =>
    `已对第 ${run} 号发放补差，记入台账第 ${row.Number} 号，计薪日 ${row['As of']}，经办人 ${row.By}${
      row.Totals === '' ? '' : `：${row.Totals}`
    }${/; override: /.test(row.Note) ? `（${row.Note.slice(row.Note.indexOf('override'))}）` : ''}`,
  badRun: '请填写发放号，如 3。',
  noRun: (run, there) =>
    there.length === 0
      ? '此工作簿尚未发放过：台账中没有发放记录。'
      : `台账中没有第 ${run} 号发放。已有：${there.join('、')}`,
  noRecord: (run) => `此工作簿中没有第 ${run} 号发放的记录，无法得知已发金额。`,
  brokenLedger: (run) => `第 ${run} 号发放的记录已被改动，详见 \`allot verify\`。`,
};

export function compareTexts(language: Language): CompareTexts {
  return language === 'en' ? EN : ZH;
}

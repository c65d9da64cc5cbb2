import type { LedgerCells } from '../audit/index.ts';
import type { Stats } from '../engine/columns/index.ts';
import { grouped } from '../exact/grouped.ts';
import type { Language } from '../problems/messages/index.ts';
import type { CallLeft } from '../workbook/xlsx/freezeLeft.ts';

const count = (n: number): string => grouped(String(n));
const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(2);

/** How a run went: milliseconds, and what did not stay in the integers. */
export interface HowComputed extends Readonly<Stats> {
  readonly read: number;
  readonly evaluated: number;
  /** Computed columns in all. */
  readonly columns: number;
}

/** What the command line says about itself, in one language. */
export interface Texts {
  readonly about: string;
  readonly check: string;
  readonly run: string;
  readonly explain: string;
  readonly rules: string;
  readonly freeze: string;
  readonly pay: string;
  readonly lock: string;
  readonly propose: string;
  readonly approve: string;
  readonly verify: string;
  readonly keys: string;
  readonly whatWould: string;
  readonly review: string;
  readonly column: string;
  readonly rowKey: string;
  readonly lower: string;
  readonly all: string;
  readonly reviewOut: string;
  readonly badHtml: string;
  readonly book: string;
  readonly name: string;
  readonly key: string;
  readonly asOf: string;
  readonly asOfToday: string;
  readonly out: string;
  readonly json: string;
  readonly stats: string;
  readonly computedSo: (how: HowComputed) => string;
  readonly lang: string;
  readonly from: string;
  readonly rulesOut: string;
  readonly freezeOut: string;
  readonly format: string;
  readonly help: string;
  readonly version: string;
  readonly after: string;
  readonly badDate: string;
  readonly badLanguage: string;
  readonly badOut: string;
  readonly badFrom: string;
  readonly fromAndOut: string;
  /** What became of the cells of a sheet: how many hold values now, how many of these show an error. */
  readonly frozenSheet: (sheet: string, cells: number, errors: number) => string;
  readonly nothingFrozen: string;
  readonly namesRemoved: (names: readonly string[]) => string;
  /** A place that goes on calling our functions. */
  readonly callLeft: (what: CallLeft) => string;
  readonly runHasErrors: (count: number) => string;
  readonly by: string;
  readonly override: string;
  readonly sign: string;
  readonly ledgerOut: string;
  readonly runNumber: string;
  readonly withdraw: string;
  readonly anchor: string;
  readonly publicKey: string;
  readonly keysOut: string;
  readonly badRun: string;
  readonly badAnchor: string;
  readonly badPrivateKey: (file: string) => string;
  readonly badPublicKey: (text: string) => string;
  readonly paid: (row: LedgerCells) => string;
  readonly locked: (row: LedgerCells, run: string) => string;
  /** Why the results of a period are not written. */
  readonly lockedRun: (day: string, run: string) => string;
  readonly stepTaken: (row: LedgerCells) => string;
  readonly overrideUnused: string;
  readonly anchorIs: (line: string) => string;
  readonly keyMade: (file: string) => string;
  readonly internal: (what: string) => string;
  readonly internalHelp: string;
  readonly tryHelp: string;
  readonly reading: string;
  readonly computing: string;
  readonly writing: string;
  /** Titles of commander's help. */
  title(english: string): string;
  /** What is wrong with the command: commander's code, its own sentence, what it names. */
  usage(code: string, english: string): string;
}

const EN: Texts = {
  about: 'Pay rules that are exact, readable and explainable: checks and runs the rules of a workbook.',
  check: 'Say what is wrong in the rules, without computing anything',
  run: 'Compute the rules as of a date; show the results, or write them into a workbook',
  explain: 'Say how a value came about, down to the cells',
  rules: 'Print the rules as text, or put rules from a text file into a workbook',
  freeze: "Save a copy with values in place of Allot's functions, for people without the add-in",
  pay: 'Compute and pay: write the results, and a row of the ledger that proves them',
  lock: 'Close the period of a paid run, so that it is never paid again',
  propose: 'Propose the rules as they are now, for somebody else to approve',
  approve: 'Approve the rules as they are now, which somebody else proposed',
  verify: 'Say what was changed since which paid run: ledger, rules, data or amounts',
  keys: 'Make a pair of keys to sign payments with',
  whatWould: "Say what each of a person's inputs would have to be for another result",
  review: 'Review the rules for an auditor: where each is used, by how much money, what nobody meets',
  column: 'a computed column, such as a share; Table[column] where several tables have it',
  rowKey: 'key of the row',
  lower: 'say what would lower it, too',
  all: 'show every answer',
  reviewOut: 'write the review as a page that prints to this .html',
  badHtml: 'Write the name of the .html file to be written, such as review.html.',
  book: 'an .xlsx workbook, or a folder of CSV tables and .allot rules',
  name: 'a rule or a computed column; Table[column] where several tables have it',
  key: 'key of the row, for a column',
  asOf: 'the date that decides which rules are in force, such as 2026-03-31',
  asOfToday: 'the date that decides which rules are in force (default: today)',
  out: 'write the workbook with result sheets to this .xlsx; nothing is written where there is an error. The book itself is only replaced if it is named here',
  json: 'print one JSON object on stdout',
  stats: 'say in the end how long it took, and what did not stay in whole numbers',
  computedSo: (how) =>
    [
      `Read in ${seconds(how.read)} s, evaluated in ${seconds(how.evaluated)} s.`,
      `${count(how.streamed)} of ${count(how.columns)} computed columns are computed where they are read.`,
      `${count(how.boxed)} values were computed one by one as fractions; ${count(how.pairs)} pairs of rows were looked at.`,
      `The plain evaluator was asked about ${count(how.asked)} rows.`,
    ].join('\n'),
  lang: 'language of messages: en or zh-CN (default: that of LC_ALL, LC_MESSAGES or LANG)',
  from: 'a text file of rules to put into the workbook in place of its own',
  rulesOut: 'the .xlsx to write, with --from',
  freezeOut: 'the .xlsx to write; the book itself is only replaced if it is named here',
  format: 'print the rules in their canonical form rather than as they are written',
  help: 'show help',
  version: 'show the version',
  after: `
Examples:
  allot check pay.xlsx
  allot run pay.xlsx --as-of 2026-03-31 --out pay-2026-03.xlsx
  allot explain pay.xlsx --as-of 2026-03-31 reward E1007
  allot rules pay.xlsx > pay.allot
  allot freeze pay.xlsx --out pay-values.xlsx
  allot pay pay.xlsx --as-of 2026-03-31 --by Finance --out paid-2026-03.xlsx
  allot verify paid-2026-03.xlsx
  allot compare pay.xlsx --as-of 2026-02-28 --with-as-of 2026-03-31
  allot run pay.xlsx --as-of 2026-03-31 --set pool_rate=15%

Exit status: 0 done; 1 the rules or the data have errors; 2 the command or a file is wrong.`,
  badLanguage: 'Write en or zh-CN.',
  badOut: 'Write the name of the .xlsx file to be written, such as pay-2026-03.xlsx.',
  badFrom: 'Name a text file of rules, such as pay.allot; `allot rules BOOK > pay.allot` writes one.',
  badDate: 'Write a date such as 2026-03-31.',
  fromAndOut: '--from and --out go together: --from FILE.allot --out NEW.xlsx',
  frozenSheet: (sheet, cells, errors) =>
    `  ${sheet}: ${cells === 1 ? '1 formula is' : `${cells} formulas are`} a value now${
      errors === 0 ? '' : `, ${errors} of them an Excel error`
    }`,
  nothingFrozen: "  No cell calls a function of Allot's: the copy is the same as the book.",
  namesRemoved: (names) =>
    `Taken away, since they stood for functions of Allot's: the name${names.length === 1 ? '' : 's'} ${names.join(', ')}`,
  callLeft: (what) => {
    switch (what.kind) {
      case 'conditional format':
        return `Still calls Allot, as it keeps no value: the conditional format of ${what.sheet}!${what.ref}`;
      case 'data validation':
        return `Still calls Allot, as it keeps no value: the data validation of ${what.sheet}!${what.ref}`;
      case 'other':
        return `Still calls Allot, as it keeps no value: ${what.part}`;
      default: {
        const never: never = what;
        return never;
      }
    }
  },
  by: 'who does this; kept in the ledger',
  override: 'pay with rules that are not approved, for this reason, which the ledger keeps',
  sign: 'sign the row of the ledger with the private key in this file (see allot keys)',
  ledgerOut: 'the .xlsx to write, with the ledger; the book itself is only replaced if it is named here',
  runNumber: 'the number of the paid run in the ledger',
  withdraw: 'take the proposal back: the rules are a draft again',
  anchor: 'a line that was kept elsewhere (allot:3:…): proves the ledger up to its row',
  publicKey:
    'a public key (allot-key:…), or a file that holds one: every payment must be signed with it. May be given several times',
  keysOut: 'the file for the private key; keep it outside the workbook',
  badRun: 'Write the number of a run, such as 3.',
  badAnchor: 'Write an anchor line as allot pay prints it: allot:3:<digest>:2026-03-31.',
  badPrivateKey: (file) => `${file} holds no private key of Ed25519; allot keys makes one.`,
  badPublicKey: (text) => `This is no public key of Ed25519: ${text}. allot keys prints one (allot-key:…).`,
  paid: (row) =>
    `Paid as run ${row.Number}, as of ${row['As of']}, by ${row.By}${row.Totals === '' ? '' : `: ${row.Totals}`}${
      row.Note === '' ? '' : ` (${row.Note})`
    }`,
  locked: (row, run) => `Locked the period ${row['As of']} (run ${run}), by ${row.By}`,
  lockedRun: (day, run) =>
    `The period ${day} is locked (run ${run}), so its results are not written anew. \`allot adjust --run ${run}\` gives what is to be paid in addition; without --out the results are only shown, and another --as-of date can be written.`,
  stepTaken: (row) =>
    row.Event === 'draft'
      ? `The rules are a draft again, says ${row.By}`
      : `The rules are ${row.Event} by ${row.By}`,
  overrideUnused: '--override was not needed: the rules may be paid with as they are.',
  anchorIs: (line) => `Anchor: ${line}`,
  keyMade: (file) => `Wrote the private key to ${file}; above is the public one.`,
  runHasErrors: (n) =>
    `This run has ${n === 1 ? 'an error' : `${n} errors`}, so there are no results; \`allot run\` shows ${n === 1 ? 'it' : 'them'}.`,
  internal: (what) => `internal error: ${what}`,
  internalHelp:
    'This is a mistake in Allot, not in your book. Please report it with the command and, if you may share them, the rules. ALLOT_DEBUG=1 shows where it happened.',
  tryHelp: 'See allot --help.',
  reading: 'reading',
  computing: 'computing',
  writing: 'writing',
  title: (english) => english,
  usage: (_code, english) => english,
};

const TITLES_ZH: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Commands:': '命令：',
};

const ZH: Texts = {
  about: '精确、易读、可追溯的薪酬规则：检查并计算工作簿中的规则。',
  check: '检查规则中的问题，不作计算',
  run: '按计薪日计算规则，显示结果或写入工作簿',
  explain: '说明某个值的来历，直至单元格',
  rules: '以文本形式输出规则，或把文本规则放入工作簿',
  freeze: '另存一份以数值代替 Allot 函数的副本，供未安装加载项的同事使用',
  pay: '计算并发放：写入结果，并在台账中记一行以资证明',
  lock: '锁定某次发放的期间，此后不再重新发放',
  propose: '提交当前规则，由他人批准',
  approve: '批准他人提交的当前规则',
  verify: '说明自哪次发放以来改动了什么：台账、规则、数据或金额',
  keys: '生成一对用于签名的密钥',
  whatWould: '说明某人的各项数据须为多少，结果才会不同',
  review: '供审计人员审阅规则：每条规则用于何处、涉及多少金额、哪些规则无人适用',
  column: '计算列（如分配项）的名称；多个数据表都有该列时写 数据表[列]',
  rowKey: '行的编号',
  lower: '同时说明什么会使其减少',
  all: '显示全部答案',
  reviewOut: '把审阅结果写成可打印的网页（.html）',
  badHtml: '请填写要写入的 .html 文件名，如 审阅.html。',
  book: '.xlsx 工作簿，或存放 CSV 数据表和 .allot 规则的文件夹',
  name: '规则或计算列的名称；多个数据表都有该列时写 数据表[列]',
  key: '行的编号（用于列）',
  asOf: '计薪日，决定哪些规则有效，如 2026-03-31',
  asOfToday: '计薪日，决定哪些规则有效（默认为今天）',
  out: '把带有结果表的工作簿写入此 .xlsx；有错误时不写入任何内容。只有在此写明原文件时才会覆盖原文件',
  json: '在标准输出中输出一个 JSON 对象',
  stats: '最后说明用时，以及哪些值不能全程按整数计算',
  computedSo: (how) =>
    [
      `读取用时 ${seconds(how.read)} 秒，计算用时 ${seconds(how.evaluated)} 秒。`,
      `${count(how.columns)} 个计算列中，有 ${count(how.streamed)} 个在读取时才计算。`,
      `${count(how.boxed)} 个值逐个按分数计算；逐对查看了 ${count(how.pairs)} 对行。`,
      `有 ${count(how.asked)} 行交由逐值求值器处理。`,
    ].join('\n'),
  lang: '消息语言：en 或 zh-CN（默认取自 LC_ALL、LC_MESSAGES 或 LANG）',
  from: '文本规则文件，用以替换工作簿中的规则',
  rulesOut: '要写入的 .xlsx，与 --from 同用',
  freezeOut: '要写入的 .xlsx；只有在此写明原文件时才会覆盖原文件',
  format: '按规范格式输出规则，而非原样输出',
  help: '显示帮助',
  version: '显示版本号',
  after: `
示例：
  allot check 薪酬.xlsx
  allot run 薪酬.xlsx --as-of 2026-03-31 --out 薪酬-2026-03.xlsx
  allot explain 薪酬.xlsx --as-of 2026-03-31 支撑奖励 E1007
  allot rules 薪酬.xlsx > 薪酬.allot
  allot freeze 薪酬.xlsx --out 薪酬-数值.xlsx
  allot pay 薪酬.xlsx --as-of 2026-03-31 --by 王敏 --out 薪酬-2026-03.xlsx
  allot verify 薪酬-2026-03.xlsx
  allot compare 薪酬.xlsx --as-of 2026-02-28 --with-as-of 2026-03-31
  allot run 薪酬.xlsx --as-of 2026-03-31 --set 分配比例=15%

退出码：0 完成；1 规则或数据有错误；2 命令或文件有误。`,
  badLanguage: '请填写 en 或 zh-CN。',
  badOut: '请填写要写入的 .xlsx 文件名，如 薪酬-2026-03.xlsx。',
  badFrom: '请填写文本规则文件，如 薪酬.allot；可用 allot rules BOOK > 薪酬.allot 生成。',
  badDate: '请填写日期，如 2026-03-31。',
  fromAndOut: '--from 与 --out 须同时使用：--from FILE.allot --out NEW.xlsx',
  frozenSheet: (sheet, cells, errors) =>
    `  ${sheet}：${cells} 个公式已改为数值${errors === 0 ? '' : `，其中 ${errors} 个为 Excel 错误值`}`,
  nothingFrozen: '  没有单元格调用 Allot 函数，副本与原工作簿相同。',
  namesRemoved: (names) => `已删除代表 Allot 函数的名称：${names.join('、')}`,
  callLeft: (what) => {
    switch (what.kind) {
      case 'conditional format':
        return `仍在调用 Allot（无存储值）：${what.sheet}!${what.ref} 的条件格式`;
      case 'data validation':
        return `仍在调用 Allot（无存储值）：${what.sheet}!${what.ref} 的数据验证`;
      case 'other':
        return `仍在调用 Allot（无存储值）：${what.part}`;
      default: {
        const never: never = what;
        return never;
      }
    }
  },
  by: '经办人，记入台账',
  override: '以未经批准的规则发放的理由，记入台账',
  sign: '用此文件中的私钥为台账行签名（见 allot keys）',
  ledgerOut: '要写入的 .xlsx（含台账）；只有在此写明原文件时才会覆盖原文件',
  runNumber: '台账中的发放号',
  withdraw: '撤回提交：规则恢复为草稿',
  anchor: '另行保存的锚定行（allot:3:…），证明台账至该行未被改动',
  publicKey: '公钥（allot-key:…）或存放公钥的文件：每次发放都须有其签名。可多次指定',
  keysOut: '存放私钥的文件，请保存在工作簿之外',
  badRun: '请填写发放号，如 3。',
  badAnchor: '请填写 allot pay 给出的锚定行：allot:3:<摘要>:2026-03-31。',
  badPrivateKey: (file) => `${file} 中没有 Ed25519 私钥，可用 allot keys 生成。`,
  badPublicKey: (text) => `不是 Ed25519 公钥：${text}。allot keys 会给出公钥（allot-key:…）。`,
  paid: (row) =>
    `已发放，第 ${row.Number} 号，计薪日 ${row['As of']}，经办人 ${row.By}${row.Totals === '' ? '' : `：${row.Totals}`}${
      row.Note === '' ? '' : `（${row.Note}）`
    }`,
  locked: (row, run) => `已锁定期间 ${row['As of']}（第 ${run} 号发放），经办人 ${row.By}`,
  lockedRun: (day, run) =>
    `期间 ${day} 已锁定（第 ${run} 号发放），不再重新写入结果。补发差额请用 allot adjust --run ${run}；不加 --out 可只查看结果，也可写入其他计薪日（--as-of）的结果。`,
  stepTaken: (row) =>
    row.Event === 'draft'
      ? `规则已由 ${row.By} 撤回为草稿`
      : `规则已由 ${row.By} ${row.Event === 'approved' ? '批准' : '提交'}`,
  overrideUnused: '无需 --override：当前规则可以直接发放。',
  anchorIs: (line) => `锚定行：${line}`,
  keyMade: (file) => `私钥已写入 ${file}，以上为公钥。`,
  runHasErrors: (n) => `本次计算有 ${n} 个错误，未输出结果；详见 allot run。`,
  internal: (what) => `内部错误：${what}`,
  internalHelp:
    '这是 Allot 自身的错误，与您的文件无关。请附上所用命令（如可提供，连同规则）反馈给我们。设置 ALLOT_DEBUG=1 可显示出错位置。',
  tryHelp: '详见 allot --help。',
  reading: '读取',
  computing: '计算',
  writing: '写入',
  title: (english) => TITLES_ZH[english] ?? english,
  usage: (code, english) => {
    const named = [...english.matchAll(/'([^']*)'/g)].map(([, name]) => name ?? '');
    const [first = '', second = ''] = named;
    switch (code) {
      case 'commander.unknownOption':
        return `错误：没有选项 ${first}`;
      case 'commander.unknownCommand':
        return `错误：没有命令 ${first}`;
      case 'commander.missingArgument':
        return `错误：缺少参数 ${first}`;
      case 'commander.optionMissingArgument':
        return `错误：选项 ${first} 缺少值`;
      case 'commander.missingMandatoryOptionValue':
        return `错误：必须指定选项 ${first}`;
      case 'commander.invalidArgument':
        return `错误：选项 ${first} 的值 ${second} 无效。${/(?<=\. ?)请.*$/.exec(english)?.[0] ?? ''}`;
      case 'commander.excessArguments':
        return '错误：参数过多';
      default:
        return english;
    }
  },
};

/** The texts of a language. */
export function texts(language: Language): Texts {
  return BY_LANGUAGE[language];
}

const BY_LANGUAGE: Readonly<Record<Language, Texts>> = { en: EN, 'zh-CN': ZH };

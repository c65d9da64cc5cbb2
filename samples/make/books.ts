import { readFileSync } from 'node:fs';
import type { OutputCell, SourceLine } from '../../src/workbook/port.ts';
import { broadcastTables } from './broadcast.ts';
import { BLANK, cents, rate, type SampleTable, text, whole } from './cells.ts';
import { type Making, making } from './making.ts';
import { SENTENCES } from './sentences.ts';
import { smallTables } from './small.ts';
import { translateLine, translateTable } from './translate.ts';
import { CHINESE } from './words.ts';

/** A workbook as its maker sees it: the rule sheet, pages for people, and tables. */
export interface SampleBook {
  readonly file: string;
  readonly rules: { readonly sheet: string; readonly lines: readonly SourceLine[] };
  /** Sheets that no rule reads. Their first row is blank: a heading row would make tables of them. */
  readonly pages: readonly { readonly sheet: string; readonly rows: readonly (readonly OutputCell[])[] }[];
  readonly tables: readonly SampleTable[];
  readonly names: readonly { readonly name: string; readonly sheet: string; readonly cell: string }[];
}

/** A rule text as the lines of a rule sheet: two spaces a level. */
function ruleLines(source: string): readonly SourceLine[] {
  return source
    .trimEnd()
    .split('\n')
    .map((line) => {
      const written = line.trimStart();
      return { depth: (line.length - written.length) / 2, text: written };
    });
}

const readRules = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');

const page = (lines: readonly string[]): readonly (readonly OutputCell[])[] => [
  [],
  ...lines.map((line) => (line === '' ? [] : [text(line)])),
];

interface Parameter {
  readonly english: string;
  readonly chinese: string;
  readonly value: OutputCell;
  /** The defined name of its value, where a rule uses it. */
  readonly name?: readonly [english: string, chinese: string];
}

/** What the company showed in September 2025, before the reform. */
const BEFORE: readonly Parameter[] = [
  {
    english: 'Services sold in the month',
    chinese: '当月业务量(户)',
    value: whole(31_450),
    name: ['business_before', '改革前业务量'],
  },
  {
    english: 'Customers with 5G',
    chinese: '5G渗透率',
    value: rate(400),
    name: ['penetration_before', '改革前5G渗透率'],
  },
  { english: 'Hours until the first answer', chinese: '平均响应时间(小时)', value: cents(400) },
  { english: 'Complaints resolved', chinese: '投诉解决率', value: rate(850) },
  { english: 'Complaints for each service sold', chinese: '投诉率', value: rate(120) },
  { english: 'Cooperation found good', chinese: '协作满意率', value: rate(600) },
  { english: 'Customer satisfaction', chinese: '客户满意度', value: rate(780) },
];

function parameters(language: 'english' | 'chinese'): readonly (readonly OutputCell[])[] {
  const title =
    language === 'english'
      ? 'September 2025, the last month before the reform; the named cells are used by the rules'
      : '2025年9月,改革前最后一个月;有名称的单元格供规则使用';
  return [
    [],
    [text(title)],
    [],
    ...BEFORE.map((p) => [
      text(p[language]),
      p.value,
      p.name === undefined ? BLANK : text(p.name[language === 'english' ? 0 : 1]),
    ]),
  ];
}

const names = (sheet: string, language: 0 | 1): SampleBook['names'] =>
  BEFORE.flatMap((p, i) =>
    p.name === undefined ? [] : [{ name: p.name[language], sheet, cell: `B${i + 4}` }],
  );

const ABOUT: readonly string[] = [
  'A provincial broadcast network, made up by a seeded script: no person, customer or figure is real.',
  '',
  'Two quarters, October 2025 to March 2026. The reform starts on 1 November, the 5G campaign on 1 January.',
  'The rules pay one month at a time: choose a last day of a month between 2025-10-31 and 2026-03-31 as the as-of date.',
  '',
  'Rules: what is paid for what. Parameters: the company before the reform.',
  'Staff, Departments, Posts, Grades, Months, SupportMap, Customers: who and what there is.',
  'Complaints, Tickets, Expenses, Feedback, Sales, Satisfaction, Cooperation, Attendance: what happened, one row each.',
  'DailyComplaints: complaints a day for three years, with the public holidays.',
];

const ABOUT_CHINESE: readonly string[] = [
  '一家省级广电网络公司,由带种子的脚本生成:人员、客户和数字都不是真的。',
  '',
  '两个季度,2025年10月至2026年3月。改革自11月1日起,5G攻坚自1月1日起。',
  '规则每次计算一个月:计薪日请选2025-10-31至2026-03-31之间的月末。',
  '',
  '规则:做到什么发多少。参数:改革前的公司。',
  '员工、部门、岗位、等级、月份、支撑关系、客户:有哪些人和事物。',
  '投诉、工单、报销、反馈、业务、满意度、协作调查、考勤:发生了什么,一行一件。',
  '每日投诉:三年来每天的投诉量和节假日。',
];

const ABOUT_SMALL: readonly string[] = [
  'Twelve people and one month, made up: every figure can be checked by hand.',
  'As-of date: 2026-03-31. (2026-02-28 works too, with one ticket, one sale and one late arrival.)',
];

/** The three workbooks. The two big ones are one model in two languages. */
export function sampleBooks(made: Making = making()): readonly SampleBook[] {
  const tables = broadcastTables(made);
  const rules = readRules('broadcast.allot');
  const chinese = rules
    .trimEnd()
    .split('\n')
    .map((line) => translateLine(line, CHINESE, SENTENCES))
    .join('\n');
  return [
    {
      file: 'small.xlsx',
      rules: { sheet: 'Rules', lines: ruleLines(readRules('small.allot')) },
      pages: [{ sheet: 'About', rows: page(ABOUT_SMALL) }],
      tables: smallTables(),
      names: [],
    },
    {
      file: 'broadcast.xlsx',
      rules: { sheet: 'Rules', lines: ruleLines(rules) },
      pages: [
        { sheet: 'About', rows: page(ABOUT) },
        { sheet: 'Parameters', rows: parameters('english') },
      ],
      tables,
      names: names('Parameters', 0),
    },
    {
      file: '广电.xlsx',
      rules: { sheet: '规则', lines: ruleLines(chinese) },
      pages: [
        { sheet: '说明', rows: page(ABOUT_CHINESE) },
        { sheet: '参数', rows: parameters('chinese') },
      ],
      tables: tables.map((t) => translateTable(t, CHINESE)),
      names: names('参数', 1),
    },
  ];
}

import type { Language } from '../../../grammar/keywords.ts';

/** What a template names and says. */
export interface TemplateWords {
  readonly title: string;
  readonly intro: readonly string[];
  readonly unit: string;
  readonly tables: string;
  readonly month: string;
  readonly rate: string;
  readonly rateNote: string;
  readonly pool: string;
  readonly poolNote: string;
  readonly total: string;
  readonly totalNote: string;
  readonly reward: string;
  readonly shareNote: string;
  readonly capNote: string;
  readonly checkNote: string;
  readonly checkText: string;
  readonly rows: string;
  readonly rowsText: string;
  readonly rowsNote: string;
  readonly noTables: readonly string[];
  totalOf(amount: string): string;
  reference(table: string): string;
}

const EN: TemplateWords = {
  title: 'PAY RULES',
  intro: [
    'One row is one line; lines that belong to the one above begin one column further right.',
    'Whatever follows # is a note. Change rates, names and conditions to what you have agreed.',
  ],
  unit: 'What money is settled to',
  tables: 'The tables, and the column that tells their rows apart',
  month: 'To count only the month of the as-of date, end the line of the table with',
  rate: 'pool_rate',
  rateNote: 'What part goes into the pool; a second line with a date is its next version',
  pool: 'pool',
  poolNote: 'The pool, rounded to the unit',
  total: 'total',
  totalNote: 'What each row of the table brought in',
  reward: 'reward',
  shareNote: 'The pool is shared to the last unit, in proportion to what stands after “by”',
  capNote: 'the most that one of them gets',
  checkNote: 'What must hold: otherwise nothing is paid',
  checkText: 'more than the pool was shared',
  rows: 'number_of_rows',
  rowsText: 'there is nothing in the table',
  rowsNote: 'How many rows there are; next, compute columns with “each” and share a pool with “share”',
  noTables: [
    'There is no table here yet that rules can speak of: it needs headings, and a column that tells its rows apart.',
    'A first rule is a name and what it stands for:',
  ],
  totalOf: (amount) => `${amount}_total`,
  reference: (table) => `each must be a key of ${table}`,
};

const ZH: TemplateWords = {
  title: '薪酬规则',
  intro: [
    '一行一条；属于上一行的内容，向右错开一列书写。',
    '# 之后是说明文字。请把比例、名称和条件改成你们商定的内容。',
  ],
  unit: '金额取整的最小单位',
  tables: '数据表，以及用来区分各行的列',
  month: '只计算计薪日所在的月份时，在数据表这一行的末尾加上',
  rate: '奖励比例',
  rateNote: '进入奖励池的比例；再写一行并注明日期，就是它的下一个版本',
  pool: '奖励池',
  poolNote: '奖励池，取整到最小单位',
  total: '合计',
  totalNote: '每一行的贡献',
  reward: '奖励',
  shareNote: '奖励池按“按”后面的数成比例分配，分毫不差',
  capNote: '每人至多分得多少',
  checkNote: '必须成立的条件：否则不发放',
  checkText: '分配超过奖励池',
  rows: '行数',
  rowsText: '表中没有内容',
  rowsNote: '表中的行数；接下来可用“每个”计算新列，用“分配”分配总额',
  noTables: [
    '还没有规则可以使用的数据表：表要有标题行，并有一列能区分各行。',
    '最简单的规则是一个名称和它的值：',
  ],
  totalOf: (amount) => `${amount}合计`,
  reference: (table) => `必须是 ${table} 中的编号`,
};

const BY_LANGUAGE: Readonly<Record<Language, TemplateWords>> = { en: EN, zh: ZH };

export function templateWords(language: Language): TemplateWords {
  return BY_LANGUAGE[language];
}

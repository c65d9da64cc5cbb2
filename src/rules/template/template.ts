import { KEYWORDS, type KeywordId, keywordText, type Language } from '../../../grammar/keywords.ts';
import { foldName } from '../../../grammar/tree.ts';
import type { SourceLine } from '../../workbook/port.ts';
import { AGGREGATES, FUNCTIONS } from '../calls.ts';
import { bracketText, writtenName } from '../writtenName.ts';
import type { ColumnFacts, TableFacts } from './facts.ts';
import { templateWords } from './words.ts';

export interface TemplateOptions {
  /** Names that are taken: of other rules, and the workbook's own. */
  readonly taken?: Iterable<string>;
  /** Whether there are other rules, which say what the unit is and describe the tables. */
  readonly more?: boolean;
}

/** A table whose rows earn something, told apart by its key, and what they earn it by. */
type Plan =
  | {
      readonly kind: 'facts';
      readonly people: TableFacts;
      readonly facts: TableFacts;
      readonly reference: string;
      readonly amount: ColumnFacts;
      readonly date: string | null;
    }
  | { readonly kind: 'amount'; readonly people: TableFacts; readonly amount: ColumnFacts }
  | { readonly kind: 'rows'; readonly people: TableFacts }
  | { readonly kind: 'none' };

/**
 * A small rule file to start from: it shares a pool among the rows of one table by what another one says of them, as far
 * as the tables allow. It has no problems over the tables of which the facts are, and those are all it speaks of.
 */
export function ruleTemplate(
  tables: readonly TableFacts[],
  language: Language,
  { taken = [], more = false }: TemplateOptions = {},
): readonly SourceLine[] {
  const w = templateWords(language);
  const k = (id: KeywordId): string => keywordText(id, language);
  const fresh = freshNames(tables, taken);
  const plan = planOf(tables);
  const lines: SourceLine[] = [];
  const line = (text: string, depth = 0): void => void lines.push({ depth, text });
  const note = (text: string, depth = 0): void => line(`# ${text}`, depth);
  const blank = (): void => line('');

  note(w.title);
  for (const text of w.intro) note(text);
  if (!more) {
    blank();
    note(w.unit);
    line(`${k('unit')} 0.01`);
  }
  switch (plan.kind) {
    case 'none':
      blank();
      for (const text of w.noTables) note(text);
      line(`${fresh(w.rate)} = 10%`);
      break;
    case 'rows':
      describe(plan.people);
      blank();
      note(w.rowsNote);
      rowsOf(plan.people);
      break;
    case 'amount':
      describe(plan.people);
      shareBy(plan.people, plan.amount, null);
      break;
    case 'facts':
      describe(plan.people);
      describe(plan.facts, plan.reference, plan.date);
      shareBy(plan.people, plan.amount, plan);
      break;
    default: {
      const never: never = plan;
      return never;
    }
  }
  return lines;

  function describe(table: TableFacts, reference: string | null = null, date: string | null = null): void {
    if (more) return;
    if (reference === null) {
      blank();
      note(w.tables);
    }
    line(`${k('table')} ${name(table.name)} ${k('key')} ${name(table.key)}`);
    if (reference === null) return;
    const other = table.references.find(({ heading }) => heading === reference)?.table ?? '';
    line(`${name(reference)} ${k('in')} ${name(other)}  # ${w.reference(other)}`, 1);
    if (date === null) return;
    const day = `date(${name(date)})`;
    note(`${w.month}:`);
    note(`  ${k('where')} ${day} > eomonth(${k('asOf')}, -1) ${k('and')} ${day} <= ${k('asOf')}`);
  }

  function rowsOf(table: TableFacts): void {
    const rows = fresh(w.rows);
    line(`${rows} = count(${name(table.name)})`);
    if (table.rows > 0) line(`${k('check')} ${rows} > 0, "${w.rowsText}"`);
  }

  /** Without `plan` the weight is a column of the table itself. */
  function shareBy(
    people: TableFacts,
    amount: ColumnFacts,
    plan: Extract<Plan, { kind: 'facts' }> | null,
  ): void {
    const table = name(people.name);
    const rate = fresh(w.rate);
    const pool = fresh(w.pool);
    const reward = fresh(w.reward);
    const plain = writtenName(amount.heading) ?? '';
    let weight = plain;
    let positive = `default(${plain}, 0) > 0`;
    blank();
    note(w.rateNote);
    line(`${rate} = 10%`);
    note(`${rate} = 12% ${k('from')} 2027-01-01`);
    if (plan !== null) {
      weight = fresh(plain.startsWith('[') ? w.total : w.totalOf(plain));
      positive = `${weight} > 0`;
      const rows = name(plan.facts.name);
      blank();
      note(w.totalNote);
      line(`${k('each')} ${table}`);
      line(
        `${weight} = sum(${rows}[${bracketed(amount.heading)}] ${k('where')} ${rows}[${bracketed(plan.reference)}] = [@${bracketed(people.key)}])`,
        1,
      );
    }
    const column = plan === null ? bracketed(amount.heading) : weight;
    const sum = `sum(${table}[${column}]) * ${rate}`;
    blank();
    note(w.poolNote);
    line(`${pool} = ${amount.positive ? `round(${sum})` : `max(0, round(${sum}))`}`);
    blank();
    note(w.shareNote);
    line(
      `${k('share')} ${pool} ${k('among')} ${table} ${k('where')} ${positive} ${k('by')} ${weight} ${k('as')} ${reward}`,
    );
    note(`${k('cap')} 3000  # ${w.capNote}`, 1);
    blank();
    note(w.checkNote);
    line(`${k('check')} sum(${table}[${reward}]) <= ${pool}, "${w.checkText}"`);
  }
}

const name = (text: string): string => writtenName(text) ?? '';
const bracketed = (text: string): string => bracketText(text) ?? '';

const PEOPLE = /staff|employ|people|person|member|colleague|worker|team|员工|人员|职工|同事|成员/i;
const AMOUNT = /amount|commission|sales|bonus|revenue|value|pay|金额|提成|佣金|业绩|奖金|收入|销售/i;

/** The best that can be made of the tables. */
function planOf(tables: readonly TableFacts[]): Plan {
  const found = tables.flatMap((facts) =>
    facts.references.flatMap(({ heading, table }) =>
      facts.columns.flatMap((amount) => {
        const people = tables.find(({ name }) => name === table);
        if (people === undefined || !isAmount(facts, amount)) return [];
        const score =
          (PEOPLE.test(people.name) ? 8 : 0) +
          (AMOUNT.test(amount.heading) ? 4 : 0) +
          (amount.positive ? 2 : 0);
        const date = facts.columns.find(({ kind }) => kind === 'date')?.heading ?? null;
        return [{ plan: { kind: 'facts', people, facts, reference: heading, amount, date } as const, score }];
      }),
    ),
  );
  const best = highest(found);
  if (best !== null) return best.plan;
  const amounts = tables.flatMap((people) =>
    people.columns.flatMap((amount) => {
      if (!isAmount(people, amount)) return [];
      const score =
        (PEOPLE.test(people.name) ? 8 : 0) +
        (AMOUNT.test(amount.heading) ? 4 : 0) +
        (amount.positive ? 2 : 0);
      return [{ plan: { kind: 'amount', people, amount } as const, score }];
    }),
  );
  const [first] = tables;
  return highest(amounts)?.plan ?? (first === undefined ? { kind: 'none' } : { kind: 'rows', people: first });
}

function isAmount(table: TableFacts, { kind, heading }: ColumnFacts): boolean {
  return kind === 'number' && heading !== table.key;
}

/** The first of those with the highest score. */
function highest<T extends { readonly score: number }>(all: readonly T[]): T | null {
  return all.reduce<T | null>((best, one) => (best === null || one.score > best.score ? one : best), null);
}

/** Makes names that nothing else has: no heading, table, function, keyword or other rule. */
function freshNames(tables: readonly TableFacts[], taken: Iterable<string>): (wanted: string) => string {
  const used = new Set(
    [
      ...taken,
      ...tables.flatMap(({ name: its, columns }) => [its, ...columns.map(({ heading }) => heading)]),
      ...Object.keys(FUNCTIONS),
      ...Object.keys(AGGREGATES),
      ...KEYWORDS.flatMap(({ en, zh }) => (en === null ? [zh] : [en, zh])),
    ].map(foldName),
  );
  return (wanted) => {
    let made = wanted;
    for (let n = 2; used.has(foldName(made)); n++) made = `${wanted}_${n}`;
    used.add(foldName(made));
    return made;
  };
}

import { exactText, parseDecimal } from '../../exact/decimal.ts';
import { foldText, type Value } from '../../exact/value.ts';
import { valueText } from '../json.ts';
import {
  type Confirmed,
  type Content,
  DeliveryRefused,
  type Destination,
  EXAMPLES,
  type Own,
  type Paying,
} from '../model.ts';

/** The primary key: what makes that nobody is in the table twice for the same run. */
export const KEY: readonly Own[] = ['run', 'statement', 'member'];

/** Longest text of a key's column; the three together fit an index of every server. */
const KEY_LENGTH: Readonly<Record<'run' | 'statement' | 'member', number>> = {
  run: 64,
  statement: 120,
  member: 120,
};

/** Rows that go in one statement. */
const ROWS = 500;

/** A column of the table, and whether its values are compared as numbers. */
export interface Column {
  readonly name: string;
  readonly own: Own | 'other';
}

/** What a database can be asked within one transaction. Texts stand for all values. */
export interface Transaction {
  /** Waits until nobody else delivers into this table. */
  lock(): Promise<void>;
  /** Columns of the table and those of its primary key, in lower case; null where there is no such table. */
  describe(): Promise<{ readonly columns: readonly string[]; readonly key: readonly string[] } | null>;
  create(): Promise<void>;
  /** The rows of the run, columns as asked. */
  rows(run: string): Promise<readonly (readonly (string | null)[])[]>;
  /** Who was paid by another run than this one for a statement and day: run and member. */
  others(paying: Paying, statement: string): Promise<readonly (readonly [run: string, member: string])[]>;
  /** Puts rows in by one statement. */
  insert(rows: readonly (readonly (string | null)[])[]): Promise<void>;
}

/** The table's name, in parts where a schema is named. Refuses with a DeliveryRefused. */
export function tableName({ options }: Pick<Destination, 'options'>): readonly string[] {
  const table = options.get('table') ?? 'allot_payments';
  const schema = options.get('schema');
  for (const [name, text] of [
    ['table', table],
    ['schema', schema ?? 'x'],
  ] as const)
    if (!/^[\p{L}_][\p{L}\p{N}_$-]{0,62}$/u.test(text))
      throw new DeliveryRefused({ kind: 'bad-option', name, text });
  return schema === undefined ? [table] : [schema, table];
}

/** The type of a column of a table that is made; `amount` is the database's type of numbers with decimals. */
export function columnType(own: Column['own'], amount: string): string {
  switch (own) {
    case 'run':
    case 'statement':
    case 'member':
      return `varchar(${KEY_LENGTH[own]}) not null`;
    case 'amount':
      return `${amount} not null`;
    case 'as_of':
      return 'date not null';
    case 'kind':
      return 'varchar(16) not null';
    case 'number':
      return 'integer not null';
    case 'other':
      return 'text';
    default: {
      const never: never = own;
      return never;
    }
  }
}

/**
 * Puts a run into a table: all of its rows or none. Where the run is there already, it must be the very same. The caller ends the
 * transaction: by a commit where this comes to an end, else by a rollback. Refuses with a DeliveryRefused and what the driver throws.
 */
export async function deliverRows(
  transaction: Transaction,
  table: string,
  paying: Paying,
  content: Content,
): Promise<Confirmed> {
  const { fields, rows } = content;
  checkKeys(content);
  await transaction.lock();
  const found = (await transaction.describe()) ?? (await created(transaction));
  const lacking = fields
    .filter(({ name }) => !found.columns.includes(name.toLowerCase()))
    .map(({ name }) => name);
  if (lacking.length > 0) throw new DeliveryRefused({ kind: 'bad-table', table, what: lacking.join(', ') });
  const key = fields
    .filter(({ own }) => own !== 'other' && KEY.includes(own))
    .map(({ name }) => name.toLowerCase())
    .sort();
  if ([...found.key].sort().join('\n') !== key.join('\n'))
    throw new DeliveryRefused({ kind: 'bad-table', table, what: `primary key (${key.join(', ')})` });

  const wanted = rows.map((row) =>
    row.map((value, i) => cellText(value, fields[i]?.own === 'amount', content.decimals)),
  );
  const there = await transaction.rows(paying.run);
  // Another destination may have put other statements of the run into the same table.
  const ours = new Set(content.totals.map(([statement]) => statement));
  const at = fields.findIndex(({ own }) => own === 'statement');
  const present = there.filter((row) => ours.has(row[at] ?? ''));
  if (present.length > 0) {
    if (sameRows(content, wanted, present)) return 'there';
    throw new DeliveryRefused({ kind: 'differs', found: table });
  }
  if (paying.kind === 'payment') await refusePaid(transaction, paying, content);
  for (let at = 0; at < wanted.length; at += ROWS) await transaction.insert(wanted.slice(at, at + ROWS));
  const kept = (await transaction.rows(paying.run)).filter((row) => ours.has(row[at] ?? ''));
  if (!sameRows(content, wanted, kept)) throw new DeliveryRefused({ kind: 'kept-otherwise', table });
  return 'delivered';
}

async function created(
  transaction: Transaction,
): Promise<NonNullable<Awaited<ReturnType<Transaction['describe']>>>> {
  await transaction.create();
  return (await transaction.describe()) ?? { columns: [], key: [] };
}

/** Nobody gets the same statement of the same day from two runs: those were paid one in place of the other. */
async function refusePaid(
  transaction: Transaction,
  paying: Paying,
  { fields, rows, totals }: Content,
): Promise<void> {
  const member = fields.findIndex(({ own }) => own === 'member');
  const statement = fields.findIndex(({ own }) => own === 'statement');
  const twice: (readonly [run: string, member: string])[] = [];
  for (const [name] of totals) {
    const members = new Set(
      rows
        .filter((row) => valueText(row[statement], null) === name)
        .map((row) => keyOf(valueText(row[member], null))),
    );
    for (const other of await transaction.others(paying, name))
      if (members.has(keyOf(other[1]))) twice.push(other);
  }
  const [first] = twice;
  if (first === undefined) return;
  const members = twice.slice(0, EXAMPLES).map(([, name]) => name);
  throw new DeliveryRefused({ kind: 'paid-before', run: first[0], count: twice.length, members });
}

/** A key as people are told apart by it: another copy of a workbook may write it in other letters, or with a space behind. */
const keyOf = (text: string): string => foldText(text.trimEnd());

/** Keys that a column would cut off would fall together. */
function checkKeys({ fields, rows }: Content): void {
  fields.forEach(({ own }, i) => {
    if (own !== 'statement' && own !== 'member') return;
    const long = rows
      .map((row) => valueText(row[i], null))
      .find((text) => [...text].length > KEY_LENGTH[own]);
    if (long !== undefined) throw new DeliveryRefused({ kind: 'bad-option', name: own, text: long });
  });
}

function cellText(value: Value, amount: boolean, decimals: number | null): string | null {
  return value.kind === 'blank' ? null : valueText(value, amount ? decimals : null);
}

/** Whether a database has just these rows: amounts as numbers, all else as text. */
function sameRows(
  { fields }: Content,
  wanted: readonly (readonly (string | null)[])[],
  found: readonly (readonly (string | null)[])[],
): boolean {
  const text = (row: readonly (string | null)[]): string =>
    JSON.stringify(fields.map(({ own }, i) => plain(row[i] ?? null, own)));
  const left = wanted.map(text).sort();
  const right = found.map(text).sort();
  return left.length === right.length && left.every((one, i) => one === right[i]);
}

function plain(text: string | null, own: Column['own']): string | null {
  if (text === null) return null;
  if (own === 'amount' || own === 'number') {
    const number = parseDecimal(text);
    return number === null ? text : exactText(number);
  }
  // Columns of fixed length are filled up with spaces.
  return text.replace(/ +$/, '');
}

import { listHead, readList } from '../sources/listSheet.ts';
import { optionsOf, pairsOf } from '../sources/pairs.ts';
import { foldName } from '../workbook/names.ts';
import type { SheetTable, TableHead } from '../workbook/port.ts';
import { type DeliveryKind, type Destination, type Field, KINDS, type Own, type Stop } from './model.ts';
import { hasUnknownPlace, PLACES } from './place.ts';

/** The sheet that says where paid amounts go to; a table of this name does as well. */
export const DELIVERY_SHEETS = ['Deliveries', '结果推送'] as const;

type Heading = 'name' | 'kind' | 'location' | 'what' | 'mapping' | 'accounts' | 'options';

const HEADINGS: Readonly<Record<Heading, readonly string[]>> = {
  name: ['Name', '名称'],
  kind: ['Kind', '类型'],
  location: ['Location', '位置'],
  what: ['What', '内容'],
  mapping: ['Mapping', '列对应'],
  accounts: ['Accounts', '科目'],
  options: ['Options', '选项'],
};
const NEEDED = ['name', 'kind', 'location', 'what'] as const;

const KIND_WORDS: ReadonlyMap<string, DeliveryKind> = new Map([
  ['postgres', 'postgresql'],
  ['mariadb', 'mysql'],
  ['凭证', 'voucher'],
]);

const OWN_WORDS: ReadonlyMap<string, Own> = new Map([
  ['run', 'run'],
  ['发放', 'run'],
  ['statement', 'statement'],
  ['项目', 'statement'],
  ['member', 'member'],
  ['编号', 'member'],
  ['amount', 'amount'],
  ['金额', 'amount'],
  ['as_of', 'as_of'],
  ['as of', 'as_of'],
  ['as-of', 'as_of'],
  ['计薪日', 'as_of'],
  ['kind', 'kind'],
  ['类别', 'kind'],
  ['number', 'number'],
  ['发放号', 'number'],
]);

/** Names of accounts and of a voucher's own options in Chinese. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['借方', 'debit'],
  ['贷方', 'credit'],
  ['小数', 'decimals'],
  ['语言', 'language'],
  ['表', 'table'],
  ['凭证号', 'number'],
]);

const DATABASE = ['user', 'password', 'table', 'schema', 'ca', 'decimals'] as const;
/** Options that mean something to each kind: a misspelt one would pay into another table, or with another number of decimals. */
const OPTIONS: Readonly<Record<DeliveryKind, readonly string[]>> = {
  csv: ['decimals'],
  postgresql: DATABASE,
  mysql: DATABASE,
  rest: ['token', 'decimals'],
  voucher: ['decimals', 'language', 'number'],
};
const SIDES = ['debit', 'credit'] as const;

export interface DeliverySheet {
  readonly destinations: readonly Destination[];
  readonly stops: readonly Stop[];
}

/** The table of destinations among those of a book; undefined where it has none. */
export function deliveryHead(tables: readonly TableHead[]): TableHead | undefined {
  return listHead(tables, DELIVERY_SHEETS);
}

/** Reads the sheet `Deliveries`: a row a destination; rows without a name are notes. Whatever can't be read is told at its row. */
export function readDeliveries(table: SheetTable): DeliverySheet {
  const { lacking, rows } = readList(table, HEADINGS, NEEDED);
  const stops: Stop[] = [...lacking];
  const chinese = [table.name, table.sheet].some((name) => foldName(name) === foldName(DELIVERY_SHEETS[1]));
  const destinations: Destination[] = [];
  for (const row of rows) {
    const { at, text } = row;
    const bad = (field: Heading, known?: readonly string[]): void => {
      stops.push(row.bad(field, known));
    };
    const name = text('name');
    if (name === '') continue;
    const kind = kindOf(text('kind'));
    const what = text('what')
      .split(/[;；\n]/)
      .map((one) => one.trim())
      .filter((one) => one !== '');
    const mapping = fieldsOf(text('mapping'));
    const accounts = namedOptions(text('accounts'));
    const options = namedOptions(text('options'));
    // What a name says must be found again in the ledger's note.
    if (/[\n\r]/.test(name)) bad('name');
    if (kind === undefined) bad('kind', KINDS);
    if (text('location') === '') bad('location');
    if (what.length === 0) bad('what');
    if (mapping === null) bad('mapping');
    if (accounts === null) bad('accounts');
    if (options === null) bad('options');
    const unknown = (field: Heading, word: string, known: readonly string[]): void => {
      stops.push({ kind: 'unknown-word', at, heading: row.heading(field), text: word, known });
    };
    if (kind !== undefined)
      for (const word of options?.keys() ?? [])
        if (!OPTIONS[kind].includes(word)) unknown('options', word, OPTIONS[kind]);
    for (const word of accounts?.keys() ?? []) if (!isAccount(word, what)) unknown('accounts', word, SIDES);
    if (hasUnknownPlace(text('location'))) unknown('location', text('location'), PLACES);
    if (destinations.some((one) => foldName(one.name) === foldName(name)))
      stops.push({ kind: 'twice', name, at });
    if (kind === undefined || mapping === null || accounts === null || options === null) continue;
    const language = chinese && !options.has('language') ? [['language', 'zh-CN'] as const] : [];
    destinations.push({
      name,
      kind,
      location: text('location'),
      what,
      mapping,
      accounts,
      options: new Map([...options, ...language]),
      at,
    });
  }
  return { destinations, stops };
}

/** `debit`, or `reward debit` of something that is sent. */
function isAccount(word: string, what: readonly string[]): boolean {
  const words = word.split(' ');
  const side = words.pop();
  if (side !== SIDES[0] && side !== SIDES[1]) return false;
  const own = foldName(words.join(' '));
  const statementOf = (one: string): string => /\[([^[\]]+)\]$/.exec(one)?.[1]?.trim() ?? one;
  return own === '' || what.some((one) => foldName(statementOf(one)) === own);
}

function kindOf(text: string): DeliveryKind | undefined {
  const folded = text.toLowerCase();
  return KINDS.find((kind) => kind === folded) ?? KIND_WORDS.get(folded);
}

/** `debit = 6602; reward debit = 6603`: as options, their last word in English. */
function namedOptions(text: string): ReadonlyMap<string, string> | null {
  const options = optionsOf(text);
  if (options === null) return null;
  return new Map(
    [...options].map(([name, value]) => {
      const words = name.split(' ');
      const last = words.pop() ?? '';
      return [[...words, WORDS.get(last) ?? last.toLowerCase()].join(' '), value];
    }),
  );
}

/** `their field = ours`: a word such as `amount`, or else a heading, which brackets say for sure. Null where it can't be read. */
function fieldsOf(text: string): readonly Field[] | null {
  const pairs = pairsOf(text);
  if (pairs === null || pairs.some(([, value]) => value === '')) return null;
  return pairs.map(([field, value]): Field => {
    const bracketed = /^\[(.*)\]$/.exec(value)?.[1]?.trim();
    const own = bracketed === undefined ? OWN_WORDS.get(value.toLowerCase()) : undefined;
    if (own !== undefined) return { field, from: { kind: 'own', own } };
    return { field, from: { kind: 'column', heading: bracketed ?? value } };
  });
}

import { postgresqlClient } from '../../sources/fetch/clients.ts';
import type { FetchContext } from '../../sources/fetch/context.ts';
import { databaseFault, loginOf } from '../../sources/fetch/database.ts';
import { redacted } from '../../sources/fetch/secrets.ts';
import {
  type Confirmed,
  type Content,
  type ContentField,
  DeliveryRefused,
  type Destination,
  type Paying,
} from '../model.ts';
import { columnType, deliverRows, type Transaction, tableName } from './table.ts';

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Puts a run into a table of PostgreSQL, in one transaction. Refuses with a SourceFault and a DeliveryRefused. */
export async function sendPostgresql(
  destination: Destination,
  paying: Paying,
  content: Content,
  context: FetchContext,
): Promise<Confirmed> {
  const table = tableName(destination);
  const login = await loginOf(destination, 5432, context);
  const client = await postgresqlClient(login, context);
  const ask = async (text: string, values: readonly (string | null)[] = []): Promise<(string | null)[][]> => {
    const { rows } = await client.query<(string | null)[]>({ text, values: [...values], rowMode: 'array' });
    return rows;
  };
  try {
    await client.connect();
    await ask('begin isolation level read committed');
    await ask("set local datestyle to 'ISO, YMD'");
    const done = await deliverRows(transactionOf(ask, table, content), table.join('.'), paying, content);
    // What was there was committed by somebody else.
    if (done === 'delivered') await ask('commit');
    return done;
  } catch (error) {
    context.signal?.throwIfAborted();
    if (error instanceof DeliveryRefused) throw error;
    throw databaseFault(error, (text) => redacted(text, [login.password]));
  } finally {
    // What was not committed goes with the connection.
    await client.end().catch(() => {});
  }
}

type Ask = (text: string, values?: readonly (string | null)[]) => Promise<(string | null)[][]>;

function transactionOf(ask: Ask, parts: readonly string[], { fields }: Content): Transaction {
  const table = parts.map(quote).join('.');
  const named = (own: ContentField['own']): string =>
    quote(fields.find((one) => one.own === own)?.name ?? own);
  const columns = fields.map(({ name }) => quote(name)).join(', ');
  return {
    async lock() {
      // By its name, so that nobody else makes it meanwhile; then by itself, since it can be named with its schema or without.
      await ask('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`allot ${table}`]);
      await ask(
        "select pg_advisory_xact_lock(hashtextextended('allot ' || to_regclass($1)::oid::text, 0)) where to_regclass($1) is not null",
        [table],
      );
    },
    async describe() {
      const there = await ask(
        "select attname::text, attnum = any(coalesce((select conkey from pg_constraint where conrelid = attrelid and contype = 'p'), '{}')) from pg_attribute where attrelid = to_regclass($1) and attnum > 0 and not attisdropped",
        [table],
      );
      if (there.length === 0) return null;
      return {
        columns: there.map(([name]) => (name ?? '').toLowerCase()),
        key: there.filter(([, key]) => key === 't').map(([name]) => (name ?? '').toLowerCase()),
      };
    },
    async create() {
      const definitions = fields.map(({ name, own }) => `${quote(name)} ${columnType(own, 'numeric')}`);
      const key = [named('run'), named('statement'), named('member')].join(', ');
      await ask(`create table ${table} (${definitions.join(', ')}, primary key (${key}))`);
    },
    rows: (run) =>
      ask(
        `select ${fields.map(({ name }) => `${quote(name)}::text`).join(', ')} from ${table} where ${named('run')} = $1`,
        [run],
      ),
    async others({ run, asOf, kind }, statement) {
      const found = await ask(
        `select ${named('run')}::text, ${named('member')}::text from ${table} where ${named('run')} <> $1 and ${named('as_of')} = $2 and ${named('kind')} = $3 and ${named('statement')} = $4`,
        [run, asOf, kind, statement],
      );
      return found.map(([other, member]) => [(other ?? '').trimEnd(), (member ?? '').trimEnd()] as const);
    },
    async insert(rows) {
      let n = 0;
      const places = rows.map((row) => `(${row.map(() => `$${++n}`).join(', ')})`).join(', ');
      await ask(`insert into ${table} (${columns}) values ${places}`, rows.flat());
    },
  };
}

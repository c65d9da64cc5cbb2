import { mysqlConnection } from '../../sources/fetch/clients.ts';
import type { FetchContext } from '../../sources/fetch/context.ts';
import { databaseFault, loginOf } from '../../sources/fetch/database.ts';
import { redacted } from '../../sources/fetch/secrets.ts';
import { SourceFault } from '../../sources/model.ts';
import {
  type Confirmed,
  type Content,
  type ContentField,
  DeliveryRefused,
  type Destination,
  type Paying,
} from '../model.ts';
import { columnType, deliverRows, type Transaction, tableName } from './table.ts';

const quote = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

/** Puts a run into a table of MySQL or MariaDB, in one transaction. Refuses with a SourceFault and a DeliveryRefused. */
export async function sendMysql(
  destination: Destination,
  paying: Paying,
  content: Content,
  context: FetchContext,
): Promise<Confirmed> {
  const table = tableName(destination);
  const login = await loginOf(destination, 3306, context);
  try {
    const connection = await mysqlConnection(login, context, 'utf8mb4_bin');
    const ask = async (
      sql: string,
      values: readonly (string | null)[] = [],
    ): Promise<readonly (readonly (string | null)[])[]> => {
      const [rows] = await connection.query({
        sql,
        values: [...values],
        rowsAsArray: true,
        timeout: context.timeout,
      });
      return Array.isArray(rows) ? (rows as (string | null)[][]) : [];
    };
    try {
      // Strict: what doesn't fit is an error. A backslash keeps its meaning, by which the driver quotes.
      await ask("set session sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00'");
      // Of a lock of the whole connection: it is waited for as long as for an answer.
      const transaction = transactionOf(ask, table, content, Math.ceil(context.timeout / 1000));
      const done = await deliverRows(transaction, table.join('.'), paying, content);
      // What was there was committed by somebody else.
      if (done === 'delivered') await ask('commit');
      return done;
    } finally {
      // What was not committed goes with the connection.
      connection.destroy();
    }
  } catch (error) {
    context.signal?.throwIfAborted();
    if (error instanceof DeliveryRefused) throw error;
    throw databaseFault(error, (text) => redacted(text, [login.password]));
  }
}

type Ask = (
  text: string,
  values?: readonly (string | null)[],
) => Promise<readonly (readonly (string | null)[])[]>;

function transactionOf(
  ask: Ask,
  parts: readonly string[],
  { fields }: Content,
  seconds: number,
): Transaction {
  const table = parts.map(quote).join('.');
  const [schema, name] = parts.length > 1 ? parts : [null, parts[0]];
  const named = (own: ContentField['own']): string =>
    quote(fields.find((one) => one.own === own)?.name ?? own);
  const columns = fields.map((one) => quote(one.name)).join(', ');
  return {
    async lock() {
      const [row] = await ask(
        'select get_lock(left(concat(?, sha2(concat(coalesce(?, database()), ?), 256)), 64), ?)',
        ['allot ', schema ?? null, name ?? '', String(seconds)],
      );
      if (row?.[0] !== '1') throw new SourceFault('timeout');
    },
    async describe() {
      const there = await ask(
        "select column_name, column_key = 'PRI' from information_schema.columns where table_schema = coalesce(?, database()) and table_name = ?",
        [schema ?? null, name ?? ''],
      );
      if (there.length === 0) return null;
      const [engine] = await ask(
        'select engine from information_schema.tables where table_schema = coalesce(?, database()) and table_name = ?',
        [schema ?? null, name ?? ''],
      );
      // Another one would keep half of a run.
      if (engine?.[0] !== 'InnoDB')
        throw new DeliveryRefused({ kind: 'bad-table', table: parts.join('.'), what: 'engine = InnoDB' });
      // What is created before would end a transaction.
      await ask('start transaction');
      return {
        columns: there.map(([column]) => (column ?? '').toLowerCase()),
        key: there.filter(([, key]) => key === '1').map(([column]) => (column ?? '').toLowerCase()),
      };
    },
    async create() {
      const definitions = fields.map((one) => `${quote(one.name)} ${columnType(one.own, 'decimal(40, 10)')}`);
      const key = [named('run'), named('statement'), named('member')].join(', ');
      await ask(
        `create table ${table} (${definitions.join(', ')}, primary key (${key})) engine = InnoDB character set utf8mb4 collate utf8mb4_bin`,
      );
    },
    rows: (run) =>
      ask(
        `select ${fields.map((one) => (one.own === 'as_of' ? `date_format(${quote(one.name)}, '%Y-%m-%d')` : `cast(${quote(one.name)} as char)`)).join(', ')} from ${table} where ${named('run')} = ?`,
        [run],
      ),
    async others({ run, asOf, kind }, statement) {
      const found = await ask(
        `select ${named('run')}, ${named('member')} from ${table} where ${named('run')} <> ? and ${named('as_of')} = ? and ${named('kind')} = ? and ${named('statement')} = ?`,
        [run, asOf, kind, statement],
      );
      return found.map(([other, member]) => [(other ?? '').trimEnd(), (member ?? '').trimEnd()] as const);
    },
    async insert(rows) {
      const places = rows.map((row) => `(${row.map(() => '?').join(', ')})`).join(', ');
      await ask(`insert into ${table} (${columns}) values ${places}`, rows.flat());
    },
  };
}

import { type Fetched, type Source, SourceFault } from '../model.ts';
import { mysqlConnection } from './clients.ts';
import type { FetchContext } from './context.ts';
import { MAX_ROWS } from './context.ts';
import { databaseFault, fetchedSql, loginOf, queryOf, type SqlAnswer, type SqlType } from './database.ts';
import { redacted } from './secrets.ts';

/** Numbers of MySQL's types. */
const TYPES: Readonly<Record<number, SqlType>> = {
  0: 'number',
  1: 'number',
  2: 'number',
  3: 'number',
  4: 'number',
  5: 'number',
  7: 'moment',
  8: 'number',
  9: 'number',
  10: 'date',
  12: 'date',
  13: 'number',
  246: 'number',
};

/** Rows of a query to MySQL or MariaDB, in one transaction that can only read. */
export async function fetchMysql(source: Source, context: FetchContext): Promise<Fetched> {
  const sql = queryOf(source, (name) => `\`${name.replaceAll('`', '``')}\``);
  const login = await loginOf(source, 3306, context);
  const redact = (text: string): string => redacted(text, [login.password]);
  try {
    const connection = await mysqlConnection(login, context, 'utf8mb4');
    const stop = (): void => connection.destroy();
    context.signal?.addEventListener('abort', stop, { once: true });

    async function ask(text: string): Promise<SqlAnswer> {
      const [rows, fields] = await connection.query({
        sql: text,
        rowsAsArray: true,
        timeout: context.timeout,
      });
      if (!Array.isArray(rows)) throw new SourceFault('not-a-query');
      if (rows.length > MAX_ROWS) throw new SourceFault('too-large', String(MAX_ROWS));
      return {
        fields: fields.map(({ name }) => name),
        types: fields.map(({ columnType }) => TYPES[columnType ?? -1] ?? 'text'),
        rows: (rows as (string | null)[][]).map((row) =>
          row.map((cell, i) => moment(cell, TYPES[fields[i]?.columnType ?? -1])),
        ),
      };
    }

    try {
      // Moments come in UTC and are told as such; the source's zone says what clocks show.
      await connection.query("set time_zone = '+00:00'");
      await connection.query('start transaction with consistent snapshot, read only');
      return await fetchedSql(source, sql, ask);
    } finally {
      context.signal?.removeEventListener('abort', stop);
      connection.destroy();
    }
  } catch (error) {
    context.signal?.throwIfAborted();
    throw databaseFault(error, redact);
  }
}

const moment = (cell: string | null, type: SqlType | undefined): string | null =>
  cell !== null && type === 'moment' ? `${cell}Z` : cell;

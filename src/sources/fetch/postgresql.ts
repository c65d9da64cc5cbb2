import { type Fetched, type Source, SourceFault } from '../model.ts';
import { postgresqlClient } from './clients.ts';
import type { FetchContext } from './context.ts';
import { MAX_ROWS } from './context.ts';
import { databaseFault, fetchedSql, loginOf, queryOf, type SqlAnswer, type SqlType } from './database.ts';
import { redacted } from './secrets.ts';

/** Numbers of PostgreSQL's types. */
const TYPES: Readonly<Record<number, SqlType>> = {
  16: 'logical',
  20: 'number',
  21: 'number',
  23: 'number',
  26: 'number',
  700: 'number',
  701: 'number',
  1042: 'padded',
  1082: 'date',
  1114: 'date',
  1184: 'moment',
  1700: 'number',
};

/** Rows of a query to PostgreSQL, in one transaction that can only read. */
export async function fetchPostgresql(source: Source, context: FetchContext): Promise<Fetched> {
  const sql = queryOf(source, (name) => `"${name.replaceAll('"', '""')}"`);
  const login = await loginOf(source, 5432, context);
  const client = await postgresqlClient(login, context);
  const stop = (): void => void client.end().catch(() => {});
  context.signal?.addEventListener('abort', stop, { once: true });
  const redact = (text: string): string => redacted(text, [login.password]);

  async function ask(text: string): Promise<SqlAnswer> {
    // `extended` takes one statement only.
    const asked = { text, rowMode: 'array' as const, queryMode: 'extended' };
    const { fields, rows } = await client.query<(string | null)[]>(asked);
    if (rows.length > MAX_ROWS) throw new SourceFault('too-large', String(MAX_ROWS));
    return {
      fields: fields.map(({ name }) => name),
      types: fields.map(({ dataTypeID }) => TYPES[dataTypeID] ?? 'text'),
      rows,
    };
  }

  try {
    await client.connect();
    await client.query('begin isolation level repeatable read read only');
    await client.query("set local datestyle to 'ISO, YMD'; set local extra_float_digits to 1");
    return await fetchedSql(source, sql, ask);
  } catch (error) {
    context.signal?.throwIfAborted();
    throw databaseFault(error, redact);
  } finally {
    context.signal?.removeEventListener('abort', stop);
    await client.end().catch(() => {});
  }
}

import type { Connection } from 'mysql2/promise';
import type { Client } from 'pg';
import { SourceFault } from '../model.ts';
import type { FetchContext } from './context.ts';
import type { Login } from './database.ts';

/** A client of PostgreSQL that is yet to connect; all values come as the texts that they were sent as. Refuses with a SourceFault. */
export async function postgresqlClient(
  { host, port, database, user, password, tls }: Login,
  { timeout }: Pick<FetchContext, 'timeout'>,
): Promise<Client> {
  const { default: pg } = await import(/* webpackMode: "eager" */ 'pg').catch(() => {
    throw new SourceFault('no-driver', 'pg');
  });
  const client = new pg.Client({
    host,
    port,
    database,
    user,
    // A function: without any the driver would take a password of this machine's own settings.
    password: () => password ?? '',
    ssl: tls === null ? false : { rejectUnauthorized: true, ...tls },
    connectionTimeoutMillis: timeout,
    statement_timeout: timeout,
    query_timeout: timeout + 1000,
    application_name: 'allot',
    // Everything as it was written: a double would change numbers, and days would get this machine's time zone.
    types: { getTypeParser: () => (text: string) => text },
  });
  // A connection that breaks between two questions says so here; the next question fails.
  client.on('error', () => {});
  return client;
}

/**
 * A connection to MySQL or MariaDB; all values come as the texts that they were sent as. `charset` is the driver's: a character
 * set or a collation. Refuses with a SourceFault, and what the driver throws.
 */
export async function mysqlConnection(
  { host, port, database, user, password, tls }: Login,
  { timeout }: Pick<FetchContext, 'timeout'>,
  charset: 'utf8mb4' | 'utf8mb4_bin',
): Promise<Connection> {
  const { createConnection } = await import(/* webpackMode: "eager" */ 'mysql2/promise').catch(() => {
    throw new SourceFault('no-driver', 'mysql2');
  });
  return createConnection({
    host,
    port,
    database,
    user,
    ...(password === null ? {} : { password }),
    ...(tls === null ? {} : { ssl: { rejectUnauthorized: true, ...tls } }),
    connectTimeout: timeout,
    charset,
    // A server must not be able to ask for files of this machine, nor a query be two.
    flags: ['-LOCAL_FILES'],
    multipleStatements: false,
    typeCast: (field) => field.string(),
  });
}

import { createConnection } from 'mysql2/promise';
import pg from 'pg';
import { hasMariadb, startMariadb } from '../sources/mariadb.ts';
import { postgresPrograms, startPostgres } from '../sources/postgres.ts';

/** Who delivers. */
export const WRITER = { user: 'writer', password: 'p4ss-word-of-the-writer' } as const;

export interface Database {
  readonly port: number;
  run(sql: string): Promise<void>;
  /** Rows as texts. */
  ask(sql: string): Promise<readonly (readonly (string | null)[])[]>;
  stop(): void | Promise<void>;
}

async function postgres(): Promise<Database> {
  const started = await startPostgres(postgresPrograms() ?? '');
  await started.run(
    `create role writer login password '${WRITER.password}'; grant all on schema public to writer`,
  );
  return {
    ...started,
    async ask(sql) {
      const client = new pg.Client({
        host: '127.0.0.1',
        port: started.port,
        database: 'company',
        ...WRITER,
        types: { getTypeParser: () => (text: string) => text },
      });
      await client.connect();
      const { rows } = await client.query<(string | null)[]>({ text: sql, rowMode: 'array' });
      await client.end();
      return rows;
    },
  };
}

async function mariadb(): Promise<Database> {
  const started = await startMariadb();
  await started.run(
    `create user writer identified by '${WRITER.password}'; grant all on company.* to writer`,
  );
  return {
    ...started,
    async ask(sql) {
      const connection = await createConnection({
        host: '127.0.0.1',
        port: started.port,
        database: 'company',
        ...WRITER,
        typeCast: (field) => field.string(),
      });
      const [rows] = await connection.query({ sql, rowsAsArray: true });
      await connection.end();
      return rows as unknown as (string | null)[][];
    },
  };
}

/** What is delivered to, and whether it is on this machine. */
export const SERVERS = [
  { kind: 'postgresql', name: 'PostgreSQL', there: postgresPrograms() !== null, start: postgres },
  { kind: 'mysql', name: 'MariaDB', there: hasMariadb(), start: mariadb },
] as const;

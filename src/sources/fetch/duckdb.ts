import path from 'node:path';
import { type Fetched, type Source, SourceFault } from '../model.ts';
import { type FetchContext, MAX_ROWS } from './context.ts';
import { databaseFault, fetchedSql, type SqlAnswer, type SqlType } from './database.ts';

const DATABASE = /\.(?:duckdb|ddb|db)$/i;

/**
 * Rows of files of columns (Parquet, and CSV or JSON as DuckDB reads them), or of a DuckDB database. `Location` is a file, or
 * files with `*`, which a query calls `source`; of a database `Query` names tables as they are called there.
 */
export async function fetchDuckdb(source: Source, context: FetchContext): Promise<Fetched> {
  const file = path.resolve(context.folder, source.location);
  const query = source.query.replace(/;\s*$/, '');
  const isDatabase = DATABASE.test(file);
  const named = query === '' ? (isDatabase ? source.table : 'source') : query;
  const plain = query === '' || /^[\p{L}_][\p{L}\p{N}_]*$/u.test(named);
  if (!plain && !/^(?:select|with|values|from)\b/i.test(named)) throw new SourceFault('not-a-query');
  const sql = plain ? `select * from "${named.replaceAll('"', '""')}"` : named;
  const { DuckDBInstance } = await import(/* webpackMode: "eager" */ '@duckdb/node-api').catch(() => {
    throw new SourceFault('no-driver', '@duckdb/node-api');
  });
  try {
    const instance = await DuckDBInstance.create(isDatabase ? file : ':memory:', {
      autoinstall_known_extensions: 'false',
      ...(isDatabase ? { access_mode: 'READ_ONLY' } : {}),
    });
    const connection = await instance.connect();
    const stop = (): void => connection.interrupt();
    const timer = setTimeout(stop, context.timeout);
    context.signal?.addEventListener('abort', stop, { once: true });

    async function texts(text: string): Promise<readonly (readonly (string | null)[])[]> {
      const reader = await connection.runAndReadUntil(text, MAX_ROWS + 1);
      const rows = reader.getRows() as (string | null)[][];
      if (rows.length > MAX_ROWS) throw new SourceFault('too-large', String(MAX_ROWS));
      return rows;
    }
    async function ask(text: string): Promise<SqlAnswer> {
      const described = await texts(`select column_name, column_type from (describe (${text}))`);
      return {
        fields: described.map(([name]) => name ?? ''),
        types: described.map(([, type]) => typeOf(type ?? '')),
        // In brackets nothing but a query is one; as texts, numbers and days stay as they are.
        rows: await texts(`select columns(*)::varchar from (${text})`),
      };
    }

    try {
      if (!isDatabase)
        await connection.run(`create temp view source as select * from '${file.replaceAll("'", "''")}'`);
      // From here on a query reads these files and no others.
      if (!isDatabase)
        await connection.run(`set allowed_directories = ['${path.dirname(file).replaceAll("'", "''")}']`);
      await connection.run('set enable_external_access = false');
      await connection.run('set lock_configuration = true');
      return await fetchedSql(source, sql, ask);
    } finally {
      clearTimeout(timer);
      context.signal?.removeEventListener('abort', stop);
      connection.closeSync();
      instance.closeSync();
    }
  } catch (error) {
    context.signal?.throwIfAborted();
    if (error instanceof Error && /INTERRUPT/i.test(error.message)) throw new SourceFault('timeout');
    if (
      error instanceof Error &&
      /No files found|Cannot open file|does not exist/i.test(error.message) &&
      !/Catalog Error/.test(error.message)
    )
      throw new SourceFault('missing-file', source.location);
    throw databaseFault(error, (text) => text);
  }
}

function typeOf(type: string): SqlType {
  if (/^(?:U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|FLOAT|DOUBLE|DECIMAL\b.*)$/.test(type)) return 'number';
  if (/^TIMESTAMP WITH TIME ZONE$/.test(type)) return 'moment';
  if (/^(?:DATE|TIMESTAMP.*)$/.test(type)) return 'date';
  return type === 'BOOLEAN' ? 'logical' : 'text';
}

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { BLANK, textValue } from '../../exact/value.ts';
import { readDate } from '../dates.ts';
import { type Fetched, type Source, type SourceCell, SourceFault } from '../model.ts';
import { isLoopback, type ServerAddress, serverAddress } from './address.ts';
import { controlsAsked, type FetchContext } from './context.ts';
import { secretFor } from './secrets.ts';

/** What a column of a database's answer is, as far as it matters. */
export type SqlType = 'number' | 'date' | 'moment' | 'logical' | 'padded' | 'text';

/** A query of which nothing but rows can come: `select`, `with`, `values`, or a table's name. */
export function queryOf({ query, table, options }: Source, quote: (name: string) => string): string {
  if (/^(?:select|with|values|table)\b/i.test(query)) return query.replace(/;\s*$/, '');
  const name = query === '' ? table : query;
  if (query !== '' && !/^[\p{L}_][\p{L}\p{N}_$.-]*$/u.test(query)) throw new SourceFault('not-a-query');
  const schema = options.get('schema');
  const parts = query === '' ? [name] : name.split('.');
  return `select * from ${[...(schema === undefined ? [] : [schema]), ...parts].map(quote).join('.')}`;
}

/** A value that a database wrote as text. */
export function sqlCell(text: string | null, type: SqlType): SourceCell {
  if (text === null) return BLANK;
  switch (type) {
    case 'text':
      return textValue(text);
    case 'padded':
      return textValue(text.replace(/ +$/, ''));
    case 'number':
      return /^-?\d/.test(text) ? { kind: 'written', text } : { kind: 'error', text };
    case 'logical':
      return { kind: 'logical', value: /^(?:t|true|1)$/i.test(text) };
    case 'date':
    case 'moment': {
      const date = readDate(text);
      if (date === null) return { kind: 'error', text };
      return date.kind === 'moment' ? date : { kind: 'written', text };
    }
    default: {
      const never: never = type;
      return never;
    }
  }
}

export interface Login extends ServerAddress {
  readonly user: string;
  readonly password: string | null;
  /** Null on this machine; elsewhere connections are encrypted and the server's certificate is checked. */
  readonly tls: { readonly ca?: string } | null;
}

/** Where and as whom a source logs in. Options: `user`, `password` (a secret's name), `ca` (a file of certificates). */
export async function loginOf(
  source: Pick<Source, 'location' | 'options'>,
  port: number,
  context: FetchContext,
): Promise<Login> {
  const address = serverAddress(source.location, port);
  const user = source.options.get('user');
  if (user === undefined || user === '') throw new SourceFault('bad-option', 'user');
  const password = secretFor(source, 'password', address.host, context);
  const file = source.options.get('ca');
  if (file === undefined) return { ...address, user, password, tls: isLoopback(address.host) ? null : {} };
  const ca = await readFile(path.resolve(context.folder, file), 'utf8').catch(() => {
    throw new SourceFault('missing-file', file);
  });
  return { ...address, user, password, tls: { ca } };
}

/** What asking a database gave: names and types of columns, and the rows as texts. */
export interface SqlAnswer {
  readonly fields: readonly string[];
  readonly types: readonly SqlType[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** Rows and control totals, all as of the same moment. `ask` refuses with a SourceFault. */
export async function fetchedSql(
  source: Source,
  sql: string,
  ask: (sql: string) => Promise<SqlAnswer>,
): Promise<Fetched> {
  const { fields, types, rows } = await ask(sql);
  const controls = new Map<string, SourceCell>();
  for (const asked of controlsAsked(source)) {
    const answer = await ask(asked);
    const cell = answer.rows[0]?.[0];
    if (answer.rows.length === 1 && cell !== undefined && cell !== null)
      controls.set(asked, sqlCell(cell, answer.types[0] ?? 'text'));
  }
  return {
    fields,
    rows: rows.map((row) => fields.map((_, i) => sqlCell(row[i] ?? null, types[i] ?? 'text'))),
    controls,
  };
}

/** Codes of the system that mean that nobody answered. */
const NOBODY =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ECONNRESET|EPIPE|PROTOCOL_CONNECTION_LOST)$/;

/** An error of a driver as a fault: its code and its words, without secrets. */
export function databaseFault(error: unknown, redact: (text: string) => string): unknown {
  if (error instanceof SourceFault || !(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (
    /^(?:ECONNRESET|EPIPE|PROTOCOL_CONNECTION_LOST)$/.test(code) ||
    /terminated unexpectedly/i.test(error.message)
  )
    return new SourceFault('cut-off', code);
  if (NOBODY.test(code)) return new SourceFault('unreachable', code);
  const slow = code === '57014' || code === 'ETIMEDOUT' || code === 'PROTOCOL_SEQUENCE_TIMEOUT';
  if (slow || /\btime(?:d )?-?out\b/i.test(error.message)) return new SourceFault('timeout');
  const said = redact(error.message).slice(0, 300);
  return new SourceFault('database', code === '' ? said : `${code}: ${said}`);
}

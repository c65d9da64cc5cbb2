import { fileURLToPath } from 'node:url';
import { inProcess } from '../cli/inProcess.ts';

export interface RunShare {
  readonly name: string;
  readonly table: string;
  readonly of?: string;
  readonly pool: string;
  readonly settled: string;
  readonly shared: string;
  readonly unallocated: string;
  readonly members: number;
}

type Printed = string | boolean | null;

/** What `run --json` prints of a book without errors. */
export interface RunResult {
  readonly asOf: string;
  readonly inputs: Readonly<Record<string, { readonly rows: number; readonly excluded: number }>>;
  readonly scalars: Readonly<Record<string, Printed>>;
  readonly tables: Readonly<
    Record<string, { readonly key: string; readonly rows: readonly Readonly<Record<string, Printed>>[] }>
  >;
  readonly shares: readonly RunShare[];
  readonly problems: readonly { readonly severity: string; readonly code: string; readonly at?: string }[];
}

/** A sample's path. */
export const sample = (file: string): string =>
  fileURLToPath(new URL(`../../samples/${file}`, import.meta.url));

/** What the command line says of a book; fails the test with what it printed where it fails. */
export async function runBook(book: string, asOf: string): Promise<RunResult> {
  const { status, out, err } = await inProcess(['run', book, '--as-of', asOf, '--json']);
  if (status !== 0) throw new Error(`${status}: ${err}\n${out.slice(0, 4000)}`);
  return JSON.parse(out) as RunResult;
}

/** A column of a result's table by key. */
export function columnOf(result: RunResult, table: string, name: string): Readonly<Record<string, Printed>> {
  const rows = result.tables[table]?.rows ?? [];
  return Object.fromEntries(rows.map((row) => [String(row.key), row[name] ?? null]));
}

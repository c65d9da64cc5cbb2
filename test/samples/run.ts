import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const CLI = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

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

/** Runs the command line on a book, as a user does; fails the test with what it printed where it fails. */
export async function runBook(book: string, asOf: string): Promise<RunResult> {
  const args = ['--import', 'tsx', CLI, 'run', book, '--as-of', asOf, '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1 << 28 }).catch(
    (error: unknown) => {
      const printed = error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
      throw new Error(`${String(error)}\n${printed.slice(0, 4000)}`);
    },
  );
  return JSON.parse(stdout) as RunResult;
}

/** A column of a result's table by key. */
export function columnOf(result: RunResult, table: string, name: string): Readonly<Record<string, Printed>> {
  const rows = result.tables[table]?.rows ?? [];
  return Object.fromEntries(rows.map((row) => [String(row.key), row[name] ?? null]));
}

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { load } from './load.mjs';

/** The project's folder: programs of the benchmark run from `out/bench/`. */
export const ROOT = path.resolve(process.argv[1] ?? '', '../../..');
export const BENCH = path.join(ROOT, 'test/bench');
/** Where our own small programs are, and the command line. */
export const OUT = path.join(ROOT, 'out/bench');
export const ALLOT = path.join(ROOT, 'dist/allot.cjs');

/** A package that only the benchmark has; its types are what the caller uses of it. */
export async function peer<T>(name: string): Promise<T> {
  const require = createRequire(path.join(BENCH, 'package.json'));
  const loaded = await load(pathToFileURL(require.resolve(name)).href);
  return loaded as T;
}

/** The exact versions that the benchmark's own package file asks for. */
export function peerVersions(): Readonly<Record<string, string>> {
  const file: unknown = JSON.parse(readFileSync(path.join(BENCH, 'package.json'), 'utf8'));
  return (file as { readonly dependencies: Readonly<Record<string, string>> }).dependencies;
}

export const peersInstalled = (): boolean =>
  Object.keys(peerVersions()).every((name) => existsSync(path.join(BENCH, 'node_modules', name)));

import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { buildOnce, ROOT } from '../support/builds.ts';

export { ROOT };

const BUNDLE = path.join(ROOT, 'dist/allot.cjs');

/** Builds the bundle of the command line where it is missing or older than a source. Several tests may ask at once. */
export async function buildBundle(): Promise<void> {
  await buildOnce('cli');
}

export interface Said {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the real command line. Its language is English unless the arguments or `env` say otherwise. */
export function allot(args: readonly string[], env: Readonly<Record<string, string>> = {}, cwd = ROOT): Said {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BUNDLE, ...args], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { PATH: process.env.PATH, LC_ALL: 'C', ...env },
  });
  return { status, out: stdout, err: stderr };
}

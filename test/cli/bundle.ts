import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export const ROOT = path.resolve(import.meta.dirname, '../..');
const BUNDLE = path.join(ROOT, 'dist/allot.cjs');
const LOCK = path.join(ROOT, 'dist/.building');
/** A lock older than this was left behind by a build that was killed. */
const STALE_LOCK = 120_000;

/** Builds the bundle of the command line where it is missing or older than a source. Several tests may ask at once. */
export async function buildBundle(): Promise<void> {
  while (isStale()) {
    if (!takeLock()) {
      await sleep(200);
      continue;
    }
    try {
      if (isStale()) build();
    } finally {
      rmSync(LOCK, { recursive: true, force: true });
    }
    return;
  }
}

function build(): void {
  const started = new Date();
  execFileSync(process.execPath, ['node_modules/webpack/bin/webpack.js', '--config-name', 'cli'], {
    cwd: ROOT,
    stdio: 'pipe',
  });
  // webpack leaves a file alone that would be the same again; what changed while it ran is not in it.
  utimesSync(BUNDLE, started, started);
}

function takeLock(): boolean {
  mkdirSync(path.dirname(LOCK), { recursive: true });
  try {
    mkdirSync(LOCK);
    return true;
  } catch {
    if (existsSync(LOCK) && Date.now() - statSync(LOCK).mtimeMs > STALE_LOCK)
      rmSync(LOCK, { recursive: true, force: true });
    return false;
  }
}

function isStale(): boolean {
  if (!existsSync(BUNDLE)) return true;
  const built = statSync(BUNDLE).mtimeMs;
  const sources = ['src', 'grammar'].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true }).flatMap((entry) =>
      entry.isFile() && entry.name.endsWith('.ts') ? [path.join(entry.parentPath, entry.name)] : [],
    ),
  );
  return ['package.json', 'webpack.config.mjs', ...sources].some(
    (file) => statSync(path.resolve(ROOT, file)).mtimeMs > built,
  );
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

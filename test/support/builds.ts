import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { PageKind } from '../../webpack/csp.mjs';

export const ROOT = path.resolve(import.meta.dirname, '../..');
const DIST = path.join(ROOT, 'dist');
const WEBPACK = 'node_modules/webpack/bin/webpack.js';
const ALWAYS = ['package.json', 'webpack.config.mjs', 'webpack', 'grammar', 'src', 'samples/packs'];

export type Build = 'cli' | 'addin' | 'workbench';

const FROM: Readonly<Record<Build, readonly string[]>> = {
  cli: ALWAYS,
  addin: [...ALWAYS, 'manifest.xml'],
  workbench: [...ALWAYS, 'samples'],
};

interface Target {
  readonly name: string;
  /** A file of it, from `dist/`. */
  readonly output: string;
  /** Files and folders that it is made from. */
  readonly from: readonly string[];
  /** For webpack. */
  readonly args: readonly string[];
}

/**
 * Builds the command line (`dist/allot.cjs`), the add-in or the workbench where it is missing or older than a source;
 * gives its folder. Several tests, in processes of their own, may ask at once: one builds, the others wait.
 */
export async function buildOnce(build: Build): Promise<string> {
  const output = { cli: 'allot.cjs', addin: 'addin/taskpane.html', workbench: 'workbench/index.html' }[build];
  await once({ name: build, output, from: FROM[build], args: ['--config-name', build] });
  return path.join(DIST, path.dirname(output));
}

/**
 * Builds a page around the module `entry` (from the project's folder: `test/browser/…/page.tsx`), which finds an empty
 * `<div id="allot">` and has the policy of `kind`; gives the folder with its `index.html`, for `serve` of
 * webpack/serve.mjs.
 */
export async function buildFixture(
  name: string,
  entry: string,
  kind: PageKind = 'workbench',
): Promise<string> {
  const folder = `fixtures/${name}`;
  const env = [`name=${name}`, `entry=./${entry}`, `folder=dist/${folder}`, `kind=${kind}`];
  await once({
    name: `fixture-${name}`,
    output: `${folder}/index.html`,
    from: [...ALWAYS, path.dirname(entry)],
    args: ['--config', 'webpack/fixture.config.mjs', ...env.flatMap((setting) => ['--env', setting])],
  });
  return path.join(DIST, folder);
}

async function once(target: Target): Promise<void> {
  const lock = path.join(DIST, `.building-${target.name}`);
  mkdirSync(DIST, { recursive: true });
  while (isStale(target)) {
    if (!takeLock(lock)) {
      await sleep(200);
      continue;
    }
    try {
      if (isStale(target)) await run(target);
    } finally {
      rmSync(lock, { force: true });
    }
    return;
  }
}

async function run({ name, args }: Target): Promise<void> {
  const started = new Date();
  rmSync(stampOf(name), { force: true });
  // Tests are of the manifest as it stands in the project.
  const { ALLOT_HOST: _, ...env } = process.env;
  try {
    await promisify(execFile)(process.execPath, [WEBPACK, ...args], { cwd: ROOT, env, maxBuffer: 1 << 26 });
  } catch (error) {
    const said = error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error);
    throw new Error(`webpack ${args.join(' ')} failed:\n${said}`);
  }
  writeFileSync(stampOf(name), lastBuild(name));
  // What changed while it ran is not in it.
  utimesSync(stampOf(name), started, started);
}

const stampOf = (name: string): string => path.join(DIST, `.built-${name}`);

/** When webpack wrote a build for browsers last: by somebody else's hand too, for another host maybe. */
function lastBuild(name: string): string {
  return String(statSync(path.join(DIST, `.chunks-${name}.json`), { throwIfNoEntry: false })?.mtimeMs ?? '');
}

function isStale({ name, output, from }: Target): boolean {
  const stamp = stampOf(name);
  if (!existsSync(stamp) || !existsSync(path.join(DIST, output))) return true;
  if (read(stamp) !== lastBuild(name)) return true;
  const built = statSync(stamp).mtimeMs;
  return from.some((source) => newest(path.join(ROOT, source)) > built);
}

/** The lock holds the process that builds; one that was left behind by a process that is gone is taken away. */
function takeLock(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    const holder = Number(read(lock));
    if (holder > 0 && !isRunning(holder)) rmSync(lock, { force: true });
    return false;
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function newest(file: string): number {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  // A folder's own time tells of files that went.
  return readdirSync(file, { recursive: true, withFileTypes: true }).reduce(
    (latest, entry) =>
      Math.max(
        latest,
        statSync(path.join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.mtimeMs ?? 0,
      ),
    found.mtimeMs,
  );
}

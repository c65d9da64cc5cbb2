import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** Names that a Chromium goes by. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

/**
 * The path of an installed Chromium: `ALLOT_CHROMIUM`, else one on the PATH. Where there is none and we are root on
 * Debian, its package is installed. Null where all that fails: tests that need it skip and say so.
 */
export function findChromium(): string | null {
  const found = installed();
  if (found !== null || process.getuid?.() !== 0) return found;
  try {
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { stdio: 'ignore' });
  } catch {
    return null;
  }
  return installed();
}

/** Why browser tests skip, for their names. */
export const NO_CHROMIUM = 'no Chromium here: install the package “chromium” or set ALLOT_CHROMIUM';

function installed(): string | null {
  const { ALLOT_CHROMIUM: given, PATH = '' } = process.env;
  const folders = ['/usr/bin', ...PATH.split(path.delimiter).filter((folder) => folder !== '')];
  const candidates = [
    ...(given === undefined ? [] : [given]),
    ...NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name))),
  ];
  return candidates.find((file) => isExecutable(file) && runs(file)) ?? null;
}

/** Debian-like systems have a launcher of that name that only tells how to install it. */
function runs(file: string): boolean {
  return spawnSync(file, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Starts it without a window. As root it has no sandbox of its own. */
export function launch(executablePath: string): Promise<Browser> {
  const root = process.getuid?.() === 0;
  return chromium.launch({ executablePath, args: root ? ['--no-sandbox'] : [] });
}

import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** Names that a Chromium goes by. The first one has no tabs and bars of its own, and takes half as long. */
const NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
];

/**
 * The path of an installed Chromium: `ALLOT_CHROMIUM`, else one on the PATH. Null where there is none: tests that need
 * it skip and say so.
 */
export function findChromium(): string | null {
  return installed();
}

/** Installs Debian's package where no Chromium is here and we may. Once a test run: packages are installed one at a time. */
export function installChromium(): void {
  if (installed() !== null || process.getuid?.() !== 0) return;
  console.log('no browser here: installing Debian’s chromium for the browser tests');
  const apt = (...args: string[]): boolean =>
    spawnSync('apt-get', [...args, '-qq'], { stdio: 'ignore' }).status === 0;
  if (!apt('update')) return;
  for (const name of ['chromium-headless-shell', 'chromium'])
    if (apt('install', '-y', '--no-install-recommends', name)) return;
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

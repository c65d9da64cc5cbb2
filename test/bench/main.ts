/** `npm run bench`: measures Allot beside others that do the same job. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { officeBin } from './contestants/office.ts';
import { postgresBin } from './contestants/postgres.ts';
import { inItsOwn, keepsMemory } from './memoryKept.ts';
import { BENCH, peersInstalled, peerVersions, ROOT } from './peers.ts';
import { cold } from './sections/cold.ts';
import { compare } from './sections/compare.ts';
import { edits } from './sections/edits.ts';
import { files } from './sections/files.ts';
import { growthOf } from './sections/growth.ts';
import { type Section, type Settings, settingsFrom, USAGE } from './settings.ts';
import { markdown, type Sheet, terminal } from './table.ts';

async function main(): Promise<void> {
  const settings = settingsFrom(process.argv.slice(2));
  if (settings === null) {
    console.error(USAGE);
    process.exitCode = 2;
    return;
  }
  const asked = (section: Section): boolean => settings.sections.includes(section);
  const job = asked('job');
  const engines = asked('engines');
  if ((job || engines || asked('files')) && !peersInstalled()) install(settings);
  const show = settings.markdown ? markdown : terminal;
  if (!settings.bare) console.log(`${surroundings(settings)}\n`);
  const print = async (sheets: AsyncIterable<Sheet>): Promise<void> => {
    for await (const sheet of sheets) {
      settings.say('');
      console.log(show(sheet));
    }
  };
  if (job || engines) await print(compare(settings, { job, engines }));
  if (asked('files')) await print(files(settings));
  const within = async (section: Section, sheets: (of: Settings) => AsyncIterable<Sheet>): Promise<void> => {
    if (!asked(section)) return;
    if (keepsMemory()) await print(sheets(settings));
    else inItsOwn(section, settings);
  };
  await within('edits', edits);
  await within('growth', growthOf);
  if (asked('cold')) await print(cold(settings));
}

/** The others' packages, which nothing but the benchmark needs; what can't be installed is skipped. */
function install({ say }: Settings): void {
  say('installing what is compared with (npm ci in test/bench)\n');
  try {
    execFileSync('npm', ['ci', '--prefix', BENCH, '--no-audit', '--no-fund'], {
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    });
  } catch {
    say('could not be installed: those that need packages are skipped\n');
  }
}

/** What was measured on and against, without saying whose machine it is. */
function surroundings({ markdown: isMarkdown }: Settings): string {
  const first = (program: string | null, args: readonly string[]): string | null => {
    if (program === null) return null;
    try {
      return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    } catch {
      return null;
    }
  };
  const bin = postgresBin();
  const postgres = first(bin === null ? null : path.join(bin, 'postgres'), ['--version']);
  const office = first(officeBin(), ['--version']);
  const own = ['decimal.js', 'papaparse', 'chevrotain'];
  const file: unknown = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const { dependencies } = file as { readonly dependencies: Readonly<Record<string, string>> };
  const packages = [...own.map((name) => [name, dependencies[name]]), ...Object.entries(peerVersions())];
  const lines = [
    `Processor: ${cpus()[0]?.model.trim() ?? 'unknown'}, ${cpus().length} threads`,
    `Node ${process.versions.node} (V8 ${process.versions.v8})`,
    packages.map((pair) => pair.join(' ')).join(', '),
    ...[postgres, office].flatMap((text) =>
      text === null
        ? []
        : [
            text
              .replace('postgres (PostgreSQL)', 'PostgreSQL')
              .replace(/(?: \([^)]*\)| \d*\(Build:\d+\)| \S{30,})$/, ''),
          ],
    ),
  ];
  return lines.join(isMarkdown ? '; ' : '\n');
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

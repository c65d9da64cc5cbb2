import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Programs that are not ours and read what we write. */
const PYTHON = '/usr/bin/python3';

export function hasOpenpyxl(): boolean {
  return runs(PYTHON, ['-c', 'import openpyxl']);
}

export function hasLibreOffice(): boolean {
  return runs('soffice', ['--version']);
}

function runs(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Says which tests can't run for want of a program. */
export function skipNote(what: string): void {
  process.stderr.write(`skipped: ${what} is not installed, so its view of our workbooks is not tested\n`);
}

export function python(script: string, ...args: readonly string[]): string {
  const file = path.join(import.meta.dirname, script);
  return execFileSync(PYTHON, ['-W', 'ignore', file, ...args], { encoding: 'utf8', maxBuffer: 1 << 26 });
}

/** A sheet as openpyxl sees it; `types` and `formats` are those of row 2. */
export interface SeenSheet {
  readonly rows: readonly (readonly unknown[])[];
  readonly formats: readonly string[];
  readonly types: readonly string[];
  readonly tables: Readonly<Record<string, string>>;
  readonly charts: number;
  readonly frozen: string | null;
  readonly widths: Readonly<Record<string, number>>;
}

export function readBack(file: string): Readonly<Record<string, SeenSheet>> {
  return JSON.parse(python('read_back.py', file)) as Record<string, SeenSheet>;
}

/** Has LibreOffice convert a file into a new folder, which is given back. It gets a profile of its own. */
export function libreOffice(file: string, format: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'allot-office-'));
  const profile = `-env:UserInstallation=file://${folder}/profile`;
  const args = [profile, '--headless', '--convert-to', format, '--outdir', path.join(folder, 'out'), file];
  execFileSync('soffice', args, { stdio: 'ignore', timeout: 120_000 });
  return path.join(folder, 'out');
}

/** Every sheet as CSV text, by its name, with values as they are stored. */
export function libreOfficeSheets(file: string): Readonly<Record<string, string>> {
  const out = libreOffice(
    file,
    'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1',
  );
  const base = `${path.basename(file, path.extname(file))}-`;
  const names = readdirSync(out).filter((name) => name.startsWith(base));
  return Object.fromEntries(
    names.map((name) => [
      name.slice(base.length, -'.csv'.length),
      readFileSync(path.join(out, name), 'utf8'),
    ]),
  );
}

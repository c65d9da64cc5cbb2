import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder of its own for one test, gone when the test is done. */
export function scratch(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'allot-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A book as a folder, in a scratch folder. */
export function folderBook(files: Readonly<Record<string, string | Uint8Array>>): string {
  const book = path.join(scratch(), 'book');
  mkdirSync(book);
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(book, name), content);
  return book;
}

/** Every file below a folder, by its path from there. */
export function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
}

export const STAFF_CSV = 'id,side,base\nE1,back,5000\nE2,back,4500.5\nF1,front,4000\n';
export const RULES = `# Who gets what
table Staff key id
pool = 100

each Staff
  ratio = base / 3
share pool among Staff where side = "back" by base as reward
statement net for Staff where side = "back"
  add base "=1+1"
  add reward "@Reward"
`;

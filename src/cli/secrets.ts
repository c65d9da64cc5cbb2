import { readFile, stat } from 'node:fs/promises';
import { InvalidArgumentError, type Option } from 'commander';
import type { Language } from '../problems/messages/index.ts';
import type { Secret } from '../sources/fetch/context.ts';
import { sourceWords } from '../sources/words.ts';
import { systemError } from '../workbook/bookError.ts';
import { several } from './compareArguments.ts';
import type { Io } from './io.ts';

/** `--secret NAME=WHERE`, of every command that goes to servers. */
export function secretOption(language: Language): Option {
  const t = sourceWords(language).cli;
  return several('--secret <NAME=WHERE>', t.secret, (text) => {
    if (!/^[A-Za-z]\w*(?:@[^=\s]+)?=(?:env|file):.+$/.test(text))
      throw new InvalidArgumentError(t.badSecret(text));
    return text;
  });
}

/** Looks secrets up; a text where one that was named can't be had: which. */
export async function secretsOf(
  named: readonly string[],
  { env }: Pick<Io, 'env'>,
): Promise<((name: string) => Secret | null) | string> {
  const known = new Map<string, Secret>();
  for (const text of named) {
    const [, name = '', host = null, kind, where = ''] =
      /^([A-Za-z]\w*)(?:@([^=\s]+))?=(env|file):(.+)$/.exec(text) ?? [];
    const value = kind === 'env' ? env[where] : await readFile(where, 'utf8').catch(() => undefined);
    if (value === undefined || value.trim() === '') return `${name}=${kind}:${where}`;
    known.set(name, { value: value.trim(), host });
  }
  return (name) => {
    const value = env[`ALLOT_SECRET_${name.toUpperCase()}`];
    return known.get(name) ?? (value === undefined ? null : { value, host: null });
  };
}

/** What tells whether a book was written to: when, and how long it is. */
export async function stampOf(book: string): Promise<{ readonly folder: boolean; readonly text: string }> {
  const found = await stat(book, { bigint: true }).catch((error: unknown) => {
    throw systemError(book, error);
  });
  return { folder: found.isDirectory(), text: `${found.mtimeNs} ${found.size} ${found.ino}` };
}

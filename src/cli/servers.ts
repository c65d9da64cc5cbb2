import path from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import type { Language } from '../problems/messages/index.ts';
import type { FetchContext } from '../sources/fetch/context.ts';
import { sourceWords } from '../sources/words.ts';

const SECONDS = 30;
/** Milliseconds that a server's answer may take where nobody says. */
export const TIMEOUT = SECONDS * 1000;

/** `--timeout SECONDS`, of every command that goes to servers. Its value is in milliseconds. */
export function timeoutOption(language: Language): Option {
  const t = sourceWords(language).cli;
  return new Option('--timeout <SECONDS>', t.timeout(SECONDS)).argParser((text) => {
    if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError(t.badTimeout);
    return Number(text) * 1000;
  });
}

/** What commands that go to servers may use of the world; `folder`: whether the book is one. */
export function contextOf(
  { book, timeout }: { readonly book: string; readonly timeout: number },
  folder: boolean,
  secret: FetchContext['secret'],
): FetchContext {
  return {
    folder: folder ? book : path.dirname(path.resolve(book)),
    secret,
    timeout,
    limit: 256 * 2 ** 20,
    pause: 500,
  };
}

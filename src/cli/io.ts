import type { Language } from '../problems/messages/index.ts';

/** What the command line has of the world around it; tests give their own. */
export interface Io {
  /** Both wait until the reader has taken what was written. */
  out(chunks: Iterable<string>): Promise<void>;
  err(chunks: Iterable<string>): Promise<void>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Today's date in local time, `2026-03-31`. */
  readonly today: string;
  /** Places of a line of the terminal. */
  readonly width: number;
  /** Whether people watch stderr. */
  readonly watched: boolean;
}

/** 0 done; 1 the rules or the data have errors; 2 the command or a file is wrong. */
export type Status = 0 | 1 | 2;

/** Where stdout is no terminal, tables are told in this width. */
const WIDTH = 120;
/** Characters that are written at once. */
const PIECE = 65_536;

/** The world of a Node process. */
export function processIo(): Io {
  const now = new Date();
  const two = (n: number): string => String(n).padStart(2, '0');
  return {
    out: (chunks) => writeAll(process.stdout, chunks),
    err: (chunks) => writeAll(process.stderr, chunks),
    env: process.env,
    today: `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`,
    width: Math.max(40, process.stdout.columns ?? WIDTH),
    watched: process.stderr.isTTY === true,
  };
}

async function writeAll(stream: NodeJS.WriteStream, chunks: Iterable<string>): Promise<void> {
  let text = '';
  for (const chunk of chunks) {
    text += chunk;
    if (text.length < PIECE) continue;
    await write(stream, text);
    text = '';
  }
  if (text !== '') await write(stream, text);
}

function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => (error == null ? resolve() : reject(error)));
  });
}

/** The language that the environment asks for: that of messages, as in POSIX; English where it says nothing. */
export function languageOf(env: Io['env']): Language {
  const wanted =
    [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((value) => value !== undefined && value !== '') ??
    Intl.DateTimeFormat().resolvedOptions().locale;
  return /^zh\b|^zh_/i.test(wanted) ? 'zh-CN' : 'en';
}

import { cli } from '../../src/cli/cli.ts';
import type { Io } from '../../src/cli/io.ts';

export interface Said {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** A world that records what is said to it. */
export function world(over: Partial<Io> = {}): Io & { readonly said: { out: string; err: string } } {
  const said = { out: '', err: '' };
  const keep =
    (stream: 'out' | 'err') =>
    async (chunks: Iterable<string>): Promise<void> => {
      for (const chunk of chunks) said[stream] += chunk;
    };
  return {
    out: keep('out'),
    err: keep('err'),
    env: {},
    today: '2026-03-31',
    width: 100,
    watched: false,
    said,
    ...over,
  };
}

/** The command line in this process. */
export async function inProcess(args: readonly string[], over: Partial<Io> = {}): Promise<Said> {
  const io = world(over);
  const status = await cli(args, io);
  return { status, ...io.said };
}

/** The same in a language, on a wide screen. */
export async function said(args: readonly string[], language = 'en'): Promise<Said> {
  return inProcess([...args, '--lang', language], { width: 140 });
}

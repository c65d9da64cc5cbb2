import { cli } from '../../src/cli/cli.ts';

export interface Said {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** The command line in this process. */
export async function said(args: readonly string[], language = 'en'): Promise<Said> {
  const kept = { out: '', err: '' };
  const keep =
    (stream: 'out' | 'err') =>
    async (chunks: Iterable<string>): Promise<void> => {
      for (const chunk of chunks) kept[stream] += chunk;
    };
  const status = await cli([...args, '--lang', language], {
    out: keep('out'),
    err: keep('err'),
    env: {},
    today: '2026-03-31',
    width: 140,
    watched: false,
  });
  return { status, ...kept };
}

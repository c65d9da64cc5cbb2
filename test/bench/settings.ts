import { parseArgs } from 'node:util';

export const SECTIONS = ['job', 'engines', 'files', 'edits', 'growth', 'cold'] as const;
export type Section = (typeof SECTIONS)[number];

export interface Settings {
  readonly sections: readonly Section[];
  readonly sizes: readonly Size[];
  readonly rounds: number;
  readonly quick: boolean;
  readonly markdown: boolean;
  /** Tables alone, without what they were measured on. */
  readonly bare: boolean;
  readonly say: (text: string) => void;
}

export interface Size {
  readonly tickets: number;
  readonly people: number;
}

const SIZES: readonly Size[] = [
  { tickets: 100_000, people: 2000 },
  { tickets: 1_000_000, people: 10_000 },
];

export const USAGE = `npm run bench -- [--only ${SECTIONS.join(',')}] [--quick] [--rounds 5] [--markdown] [--bare]`;

/** What the command line asks for; null where it can't be understood. */
export function settingsFrom(args: readonly string[]): Settings | null {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        only: { type: 'string' },
        quick: { type: 'boolean', default: false },
        rounds: { type: 'string' },
        markdown: { type: 'boolean', default: false },
        bare: { type: 'boolean', default: false },
      },
    });
    const { quick, markdown, bare } = values;
    const asked = values.only?.split(',');
    const sections = SECTIONS.filter((name) => asked === undefined || asked.includes(name));
    const rounds = Number(values.rounds ?? (quick ? 1 : 5));
    const known = asked === undefined || asked.every((name) => sections.some((one) => one === name));
    if (!known || !Number.isInteger(rounds) || rounds < 1) return null;
    return {
      sections,
      sizes: quick ? SIZES.slice(0, 1) : SIZES,
      rounds,
      quick,
      markdown,
      bare,
      say: (text) => {
        if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
      },
    };
  } catch {
    return null;
  }
}

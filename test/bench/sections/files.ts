import { rmSync } from 'node:fs';
import path from 'node:path';
import { makeData } from '../data.ts';
import { dataSheets, makeFolder, makeXlsx, temporary } from '../files/book.ts';
import { AS_OF, type Cents } from '../job.ts';
import { exactCents, wrongCents } from '../oracle.ts';
import { ALLOT, OUT } from '../peers.ts';
import { type Finished, whole } from '../processes.ts';
import { spread } from '../rounds.ts';
import type { Settings, Size } from '../settings.ts';
import { duration, grouped, mebibytes, type Sheet, spreadText, times } from '../table.ts';

interface Program {
  readonly name: string;
  readonly args: readonly string[];
  readonly node?: readonly string[];
  /** The program that it is compared with, by place in the list. */
  readonly beside: number;
  readonly ours: boolean;
}

/** exceljs needs more than Node gives by itself at a million rows. */
const ROOM = ['--max-old-space-size=12288'];

/** Whole processes over files: reading, computing and showing, beside programs that only read the same files. */
export async function* files(settings: Settings): AsyncGenerator<Sheet> {
  for (const size of settings.sizes) yield ofSize(size, settings);
}

async function ofSize({ tickets, people }: Size, { rounds, say }: Settings): Promise<Sheet> {
  const folder = temporary();
  try {
    say(`files: writing ${grouped(tickets)} tickets`);
    const data = makeData(tickets, people);
    const book = path.join(folder, 'book');
    const xlsx = path.join(folder, 'book.xlsx');
    makeFolder(book, data);
    makeXlsx(xlsx, dataSheets(data));
    const program = (name: string): string => path.join(OUT, `${name}.cjs`);
    const run = (from: string): readonly string[] => [ALLOT, 'run', from, '--as-of', AS_OF];
    const csvs = ['Staff.csv', 'Tickets.csv'].map((name) => path.join(book, name));
    const list: readonly Program[] = [
      {
        name: 'papaparse, a bare pass over the CSV',
        args: [program('csvPass'), ...csvs],
        beside: 0,
        ours: false,
      },
      { name: 'ours, run from CSV', args: run(book), beside: 0, ours: true },
      {
        name: 'exceljs, reading the xlsx',
        args: [program('xlsxRead'), xlsx],
        node: ROOM,
        beside: 2,
        ours: false,
      },
      {
        name: 'exceljs, its streaming reader',
        args: [program('xlsxRead'), xlsx, '--stream'],
        node: ROOM,
        beside: 2,
        ours: false,
      },
      { name: 'ours, run from xlsx', args: run(xlsx), beside: 2, ours: true },
    ];
    const taken = list.map((): Finished[] => []);
    const failed = list.map((): string | null => null);
    for (let round = 0; round < rounds; round++)
      for (const [i, { name, args, node }] of list.entries()) {
        if (failed[i] !== null) continue;
        say(`files: ${grouped(tickets)} tickets, round ${round + 1} of ${rounds}, ${name}`);
        try {
          taken[i]?.push(await whole(args, node));
        } catch (error) {
          failed[i] = error instanceof Error ? error.message : String(error);
        }
      }
    const exact = exactCents(data);
    const wrong: string[] = [];
    for (const { ours, args } of list) {
      const said = ours ? await whole([...args, '--json']) : null;
      wrong.push(said === null ? '–' : grouped(wrongCents(centsOf(said.out, people), exact)));
    }
    const time = taken.map((all) => spread(all.map((one) => one.milliseconds)));
    const memory = taken.map((all) => spread(all.map((one) => one.memory)).median);
    return {
      title: `Whole processes over files, ${grouped(tickets)} tickets`,
      headings: [
        'process',
        'median',
        'min – max',
        'time, to the reader',
        'memory',
        'memory, to the reader',
        'wrong cents',
      ],
      rows: list.map(({ name, beside }, i) => {
        const one = time[i] ?? spread([]);
        if (failed[i] !== null) return [name, 'failed', '–', '–', '–', '–', '–'];
        return [
          name,
          duration(one.median),
          spreadText(one),
          times(one.median / (time[beside]?.median ?? Number.NaN)),
          mebibytes(memory[i] ?? 0),
          times((memory[i] ?? 0) / (memory[beside] ?? Number.NaN)),
          wrong[i] ?? '–',
        ];
      }),
      notes: [
        `${rounds} rounds in turn, from the start of the process to its end. Ours reads, checks, computes and prints; the readers only read. Heap limit of exceljs 12 GiB.`,
        ...failed.flatMap((why, i) =>
          why === null ? [] : [`${list[i]?.name} failed: ${why.split('\n')[0]}`],
        ),
      ],
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Everybody's cents from what `run --json` prints. */
function centsOf(json: string, people: number): Cents {
  const { tables } = JSON.parse(json) as {
    readonly tables: {
      readonly Staff: {
        readonly rows: readonly { readonly to_pool: string | null; readonly reward: string | null }[];
      };
    };
  };
  const rows = tables.Staff.rows.map(({ to_pool, reward }) => Math.round(Number(to_pool ?? reward) * 100));
  if (rows.length !== people) throw new Error(`${rows.length} people, not ${people}`);
  return rows;
}

import type { ContestantName } from '../contestants/index.ts';
import { growth, type Point } from '../extrapolate.ts';
import { peersInstalled, peerVersions } from '../peers.ts';
import { compete, type Measured } from '../rounds.ts';
import type { Settings, Size } from '../settings.ts';
import { duration, grouped, mebibytes, type Sheet, spreadText, times } from '../table.ts';

interface Entry {
  readonly name: ContestantName;
  readonly label: string;
  /** The float loop over the same input. */
  readonly beside: ContestantName;
  readonly needs: string | null;
}

const COLUMNS = 'float-columns';
const entry = (
  name: ContestantName,
  label: string,
  needs: string | null = null,
  beside: ContestantName = COLUMNS,
): Entry => ({ name, label, beside, needs });

const JOB: readonly Entry[] = [
  entry('float-columns', 'float64 loop, typed columns (inexact)'),
  entry('ours-columns', 'Allot, typed columns: parse, check, evaluate'),
  entry('ours-evaluation', 'Allot, typed columns: evaluate alone'),
  entry('float-values', 'float64 loop, values[][] (inexact)', null, 'float-values'),
  entry('ours-values', 'Allot, values[][]: import, parse, check, evaluate', null, 'float-values'),
  entry('decimal', 'decimal.js loop, typed columns'),
  entry('duckdb1', 'DuckDB DECIMAL, 1 thread', '@duckdb/node-api'),
  entry('duckdb2', 'DuckDB DECIMAL, 2 threads', '@duckdb/node-api'),
  entry('postgres', 'PostgreSQL numeric, 1 process', 'pg'),
];

/** Where something is too slow for the whole: as parts of the tickets (and people), smallest first. */
interface EngineEntry extends Entry {
  readonly upTo: number;
}
const engine = (name: ContestantName, label: string, needs: string | null, upTo: number): EngineEntry => ({
  ...entry(name, label, needs),
  upTo,
});

const ENGINES: readonly EngineEntry[] = [
  engine('zen', 'zen (points and scores; the rest in doubles)', '@gorules/zen-engine', 1_000_000),
  engine('feelin', 'feelin (points and scores; the rest in doubles)', 'feelin', 200_000),
  engine('publicodes', 'publicodes (points and scores; the rest in doubles)', 'publicodes', 20_000),
  engine('hyperformula', 'HyperFormula, formulas in cells', 'hyperformula', 16_000),
  engine('office', 'LibreOffice, formulas in cells', null, 100_000),
];

/** Engines are slow and steady: more rounds tell nothing more. */
const ENGINE_ROUNDS = 3;

interface Line {
  readonly label: string;
  readonly time: number;
  readonly spread: string;
  readonly beside: ContestantName;
  readonly wrong: string;
  readonly memory: string;
}

/** One table a size: everybody who does the job, with ratios to the float loop over the same input and to ours. */
export async function* compare(
  settings: Settings,
  sections: { readonly job: boolean; readonly engines: boolean },
): AsyncGenerator<Sheet> {
  for (const size of settings.sizes) {
    const notes: string[] = [];
    // Engines alone are compared with the loop and with ours too.
    const list = sections.job ? JOB : JOB.slice(0, 2);
    const found = await run(list, size, settings.rounds, settings);
    const lines = list.flatMap((one) => lineOf(one, found.get(one.name), notes));
    if (sections.engines)
      for (const one of ENGINES) lines.push(...(await engineLine(one, size, settings, notes)));
    const time = (name: ContestantName): number => {
      const got = found.get(name);
      return got?.kind === 'measured' ? got.time.median : Number.NaN;
    };
    yield {
      title: `The job over ${grouped(size.tickets)} tickets of ${grouped(size.people)} people`,
      headings: [
        'who',
        'median',
        'min – max',
        'tickets/s',
        'to the float loop',
        'to Allot',
        'wrong cents',
        'memory',
      ],
      rows: lines.map((line) => [
        line.label,
        duration(line.time),
        line.spread,
        grouped((size.tickets / line.time) * 1000),
        times(line.time / time(line.beside)),
        times(line.time / time('ours-columns')),
        line.wrong,
        line.memory,
      ]),
      notes: [
        `${settings.rounds} rounds in turn after six seconds to warm up, each contestant in a process of its own (a short job is done over and over, for two seconds or fifty times); loading is not counted. To the float loop: the one over the same input; to Allot: from typed columns, whole. Wrong cents: summed over all people, against exact fractions. Memory: peak of the process with its data (of the client, for PostgreSQL).`,
        ...notes,
      ],
    };
  }
}

async function run(
  list: readonly Entry[],
  { tickets, people }: Size,
  rounds: number,
  { say }: Settings,
): Promise<ReadonlyMap<ContestantName, Measured>> {
  const installed = peersInstalled();
  const there = list.filter(({ needs }) => needs === null || installed);
  return compete(
    there.map(({ name }) => name),
    tickets,
    people,
    rounds,
    say,
  );
}

function lineOf({ label, beside, needs }: Entry, got: Measured | undefined, notes: string[]): Line[] {
  if (got === undefined) {
    notes.push(`${label}: skipped, the package ${needs} is not installed.`);
    return [];
  }
  if (got.kind !== 'measured') {
    notes.push(`${label}: ${got.kind === 'absent' ? 'skipped' : 'failed'}, ${got.why}.`);
    return [];
  }
  const { time, wrong, memory } = got;
  return [
    {
      label: withVersion(label, needs),
      time: time.median,
      spread: spreadText(time),
      beside,
      wrong: grouped(wrong),
      memory: mebibytes(memory),
    },
  ];
}

async function engineLine(
  one: EngineEntry,
  size: Size,
  settings: Settings,
  notes: string[],
): Promise<readonly Line[]> {
  const rounds = Math.min(ENGINE_ROUNDS, settings.rounds);
  const part = (tickets: number): Size => ({
    tickets,
    people: Math.max(10, Math.round((size.people * tickets) / size.tickets)),
  });
  if (size.tickets <= one.upTo) {
    const got = (await run([one], size, rounds, settings)).get(one.name);
    return lineOf(one, got, notes);
  }
  const sizes = [one.upTo / 2, one.upTo].map(part);
  // What else the machine does only lengthens a time, but for the one that is a difference of two.
  const which = one.name === 'office' ? 'median' : 'least';
  const points: Point[] = [];
  let largest: Measured | undefined;
  for (const smaller of sizes) {
    largest = (await run([one], smaller, rounds, settings)).get(one.name);
    if (largest?.kind !== 'measured') return lineOf(one, largest, notes);
    points.push({ size: smaller.tickets, milliseconds: largest.time[which] });
  }
  const grown = growth(points);
  if (grown === null || largest?.kind !== 'measured') return [];
  const measured = points
    .map(({ size: tickets, milliseconds }) => `${duration(milliseconds)} at ${grouped(tickets)}`)
    .join(', ');
  notes.push(
    `${one.label}: extrapolated from the ${which === 'least' ? 'least times' : 'medians'}, ${measured} (as many tickets a person), that is growth with the power ${grown.power.toFixed(2)}; its wrong cents and memory are of the larger one.`,
  );
  return [
    {
      label: `${withVersion(one.label, one.needs)}, extrapolated`,
      time: grown.at(size.tickets),
      spread: 'extrapolated',
      beside: one.beside,
      wrong: `(${grouped(largest.wrong)})`,
      memory: `(${mebibytes(largest.memory)})`,
    },
  ];
}

function withVersion(label: string, needs: string | null): string {
  const version = needs === null || needs === 'pg' ? undefined : peerVersions()[needs];
  return version === undefined ? label : label.replace(/^([\w.]+)/, `$1 ${version}`);
}

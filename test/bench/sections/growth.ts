import { parseRules } from '../../../grammar/index.ts';
import { chance } from '../../../samples/make/random.ts';
import type { Results } from '../../../src/engine/results.ts';
import { run } from '../../../src/engine/run.ts';
import { parseDate } from '../../../src/exact/date.ts';
import { checkRules } from '../../../src/rules/check.ts';
import type { Program } from '../../../src/rules/program.ts';
import type { SheetTable, Workbook } from '../../../src/workbook/port.ts';
import { columnsOf, compile, workbookOf } from '../contestants/ours.ts';
import { AS_OF } from '../job.ts';
import { spread } from '../rounds.ts';
import type { Settings } from '../settings.ts';
import { duration, grouped, type Sheet, times } from '../table.ts';
import { KINDS, manyRules } from './kinds.ts';

/** Doublings from 125,000 to 2,000,000 rows. */
const SIZES: readonly number[] = [125_000, 250_000, 500_000, 1_000_000, 2_000_000];
/** Rows of a group. */
const GROUP = 100;

/** A table of rows in groups, and the table of groups. */
export function grownTables(rows: number): readonly SheetTable[] {
  const random = chance('growth');
  const groups = Math.max(1, Math.floor(rows / GROUP));
  const name = (i: number): string => `G${String(i + 1).padStart(6, '0')}`;
  return [
    columnsOf('Groups', ['Id', 'Rate'], groups, (i) => [name(i), random.between(1, 100) / 4]),
    columnsOf('Rows', ['No', 'Group', 'X', 'Y', 'Points', 'Kind', 'Good'], rows, (i) => [
      i + 1,
      name(i < groups ? i : random.between(0, groups - 1)),
      random.between(1, 100_000) / 100,
      random.between(1, 1000) / 10,
      random.between(0, 1000) / 10,
      random.pick(['red', 'green', 'blue', 'grey']),
      random.happens(0.7),
    ]),
  ];
}

/** A shorter evaluation, in milliseconds, is done several times over. */
const SHORT = 100;
const MOST = 15;

interface Evaluated {
  /** Milliseconds. */
  readonly taken: number;
  readonly results: Results;
}

/** A whole evaluation, every column asked for: one may be computed only then. */
function evaluated(name: string, program: Program, workbook: Workbook): Evaluated {
  const start = performance.now();
  const results = run(program, workbook);
  for (const column of results.columns) column.at(0);
  const taken = performance.now() - start;
  const [problem] = results.problems;
  if (problem !== undefined) throw new Error(`${name}: ${problem.code}`);
  return { taken, results };
}

/** Time against size, for every kind of statement, and against the number of rules. */
export async function* growthOf({ quick, rounds, say }: Settings): AsyncGenerator<Sheet> {
  const sizes = quick ? SIZES.slice(0, 2) : SIZES;
  const turns = Math.min(3, rounds + 1);
  const tables = sizes.map((size) => {
    say(`growth: making ${grouped(size)} rows`);
    return grownTables(size);
  });
  const found = KINDS.map(({ name, rules }): readonly number[] => {
    const programs = tables.map((of) => {
      const workbook = workbookOf(of, rules);
      return { workbook, program: compile(workbook) };
    });
    const least = programs.map(() => Number.POSITIVE_INFINITY);
    let kept: Evaluated | null = null;
    // Sizes in turn: whatever else the machine does meets all of them.
    for (let round = 0; round < turns; round++)
      programs.forEach(({ program, workbook }, i) => {
        say(`growth: ${name}, ${grouped(sizes[i] ?? 0)} rows`);
        for (let all = 0, count = 0; all < SHORT && count < MOST; count++) {
          // As in the job itself: results are kept until the next.
          kept = evaluated(name, program, workbook);
          const { taken } = kept;
          all += taken;
          least[i] = Math.min(least[i] ?? taken, taken);
        }
      });
    if (kept === null) throw new Error('nothing was evaluated');
    return least;
  });
  const last = sizes.length - 1;
  yield {
    title: 'Time of one statement against rows, and the ratio of each doubling',
    headings: [
      'statement',
      ...sizes.map((size, i) => (i === 0 ? `${grouped(size)} rows` : grouped(size))),
      'worst doubling',
      'a doubling on average',
    ],
    rows: KINDS.map(({ name }, i) => {
      const taken = found[i] ?? [];
      const ratios = taken.slice(1).map((time, k) => time / (taken[k] ?? Number.NaN));
      return [
        name,
        ...taken.map((time, k) =>
          k === 0 ? duration(time) : `${duration(time)} (${(ratios[k - 1] ?? Number.NaN).toFixed(2)})`,
        ),
        times(Math.max(...ratios)),
        times(((taken[last] ?? Number.NaN) / (taken[0] ?? Number.NaN)) ** (1 / last)),
      ];
    }),
    notes: [
      `Evaluation of a program with this statement (and what its inputs need) over typed columns; groups of ${GROUP} rows; the least of ${turns} rounds, sizes in turn.`,
    ],
  };
  yield rulesSheet(rounds);
}

function rulesSheet(rounds: number): Sheet {
  const tables = grownTables(10_000);
  const asOf = parseDate(AS_OF) ?? 0;
  let before: number | null = null;
  const rows = [250, 500, 1000].map((count) => {
    const workbook = workbookOf(tables, manyRules(count));
    const parts: number[][] = [[], [], []];
    for (let round = 0; round <= rounds; round++) {
      globalThis.gc?.();
      const t0 = performance.now();
      const file = parseRules(workbook.rules);
      const t1 = performance.now();
      const { program, problems } = checkRules(file, workbook, asOf);
      const t2 = performance.now();
      if (program === null || problems.length > 0) throw new Error(`${problems[0]?.code} in ${count} rules`);
      for (const column of run(program, workbook).columns) column.at(0);
      const t3 = performance.now();
      if (round > 0) [t1 - t0, t2 - t1, t3 - t2].forEach((time, i) => parts[i]?.push(time));
    }
    const medians = parts.map((part) => spread(part).median);
    const all = medians.reduce((sum, x) => sum + x, 0);
    const ratio: string = before === null ? '–' : times(all / before);
    before = all;
    return [grouped(count), ...medians.map(duration), duration(all), ratio];
  });
  return {
    title: 'Many rules over 10,000 rows',
    headings: ['rules', 'parse', 'check', 'evaluate', 'all', 'per doubling'],
    rows,
    notes: [`Medians of ${rounds}. A third each: arithmetic on the rule before, a choice, a band.`],
  };
}

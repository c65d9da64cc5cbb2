import { editedWorkbook, startEditable, type TableChange } from '../../../src/engine/edits/index.ts';
import type { Results } from '../../../src/engine/results.ts';
import { run } from '../../../src/engine/run.ts';
import { rational } from '../../../src/exact/rational.ts';
import { logicalValue, numberValue, textValue, type Value } from '../../../src/exact/value.ts';
import { compile, tablesOf, workbookOf } from '../contestants/ours.ts';
import { type Data, makeData } from '../data.ts';
import { spread } from '../rounds.ts';
import type { Settings } from '../settings.ts';
import { duration, grouped, type Sheet, spreadText } from '../table.ts';

interface Kind {
  readonly name: string;
  readonly table: number;
  readonly column: number;
  row(data: Data, i: number): number;
  value(data: Data, i: number): Value;
}

const decimal = (n: number, d: bigint): Value => numberValue(rational(BigInt(n), d));
const ticket = (data: Data, i: number): number => (i * 7919 + 13) % data.tickets;

const KINDS: readonly Kind[] = [
  {
    name: 'minutes of a ticket',
    table: 1,
    column: 2,
    row: ticket,
    value: (_, i) => decimal(1000 + ((i * 3571) % 30_000), 100n),
  },
  {
    name: 'whether one is resolved',
    table: 1,
    column: 3,
    row: ticket,
    value: (_, i) => logicalValue(i % 2 === 0),
  },
  {
    name: 'feedback on a ticket',
    table: 1,
    column: 4,
    row: ticket,
    value: (_, i) => decimal(10 + ((i * 17) % 41), 10n),
  },
  {
    name: "a ticket's engineer",
    table: 1,
    column: 1,
    row: ticket,
    value: ({ ids, front, people }, i) => textValue(ids[front + ((i * 31) % (people - front))] ?? ''),
  },
  {
    name: 'a commission',
    table: 0,
    column: 2,
    row: ({ front }, i) => (i * 31) % front,
    value: (_, i) => decimal(1_000_000 + i * 1237, 1000n),
  },
];

/** Edits of a kind in a round, and evaluations of everything; in the first one, to warm up. */
const EDITS = 10;
const EVALUATIONS = 9;
const WARM = 60;

/** One-cell edits against evaluating everything, in turn. */
export async function* edits({ sizes, rounds, say }: Settings): AsyncGenerator<Sheet> {
  for (const { tickets, people } of sizes) {
    say(`edits: ${grouped(tickets)} tickets`);
    const data = makeData(tickets, people);
    const first = workbookOf(tablesOf(data));
    const program = compile(first);
    const editable = startEditable(program, first);
    let workbook = first;
    let count = 0;
    const firsts = new Map<Kind, number>();
    const times = new Map<Kind, number[]>(KINDS.map((kind) => [kind, []]));
    const full: number[] = [];
    let kept: Results | null = null;
    const notFollowed = new Set<string>();
    for (let round = 0; round <= rounds; round++) {
      // As in the job itself: an evaluation is warm, and its results are kept until the next.
      for (let i = 0; i < (round === 0 ? WARM : EVALUATIONS); i++) {
        const start = performance.now();
        kept = run(program, workbook);
        if (round > 0) full.push(performance.now() - start);
      }
      for (const kind of KINDS)
        for (let i = 0; i < (round === 0 ? WARM : EDITS); i++) {
          count++;
          const cell = { row: kind.row(data, count), column: kind.column, value: kind.value(data, count) };
          const changes: readonly TableChange[] = [{ table: kind.table, cells: [cell] }];
          const start = performance.now();
          const done = editable.edit(changes, editedWorkbook(workbook, changes));
          const passed = performance.now() - start;
          workbook = done.workbook;
          if (done.stats.full) notFollowed.add(kind.name);
          if (round > 0) times.get(kind)?.push(passed);
          else if (i === 0) firsts.set(kind, passed);
        }
    }
    if (kept === null) throw new Error('nothing was evaluated');
    const whole = spread(full);
    const rows = KINDS.map((kind) => {
      const time = spread(times.get(kind) ?? []);
      return [
        kind.name,
        duration(time.median),
        spreadText(time),
        `1/${grouped(whole.median / time.median)}`,
        duration(firsts.get(kind) ?? Number.NaN),
      ];
    });
    yield {
      title: `One cell edited, ${grouped(tickets)} tickets`,
      headings: ['edit', 'median', 'min – max', 'of a full evaluation', 'the first one'],
      rows: [
        ['full evaluation (rules already checked)', duration(whole.median), spreadText(whole), '1', '–'],
        ...rows,
      ],
      notes: [
        `${rounds} rounds of ${EVALUATIONS} evaluations and ${EDITS} edits of each kind, in one process that is warm; with every edit the workbook that it leads to is made too. The first edit of a kind also makes the indexes that later ones use.`,
        ...[...notFollowed].map((name) => `Some edits of ${name} were full evaluations.`),
      ],
    };
  }
}

import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporary } from '../files/book.ts';
import { RULES } from '../job.ts';
import { OUT } from '../peers.ts';
import { whole } from '../processes.ts';
import { spread } from '../rounds.ts';
import type { Settings } from '../settings.ts';
import { duration, mebibytes, type Sheet, spreadText, times } from '../table.ts';
import { manyRules } from './kinds.ts';

/** A cold start is short and uneven: so many of them a round. */
const STARTS = 4;

/** Fresh processes up to their first checked rule file, beside an empty parser of the same library. */
export async function* cold({ rounds, say }: Settings): AsyncGenerator<Sheet> {
  const folder = temporary();
  const file = (name: string, text: string): string => {
    const at = path.join(folder, name);
    writeFileSync(at, text);
    return at;
  };
  const program = (name: string): string => path.join(OUT, `${name}.cjs`);
  const list = [
    { name: 'Node alone', args: [file('nothing.cjs', '')] },
    { name: 'chevrotain, an empty parser', args: [program('coldParser')] },
    { name: "ours, the job's rules", args: [program('coldRules'), file('First.allot', RULES)] },
    { name: 'ours, 1,000 rules', args: [program('coldRules'), file('Many.allot', manyRules(1000))] },
  ];
  const taken = list.map((): number[] => []);
  const memory = list.map(() => 0);
  try {
    for (let round = 0; round <= rounds * STARTS; round++) {
      say(`cold start ${round} of ${rounds * STARTS}`);
      for (const [i, { args }] of list.entries()) {
        const done = await whole(args);
        if (round > 0) taken[i]?.push(done.milliseconds);
        memory[i] = done.memory;
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  const spreads = taken.map(spread);
  const [alone = 0, empty = 0] = spreads.map((one) => one.median);
  yield {
    title: 'Cold start',
    headings: [
      'process',
      'median',
      'min – max',
      'to the empty parser',
      'the same, less Node alone',
      'memory',
    ],
    rows: list.map(({ name }, i) => {
      const time = spreads[i] ?? spread([]);
      return [
        name,
        duration(time.median),
        spreadText(time),
        times(time.median / empty),
        i === 0 ? '–' : times((time.median - alone) / (empty - alone)),
        mebibytes(memory[i] ?? 0),
      ];
    }),
    notes: [
      `Whole processes, ${rounds * STARTS} starts each in turn; all bundled in the same way; parsing and checking, nothing evaluated.`,
    ],
  };
}

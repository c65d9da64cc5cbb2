/** One contestant in a process of its own: `contestant.cjs NAME TICKETS PEOPLE`, asked for round after round. */
import { CONTESTANTS, isContestant } from './contestants/index.ts';
import { makeData } from './data.ts';
import { peakMemory } from './memory.ts';
import { exactCents, wrongCents } from './oracle.ts';
import { type Answer, spread } from './rounds.ts';

const [name = '', tickets, people] = process.argv.slice(2);

/** So many milliseconds a round are everybody's, but no more repeats than these; of several the median counts. */
const SHORT = 2000;
const MOST = 50;
/** The first round warms up for so long: the compiler wants several runs of every contestant. */
const WARM = { milliseconds: 6000, most: 200 };

const tell = (answer: Answer): void => {
  if (process.connected) process.send?.(answer);
};

async function main(): Promise<void> {
  if (!isContestant(name)) throw new Error(`no contestant ${name}`);
  const data = makeData(Number(tickets), Number(people));
  const exact = exactCents(data);
  const got = await CONTESTANTS[name].prepare(data);
  if (got.kind === 'absent') {
    tell({ kind: 'absent', why: got.why });
    process.disconnect();
    return;
  }
  process.on('message', (order) => {
    const answer = order === 'close' ? close() : round();
    answer.catch(fail);
  });
  let isWarm = false;
  process.once('disconnect', orphaned);
  tell({ kind: 'ready' });

  async function round(): Promise<void> {
    if (got.kind === 'absent') return;
    const times: number[] = [];
    let wrong = 0;
    const [long, most] = isWarm ? [SHORT, MOST] : [WARM.milliseconds, WARM.most];
    isWarm = true;
    for (let all = 0; all < long && times.length < most; ) {
      const start = performance.now();
      const cents = await got.job();
      const passed = performance.now() - start;
      times.push(got.took?.() ?? passed);
      all += passed;
      wrong = Math.max(wrong, wrongCents(cents, exact));
    }
    tell({
      kind: 'round',
      milliseconds: spread(times).median,
      wrong,
      memory: peakMemory(),
    });
  }

  async function close(): Promise<void> {
    process.off('disconnect', orphaned);
    if (got.kind === 'ready') await got.close?.();
    if (process.connected) process.disconnect();
  }

  // Whoever asked has gone: a server must not stay behind.
  function orphaned(): void {
    close().then(() => process.exit(1), fail);
  }
}

function fail(error: unknown): void {
  tell({ kind: 'failed', why: error instanceof Error ? error.message : String(error) });
  process.exit(1);
}

main().catch(fail);

import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import type { ContestantName } from './contestants/index.ts';
import { keepingMemory } from './memoryKept.ts';
import { OUT } from './peers.ts';

/** What a contestant's process says. */
export type Answer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'absent' | 'failed'; readonly why: string }
  | {
      readonly kind: 'round';
      readonly milliseconds: number;
      readonly wrong: number;
      /** The process's peak so far, KiB. */
      readonly memory: number;
    };

/** Milliseconds of all rounds. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1] ?? Number.NaN;
  const high = sorted[Math.floor(middle)] ?? Number.NaN;
  return { median: (low + high) / 2, least: sorted[0] ?? Number.NaN, most: sorted.at(-1) ?? Number.NaN };
}

export type Measured =
  | {
      readonly kind: 'measured';
      readonly time: Spread;
      readonly wrong: number;
      readonly memory: number;
    }
  | { readonly kind: 'absent' | 'failed'; readonly why: string };

interface Running {
  readonly name: ContestantName;
  readonly ask: (order: 'round' | 'close') => Promise<Answer>;
}

/**
 * Lets contestants do the job in turn: one round each to warm up, then `rounds` that are measured, each contestant in a
 * process of its own.
 */
export async function compete(
  names: readonly ContestantName[],
  tickets: number,
  people: number,
  rounds: number,
  say: (text: string) => void,
): Promise<ReadonlyMap<ContestantName, Measured>> {
  const found = new Map<ContestantName, Measured>();
  const running: Running[] = [];
  for (const name of names) {
    say(`${name}: ${tickets} tickets, getting ready`);
    const { first, one } = await start(name, tickets, people);
    if (first.kind === 'ready') running.push(one);
    else if (first.kind !== 'round') found.set(name, first);
  }
  const times = new Map<ContestantName, number[]>();
  for (let round = 0; round <= rounds; round++) {
    for (const { name, ask } of running) {
      if (found.get(name)?.kind === 'failed') continue;
      say(`${name}: ${tickets} tickets, ${round === 0 ? 'warming up' : `round ${round} of ${rounds}`}`);
      const answer = await ask('round');
      if (answer.kind === 'failed') found.set(name, answer);
      if (answer.kind !== 'round') continue;
      const list = times.get(name) ?? [];
      times.set(name, list);
      if (round > 0) list.push(answer.milliseconds);
      found.set(name, {
        kind: 'measured',
        time: spread(list),
        wrong: answer.wrong,
        memory: answer.memory,
      });
    }
  }
  for (const { name, ask } of running) if (found.get(name)?.kind !== 'failed') await ask('close');
  return found;
}

async function start(
  name: ContestantName,
  tickets: number,
  people: number,
): Promise<{ readonly first: Answer; readonly one: Running }> {
  const child = fork(path.join(OUT, 'worker.cjs'), [name, String(tickets), String(people)], {
    // Whoever waits must not tidy up its memory while another is measured.
    execArgv: ['--expose-gc', '--max-old-space-size=12288', '--no-memory-reducer'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: keepingMemory(),
  });
  const first = await next(child);
  return {
    first,
    one: {
      name,
      ask: (order) => {
        const answer = next(child);
        child.send(order);
        return answer;
      },
    },
  };
}

/** The next thing that a process says; `absent` where it went in good order, `failed` where it died. */
function next(child: ChildProcess): Promise<Answer> {
  return new Promise((resolve) => {
    const done = (answer: Answer): void => {
      child.off('message', heard);
      child.off('exit', gone);
      resolve(answer);
    };
    const heard = (answer: unknown): void => done(answer as Answer);
    const gone = (status: number | null, signal: string | null): void =>
      done(
        status === 0
          ? { kind: 'absent', why: 'closed' }
          : { kind: 'failed', why: `it ended with ${signal ?? status}` },
      );
    child.once('message', heard);
    child.once('exit', gone);
  });
}

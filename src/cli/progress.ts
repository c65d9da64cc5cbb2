import { Presets, SingleBar } from 'cli-progress';
import type { Progress } from '../workbook/port.ts';
import type { Io } from './io.ts';

export interface Watch extends Progress {
  readonly report: (done: number, total: number) => void;
  /** Takes the bar away. */
  stop(): void;
}

/** Milliseconds of work before a bar appears: what is done sooner needs none. */
const PATIENCE = 700;

/** A bar on stderr for work that takes long, where people watch. */
export function watch(io: Io, what: string): Watch {
  const started = Date.now();
  let bar: SingleBar | null = null;
  return {
    report(done, total) {
      if (!io.watched || total <= 0) return;
      if (bar === null) {
        if (Date.now() - started < PATIENCE) return;
        bar = new SingleBar(
          {
            format: `${what} {bar} {percentage}%`,
            clearOnComplete: true,
            hideCursor: true,
            stream: process.stderr,
          },
          Presets.shades_classic,
        );
        bar.start(total, done);
        return;
      }
      bar.setTotal(total);
      bar.update(done);
    },
    stop() {
      bar?.stop();
      bar = null;
    },
  };
}

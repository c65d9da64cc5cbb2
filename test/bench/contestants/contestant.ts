import type { Data } from '../data.ts';
import type { Cents } from '../job.ts';

/** Somebody who does the job. */
export interface Contestant {
  /**
   * Brings the data to where this contestant works on them (not timed), and gives the job, to be done as often as asked.
   * Null and why, where it is not installed.
   */
  prepare(data: Data): Promise<Ready | Absent>;
}

export interface Ready {
  readonly kind: 'ready';
  job(): Cents | Promise<Cents>;
  /** Milliseconds that the job itself measured, where it can't be timed from outside. */
  readonly took?: () => number;
  close?(): Promise<void>;
}

export interface Absent {
  readonly kind: 'absent';
  readonly why: string;
}

export const ready = (job: Ready['job'], rest: Pick<Ready, 'close' | 'took'> = {}): Ready => ({
  kind: 'ready',
  job,
  ...rest,
});

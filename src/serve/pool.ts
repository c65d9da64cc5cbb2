import { Worker } from 'node:worker_threads';
import type { Language } from '../problems/messages/index.ts';
import type { Job, Said, Work, WorkerStart } from './protocol.ts';

/** What became of a job: what a worker said, or why none did. */
export type Outcome =
  | Said
  | { readonly kind: 'busy' }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'out-of-memory' }
  | { readonly kind: 'stopping' };

/** Threads that evaluate, and the jobs that wait for one. */
export interface Pool {
  /** Does work. Where `signal` is aborted nobody waits for it any more: it is not begun, or stopped. */
  perform(
    work: Work,
    body: Uint8Array<ArrayBuffer>,
    language: Language,
    signal: AbortSignal,
  ): Promise<Outcome>;
  /** Takes no more work and ends the threads; jobs that are left over come to `stopping`. */
  close(): Promise<void>;
}

export interface PoolOptions extends WorkerStart {
  readonly threads: number;
  /** Jobs that may wait. */
  readonly waiting: number;
  /** Milliseconds that a job may take, waiting included. */
  readonly timeout: number;
}

/** Milliseconds in which a worker should have noticed that a job was cancelled; then it is ended, open books and all. */
const GRACE = 2000;

interface Waiting {
  readonly job: Job;
  done(outcome: Outcome): void;
}

interface Thread {
  readonly worker: Worker;
  /** What it does now; null where it waits. It may be that nobody waits for it. */
  doing: Waiting | null;
}

export function pool({ threads, waiting, timeout, shelves }: PoolOptions): Pool {
  const running: Thread[] = [];
  const queue: Waiting[] = [];
  let closed = false;

  function start(): Thread {
    const workerData: WorkerStart = { shelves };
    const thread: Thread = {
      worker: new Worker(
        /* webpackChunkName: "allot-serve-worker" */ new URL('./worker/main.ts', import.meta.url),
        { workerData },
      ),
      doing: null,
    };
    running.push(thread);
    thread.worker.on('message', (said: Said) => {
      const { doing } = thread;
      thread.doing = null;
      doing?.done(said);
      next();
    });
    // The job is lost with its thread, the others are not.
    let end: Outcome = { kind: 'failed', what: 'a thread ended', stack: '' };
    thread.worker.on('error', (error: unknown) => {
      end = endOf(error);
    });
    thread.worker.on('exit', () => {
      running.splice(running.indexOf(thread), 1);
      thread.doing?.done(closed ? { kind: 'stopping' } : end);
      if (!closed) next();
    });
    return thread;
  }

  function next(): void {
    while (queue.length > 0) {
      const free =
        running.find(({ doing }) => doing === null) ?? (running.length < threads ? start() : undefined);
      const one = free === undefined ? undefined : queue.shift();
      if (free === undefined || one === undefined) return;
      free.doing = one;
      free.worker.postMessage(one.job, [one.job.body.buffer]);
    }
  }

  /** Nobody waits for a job any more. */
  function cancel(one: Waiting): void {
    const place = queue.indexOf(one);
    if (place >= 0) {
      queue.splice(place, 1);
      return;
    }
    Atomics.store(one.job.cancelled, 0, 1);
    const thread = running.find(({ doing }) => doing === one);
    if (thread === undefined) return;
    setTimeout(() => {
      if (thread.doing === one) thread.worker.terminate();
    }, GRACE).unref();
  }

  // So that the first request does not wait for it.
  start();

  return {
    perform: (work, body, language, signal) =>
      new Promise((resolve) => {
        if (closed) return resolve({ kind: 'stopping' });
        if (signal.aborted) return resolve({ kind: 'cancelled' });
        if (
          queue.length >= waiting &&
          running.every(({ doing }) => doing !== null) &&
          running.length >= threads
        )
          return resolve({ kind: 'busy' });
        const give = (outcome: Outcome) => (): void => {
          cancel(one);
          one.done(outcome);
        };
        const gone = give({ kind: 'cancelled' });
        const timer = setTimeout(give({ kind: 'timed-out' }), timeout);
        const cancelled = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
        const one: Waiting = {
          job: { work, body, language, cancelled },
          done(outcome) {
            clearTimeout(timer);
            signal.removeEventListener('abort', gone);
            resolve(outcome);
          },
        };
        signal.addEventListener('abort', gone, { once: true });
        queue.push(one);
        next();
      }),
    async close() {
      closed = true;
      for (const one of queue.splice(0)) one.done({ kind: 'stopping' });
      await Promise.all(running.map(({ worker }) => worker.terminate()));
    },
  };
}

/** What an error that ended a thread means for its job. */
function endOf(error: unknown): Outcome {
  if (!(error instanceof Error)) return { kind: 'failed', what: String(error), stack: '' };
  if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') return { kind: 'out-of-memory' };
  return { kind: 'failed', what: `${error.name}: ${error.message}`, stack: error.stack ?? '' };
}

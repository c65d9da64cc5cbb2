import { useEffect, useRef, useState } from 'preact/hooks';
import type { Session } from '../../live/session.ts';
import type { BookChange } from '../../workbook/live.ts';
import type { Progress } from '../../workbook/port.ts';

/** Work of the calculator that takes a while, as a page shows it. */
export type Asking<T> =
  | { readonly kind: 'idle' }
  /** `done`: 0 to 1; null where it isn't known. */
  | { readonly kind: 'running'; readonly done: number | null }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'done'; readonly value: T };

/**
 * Asks for one thing at a time, which can be given up. `alone`: while one is asked for, no other is, and leaving the page
 * gives it up. Otherwise a newer question takes the place of an older one, whose answer is dropped: the work is not given
 * up, since a run may be under way in the same worker.
 */
export function useAsking<T>(
  alone: boolean,
  first: 'idle' | 'running' = 'idle',
): {
  readonly state: Asking<T>;
  readonly start: (ask: (progress: Required<Progress>) => Promise<T>) => void;
  readonly cancel: () => void;
  /** Drops what has come, or is under way. */
  readonly forget: () => void;
} {
  const [state, setState] = useState<Asking<T>>(
    first === 'idle' ? { kind: 'idle' } : { kind: 'running', done: null },
  );
  const running = useRef<AbortController | null>(null);
  useEffect(
    () => () => {
      if (alone) running.current?.abort(givenUp());
      running.current = null;
    },
    [],
  );

  async function work(ask: (progress: Required<Progress>) => Promise<T>): Promise<void> {
    const abort = new AbortController();
    running.current = abort;
    setState({ kind: 'running', done: null });
    const report = (done: number, total: number): void => {
      if (running.current === abort) setState({ kind: 'running', done: total === 0 ? 0 : done / total });
    };
    let next: Asking<T>;
    try {
      next = { kind: 'done', value: await ask({ report, signal: abort.signal }) };
    } catch (error) {
      // Cancelling what the session computes gives up whatever its calculator does.
      const cancelled = abort.signal.aborted || (error instanceof Error && error.name === 'AbortError');
      next = cancelled ? { kind: 'cancelled' } : { kind: 'failed', error };
    }
    if (running.current !== abort) return;
    running.current = null;
    setState(next);
  }

  return {
    state,
    start(ask) {
      if (!alone || running.current === null) void work(ask);
    },
    cancel: () => running.current?.abort(givenUp()),
    forget() {
      running.current = null;
      setState({ kind: 'idle' });
    },
  };
}

const givenUp = (): DOMException => new DOMException('given up', 'AbortError');

/**
 * What is asked of a workbook when a page is opened (again where `deps` change), and again only when somebody wishes so:
 * it takes a while. `stale`: a change that `matters` has come since.
 */
export function useLooking<T>(
  session: Session,
  open: (signal: AbortSignal) => Promise<T>,
  deps: readonly unknown[],
  matters: (change: BookChange) => boolean,
): {
  readonly state: Asking<T>;
  readonly stale: boolean;
  readonly again: () => void;
  readonly cancel: () => void;
} {
  const asking = useAsking<T>(false, 'running');
  const [stale, setStale] = useState(false);
  const again = (): void =>
    asking.start(async ({ signal }) => {
      await session.settled();
      setStale(false);
      return open(signal);
    });
  useEffect(again, [session, ...deps]);
  useEffect(
    () =>
      session.book.watch((change) => {
        if (matters(change)) setStale(true);
      }),
    [session],
  );
  return { state: asking.state, stale, again, cancel: asking.cancel };
}

/** Whether a change is of more than sheets of ours. */
export const ofData = ({ sheets }: BookChange): boolean =>
  sheets?.every((name) => name.toLowerCase().startsWith('allot ')) !== true;

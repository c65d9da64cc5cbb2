import { useEffect, useRef, useState } from 'preact/hooks';
import type { CompareAsked, ComparedAnswer } from '../../../live/compared.ts';
import type { Calculator } from '../../../live/protocol.ts';

export type Comparing =
  | { readonly kind: 'idle' }
  /** `done`: 0 to 1. */
  | { readonly kind: 'running'; readonly done: number }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | {
      readonly kind: 'done';
      readonly answer: ComparedAnswer;
      /** Of what it is the answer. */
      readonly asked: CompareAsked;
      readonly revision: number;
    };

/** One comparison at a time, which can be given up. */
export function useComparing(calculator: Calculator): {
  readonly state: Comparing;
  readonly start: (asked: CompareAsked, revision: number) => void;
  readonly cancel: () => void;
} {
  const [state, setState] = useState<Comparing>({ kind: 'idle' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(givenUp()), []);

  async function compare(asked: CompareAsked, revision: number): Promise<void> {
    const abort = new AbortController();
    running.current = abort;
    setState({ kind: 'running', done: 0 });
    const report = (done: number, total: number): void => {
      if (running.current === abort) setState({ kind: 'running', done: total === 0 ? 0 : done / total });
    };
    let next: Comparing;
    try {
      const answer = await calculator.compare(asked, report, abort.signal);
      next = { kind: 'done', answer, asked, revision };
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
    start(asked, revision) {
      if (running.current === null) void compare(asked, revision);
    },
    cancel: () => running.current?.abort(givenUp()),
  };
}

const givenUp = (): DOMException => new DOMException('given up', 'AbortError');

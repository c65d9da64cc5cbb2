import { useEffect, useRef, useState } from 'preact/hooks';
import type { Session, SessionState } from '../../live/session.ts';

/** The session's state, drawn anew with every new one. */
export function useSession(session: Session): SessionState {
  const [state, setState] = useState(session.state);
  useEffect(() => {
    setState(session.state);
    return session.subscribe(setState);
  }, [session]);
  return state;
}

export type Async<T> =
  | { readonly kind: 'waiting'; readonly before: T | null }
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: unknown };

/**
 * What a promise gives, asked anew when `deps` change. An answer that comes after a newer question was put is
 * dropped. `before` is the last answer, to be shown until the next one is there.
 */
export function useAsync<T>(ask: () => Promise<T>, deps: readonly unknown[]): Async<T> {
  const [state, setState] = useState<Async<T>>({ kind: 'waiting', before: null });
  const last = useRef<T | null>(null);
  useEffect(() => {
    let current = true;
    setState({ kind: 'waiting', before: last.current });
    ask().then(
      (value) => {
        if (!current) return;
        last.current = value;
        setState({ kind: 'done', value });
      },
      (error: unknown) => {
        if (current) setState({ kind: 'failed', error });
      },
    );
    return () => {
      current = false;
    };
  }, [...deps]);
  return state;
}

/** The value of an answer, or the one before it while the next is awaited. */
export function latest<T>(state: Async<T>): T | null {
  switch (state.kind) {
    case 'waiting':
      return state.before;
    case 'done':
      return state.value;
    case 'failed':
      return null;
    default: {
      const never: never = state;
      return never;
    }
  }
}

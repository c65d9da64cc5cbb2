import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Calculator, ShareName } from '../../../live/protocol.ts';
import type { Parameter, WhatIf, WhatIfChange } from '../../../live/views.ts';
import { type Async, latest, useAsync } from '../../parts/hooks.ts';
import { idOf } from './picks.ts';

/** While somebody types, the rules are not run with every key. */
const PAUSE_MS = 350;
const NONE: readonly Parameter[] = [];

export interface Trying {
  readonly parameters: readonly Parameter[];
  /** What was typed, by the parameter's label; what is not there is as in the rules. */
  readonly texts: ReadonlyMap<string, string>;
  readonly set: (label: string, text: string) => void;
  readonly discard: () => void;
  readonly changes: readonly WhatIfChange[];
  /** Of these changes; null while there are none, or nothing has come back yet. */
  readonly result: WhatIf | null;
  readonly busy: boolean;
  readonly error: unknown;
}

/**
 * Other literals for a share. They are kept by their labels, so that they stay with their rules where lines move in the
 * sheet; the places are those of the rules as they are.
 */
export function useTry(calculator: Calculator, asOf: number, share: ShareName, revision: number): Trying {
  const id = idOf(share);
  const [texts, setTexts] = useState<ReadonlyMap<string, string>>(new Map());
  const found = useAsync(() => calculator.parameters(asOf, share), [calculator, asOf, id, revision]);
  const parameters = latest(found) ?? NONE;
  const changes = useMemo(
    () =>
      parameters.flatMap(({ label, text, at }): WhatIfChange[] => {
        const typed = texts.get(label);
        return typed === undefined || typed.trim() === text ? [] : [{ at, text: typed }];
      }),
    [parameters, texts],
  );
  const settled = usePaused(changes, PAUSE_MS);
  const tried = useAsync<WhatIf | null>(
    () => (settled.length === 0 ? Promise.resolve(null) : calculator.whatIf(asOf, share, settled)),
    [calculator, asOf, id, revision, settled],
  );
  return {
    parameters,
    texts,
    set: (label, text) => setTexts(new Map(texts).set(label, text)),
    discard: () => setTexts(new Map()),
    changes,
    result: changes.length === 0 ? null : latest(tried),
    busy: changes.length > 0 && (settled !== changes || tried.kind === 'waiting'),
    error: errorOf(tried) ?? errorOf(found),
  };
}

function errorOf(state: Async<unknown>): unknown {
  return state.kind === 'failed' ? state.error : null;
}

/** The value once it has stayed the same for a while; at once where it is the first, or empty. */
function usePaused<T extends readonly unknown[]>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => {
    if (value.length === 0) {
      setSettled(value);
      return;
    }
    timer.current = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer.current);
  }, [value, ms]);
  return settled;
}

import type { ShareName, ShareSummary } from '../../../live/protocol.ts';

/** A share of the rules with its pools. */
export interface Pick {
  readonly id: string;
  /** What the box of shares shows. */
  readonly label: string;
  /** All its pools together. */
  readonly whole: ShareName;
  /** Keys of the pools' rows; none for a share at depth 0. */
  readonly pools: readonly string[];
}

/** The shares of a run, each once, in its order. */
export function picksOf(summaries: readonly ShareSummary[]): readonly Pick[] {
  const picks = new Map<string, { whole: ShareName; pools: string[] }>();
  for (const { name, table, of, nth } of summaries) {
    const whole: ShareName = { name, table, of: null, ...(nth === undefined ? {} : { nth }) };
    const id = idOf(whole);
    const pick = picks.get(id) ?? { whole, pools: [] };
    if (of !== null) pick.pools.push(of);
    picks.set(id, pick);
  }
  return [...picks].map(([id, { whole, pools }]) => {
    const place = whole.nth === undefined ? '' : ` (${whole.nth + 1})`;
    return { id, label: `${whole.table} · ${whole.name}${place}`, whole, pools };
  });
}

/** A text that tells shares apart. */
export function idOf({ name, table, of, nth }: ShareName): string {
  return JSON.stringify([name, table, of, nth ?? null]);
}

/** The share that a link names: `reward` or `Staff[reward]`. */
export function pickNamed(picks: readonly Pick[], name: string): Pick | undefined {
  const wanted = name.trim().toLowerCase();
  return picks.find(({ whole }) =>
    [whole.name, `${whole.table}[${whole.name}]`].some((text) => text.toLowerCase() === wanted),
  );
}

/** The pool to look at: the one that was picked while it is there, else all of the share's, else the only one. */
export function poolOf({ whole, pools }: Pick, picked: string | null): ShareName {
  const [only] = pools;
  if (pools.length === 1 && only !== undefined) return { ...whole, of: only };
  return picked !== null && pools.includes(picked) ? { ...whole, of: picked } : whole;
}

import type { TargetList } from '../../../live/protocol.ts';
import type { Choice } from '../../parts/offers.ts';

export interface Suggestions {
  readonly names: readonly Choice[];
  readonly keys: readonly Choice[];
  /** Whether the name is a column's, and needs a key. */
  readonly keyed: boolean;
}

/** What may be typed as a name, and as a key beside the name that is there. A name of several tables says its table. */
export function suggestions(targets: readonly TargetList[], name: string): Suggestions {
  const seen = new Map<string, number>();
  for (const { names } of targets) for (const one of names) seen.set(one, (seen.get(one) ?? 0) + 1);
  const names = targets.flatMap(({ table, names }) =>
    names.map((one): Choice => {
      if (table === null) return { value: one };
      return { value: (seen.get(one) ?? 0) > 1 ? `${table}[${one}]` : one, text: table };
    }),
  );
  const of = targets.find(
    ({ table, names }) => table !== null && names.some((one) => name === one || name === `${table}[${one}]`),
  );
  return { names, keys: (of?.keys ?? []).map((value) => ({ value })), keyed: of !== undefined };
}

/**
 * What differs from something large, by row. Never changed: `patched` makes the next one, and those of one line share
 * their entries, so that a step costs what it changes, not what has been changed before.
 */
export interface Patches<T> {
  /** How many rows differ. */
  readonly size: number;
  readonly version: number;
  readonly log: Log<T>;
}

/** Of a row, newest first. */
interface Entry<T> {
  readonly version: number;
  readonly value: T;
  readonly older: Entry<T> | null;
}

/** Entries of all versions up to the latest. Grows in place. */
interface Log<T> {
  latest: number;
  entries: number;
  readonly rows: Map<number, Entry<T>>;
}

export const noPatches = <T>(): Patches<T> => ({
  size: 0,
  version: 0,
  log: { latest: 0, entries: 0, rows: new Map() },
});

/** What a row holds, if it differs. */
export function patchAt<T>({ log, version, size }: Patches<T>, row: number): T | undefined {
  if (size === 0) return undefined;
  let entry: Entry<T> | null | undefined = log.rows.get(row);
  while (entry && entry.version > version) entry = entry.older;
  return entry?.value;
}

/** All rows that differ, in no order. */
export function* patchesOf<T>(patches: Patches<T>): Iterable<readonly [number, T]> {
  if (patches.size === 0) return;
  for (const row of patches.log.rows.keys()) {
    const value = patchAt(patches, row);
    if (value !== undefined) yield [row, value];
  }
}

/** More entries of rows that were patched again and again are let go. */
const MOST_AGAIN = 1024;

/** The same with some rows as given. */
export function patched<T>(before: Patches<T>, changes: Iterable<readonly [number, T]>): Patches<T> {
  const isNewest = before.version === before.log.latest;
  const isSlim = before.log.entries <= before.size * 2 + MOST_AGAIN;
  const log = isNewest && isSlim ? before.log : copied(before);
  const version = log.latest + 1;
  log.latest = version;
  let { size } = before;
  for (const [row, value] of changes) {
    const older = log.rows.get(row) ?? null;
    if (older === null) size++;
    log.rows.set(row, { version, value, older });
    log.entries++;
  }
  return { size, version, log };
}

/** A line of its own. */
function copied<T>(patches: Patches<T>): Log<T> {
  const rows = new Map<number, Entry<T>>();
  for (const [row, value] of patchesOf(patches)) rows.set(row, { version: 0, value, older: null });
  return { latest: 0, entries: rows.size, rows };
}

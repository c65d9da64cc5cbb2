import type { Name, Period } from '../../grammar/tree.ts';
import { dateOf } from './literals.ts';
import type { Reporter } from './report.ts';

/** Something that may be defined again from another date on. */
export interface Versioned {
  readonly name: Name;
  readonly period: Period;
}

const fromOf = (version: Versioned): number =>
  version.period.from === null ? Number.NEGATIVE_INFINITY : dateOf(version.period.from.value);

/**
 * The version in force on a day: the latest whose `from` is not after it, unless its `until` is before it;
 * an earlier version does not come back. Null where none is in force.
 */
export function inForce<T extends Versioned>(versions: readonly T[], asOf: number): T | null {
  let latest: T | null = null;
  for (const version of versions) {
    const from = fromOf(version);
    if (from <= asOf && (latest === null || from > fromOf(latest))) latest = version;
  }
  const until = latest?.period.until;
  return until != null && dateOf(until.value) < asOf ? null : latest;
}

/** Reports versions that begin on the same day, and second definitions without dates. */
export function checkVersions(versions: readonly Versioned[], reporter: Reporter): void {
  const byFrom = new Map<number, Versioned>();
  for (const version of versions) {
    const from = fromOf(version);
    const first = byFrom.get(from);
    if (first === undefined) {
      byFrom.set(from, version);
      continue;
    }
    const name = version.name.text;
    const place = reporter.place(first.name.span);
    const undated = (v: Versioned): boolean => v.period.from === null && v.period.until === null;
    if (undated(version) && undated(first)) {
      reporter.error(version.name.span, { code: 'duplicate-name', name, other: 'rule', first: place });
    } else {
      const written = version.period.from?.value ?? null;
      reporter.error(version.name.span, { code: 'duplicate-version', name, from: written, first: place });
    }
  }
}

import type { Outcome } from '../../src/engine/results.ts';
import { isoText } from '../../src/exact/date.ts';
import { exactText } from '../../src/exact/decimal.ts';

/** An outcome in short: `1/3`, `"text"`, `2026-01-31`, `TRUE`, `blank`, or the code of a fault. */
export function shown(outcome: Outcome | undefined): string {
  if (outcome === undefined) return 'undefined';
  switch (outcome.kind) {
    case 'blank':
      return 'blank';
    case 'number':
      return exactText(outcome.value);
    case 'text':
      return JSON.stringify(outcome.value);
    case 'date':
      return isoText(outcome.ms);
    case 'logical':
      return outcome.value ? 'TRUE' : 'FALSE';
    case 'fault':
      return outcome.problem.code;
    default: {
      const never: never = outcome;
      return never;
    }
  }
}

import { isoText } from './date.ts';
import { displayText, exactText } from './decimal.ts';
import type { Value } from './value.ts';

function textOf(value: Value, number: typeof exactText): string {
  switch (value.kind) {
    case 'blank':
      return '';
    case 'number':
      return number(value.value);
    case 'text':
      return value.value;
    case 'date':
      return isoText(value.ms);
    case 'logical':
      return value.value ? 'TRUE' : 'FALSE';
    default: {
      const never: never = value;
      return never;
    }
  }
}

/** A value as text without loss, as keys are shown and printed: exact digits, an ISO date, TRUE; blank is empty. */
export function exactValueText(value: Value): string {
  return textOf(value, exactText);
}

/** A value as people read it: a number that does not end is rounded, after `≈`. Blank is empty. */
export function displayValueText(value: Value): string {
  return textOf(value, displayText);
}

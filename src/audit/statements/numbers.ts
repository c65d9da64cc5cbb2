import { decimalsOf, displayText } from '../../exact/decimal.ts';
import { grouped } from '../../exact/grouped.ts';
import type { Rational } from '../../exact/rational.ts';

/** A number as people read it; one that does not end to six decimals. */
export function number(value: Rational): string {
  if (decimalsOf(value) !== null) return grouped(displayText(value));
  const scaled = (value.n * 10_000_000n) / value.d;
  const rounded = (scaled + (scaled < 0n ? -5n : 5n)) / 10n;
  const digits = (rounded < 0n ? -rounded : rounded).toString().padStart(7, '0');
  return grouped(`≈${rounded < 0n ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}`);
}

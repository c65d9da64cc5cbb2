import { decimalsOf, displayText } from '../../exact/decimal.ts';
import type { Rational } from '../../exact/rational.ts';

const PLAIN = /^(≈?-?)(\d+)(\.\d+)?$/;

/** A plain decimal with its thousands set apart by commas; other text as it is. */
export function grouped(text: string): string {
  const parts = PLAIN.exec(text);
  if (parts === null) return text;
  const [, sign = '', whole = '', fraction = ''] = parts;
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${fraction}`;
}

/** Money: two decimals at least. Other text as it is. */
export function money(text: string): string {
  const parts = PLAIN.exec(text);
  if (parts === null) return text;
  const [, sign = '', whole = '', fraction = '.'] = parts;
  return grouped(`${sign}${whole}${fraction.padEnd(3, '0')}`);
}

/** A number as people read it; one that does not end to six decimals. */
export function number(value: Rational): string {
  if (decimalsOf(value) !== null) return grouped(displayText(value));
  const scaled = (value.n * 10_000_000n) / value.d;
  const rounded = (scaled + (scaled < 0n ? -5n : 5n)) / 10n;
  const digits = (rounded < 0n ? -rounded : rounded).toString().padStart(7, '0');
  return grouped(`≈${rounded < 0n ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}`);
}

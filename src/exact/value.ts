import type { Rational } from './rational.ts';

/** A value of the language. Dates are exact milliseconds since 1970-01-01 (see date.ts). */
export type Value =
  | { readonly kind: 'blank' }
  | { readonly kind: 'number'; readonly value: Rational }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'date'; readonly ms: Rational }
  | { readonly kind: 'logical'; readonly value: boolean };

export type ValueKind = Value['kind'];

export const BLANK: Value = { kind: 'blank' };
export const TRUE: Value = { kind: 'logical', value: true };
export const FALSE: Value = { kind: 'logical', value: false };

export const numberValue = (value: Rational): Value => ({ kind: 'number', value });
export const textValue = (value: string): Value => ({ kind: 'text', value });
export const dateValue = (ms: Rational): Value => ({ kind: 'date', ms });
export const logicalValue = (value: boolean): Value => (value ? TRUE : FALSE);

/** How texts and keys compare: without regard to case, as in Excel. */
export function foldText(text: string): string {
  return text.toLowerCase();
}

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

/** Whether different ones of some texts can fold to the same: not where all are ASCII and none has, or all lack, capitals. */
export function mayFoldTogether(...lists: readonly (readonly string[])[]): boolean {
  let lower = false;
  let upper = false;
  for (const texts of lists) {
    for (const text of texts) {
      for (let i = 0; i < text.length; i++) {
        const c = text.charCodeAt(i);
        if (c > 127) return true;
        if (c >= 97 && c <= 122) lower = true;
        else if (c >= 65 && c <= 90) upper = true;
      }
    }
  }
  return lower && upper;
}

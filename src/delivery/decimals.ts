import { decimalsOf, exactText } from '../exact/decimal.ts';
import type { Rational } from '../exact/rational.ts';
import { DeliveryRefused, EXAMPLES, type Options, type Payment } from './model.ts';

/** The option `decimals`; `fallback` where nothing is said. Refuses with a DeliveryRefused. */
export function decimalsAsked(options: Options, fallback: number | null): number | null {
  const text = options.get('decimals');
  if (text === undefined) return fallback;
  if (!/^\d{1,2}$/.test(text) || Number(text) > MOST)
    throw new DeliveryRefused({ kind: 'bad-option', name: 'decimals', text });
  return Number(text);
}

/** Decimals that every destination keeps. */
const MOST = 10;

/** Sees to it that amounts can be written with so many decimals (or at all): nothing is rounded here. Refuses with a DeliveryRefused. */
export function checkDecimals(payments: readonly Payment[], decimals: number | null): void {
  const limit = decimals ?? MOST;
  const wrong = payments.filter(({ amount }) => {
    const needed = decimalsOf(amount);
    return needed === null || needed > limit;
  });
  if (wrong.length === 0) return;
  const members = wrong.slice(0, EXAMPLES).map(({ member, amount }) => `${member}: ${exactText(amount)}`);
  throw new DeliveryRefused({ kind: 'decimals', decimals, count: wrong.length, members });
}

/** An amount as plain decimal text, with exactly so many decimals; null: as many as it needs. It has no more than these. */
export function amountText(amount: Rational, decimals: number | null): string {
  if (decimals === null) return exactText(amount);
  const scaled = (amount.n * 10n ** BigInt(decimals)) / amount.d;
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  return `${scaled < 0n ? '-' : ''}${whole}${decimals === 0 ? '' : `.${digits.slice(-decimals)}`}`;
}

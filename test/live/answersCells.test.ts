import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDecimal } from '../../src/exact/decimal.ts';
import { rational } from '../../src/exact/rational.ts';
import { closestDouble } from '../../src/live/answers/cells.ts';

/** The exact value of a double. */
function exactly(x: number): { readonly n: bigint; readonly d: bigint } {
  let n = x;
  let power = 0;
  while (!Number.isInteger(n)) {
    n *= 2;
    power++;
  }
  return { n: BigInt(n), d: 1n << BigInt(power) };
}

describe('the closest double', () => {
  it('of a decimal is the one that JavaScript reads from its digits', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }),
        fc.integer({ min: 0, max: 40 }),
        (k, places) => {
          const digits = (k < 0n ? -k : k).toString().padStart(places + 1, '0');
          const text = `${k < 0n ? '-' : ''}${digits.slice(0, digits.length - places)}${places === 0 ? '' : `.${digits.slice(-places)}`}`;
          const value = parseDecimal(text);
          if (value === null) throw new Error(text);
          expect(closestDouble(value)).toBe(value.n === 0n ? 0 : Number(text));
        },
      ),
    );
  });

  it('of a tie is the even one, and of a hair more than a tie the larger one', () => {
    // Halfway between 1 and the next double.
    const tie = rational((1n << 53n) + 1n, 1n << 53n);
    expect(closestDouble(tie)).toBe(1);
    const hair = 10n ** 60n;
    expect(closestDouble(rational(tie.n * hair + tie.d, tie.d * hair))).toBe(1 + Number.EPSILON);
    expect(closestDouble(rational(tie.n * hair - tie.d, tie.d * hair))).toBe(1);
  });

  it('of a double is that double', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e30, max: 1e30, noNaN: true }), (x) => {
        fc.pre(Math.abs(x) > 1e-200);
        const { n, d } = exactly(x);
        expect(closestDouble(rational(n, d))).toBe(x);
      }),
    );
  });

  it('is small and large where numbers are', () => {
    expect(closestDouble(rational(1n, 10n ** 300n))).toBe(1e-300);
    expect(closestDouble(rational(10n ** 320n, 3n))).toBe(Number.POSITIVE_INFINITY);
    expect(closestDouble(rational(1n, 10n ** 400n))).toBe(0);
  });
});

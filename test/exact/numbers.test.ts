import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cellDecimal,
  cellRational,
  decimalsOf,
  displayText,
  exactText,
  parseDecimal,
} from '../../src/exact/decimal.ts';
import {
  add,
  ceilingInteger,
  compare,
  divide,
  floorInteger,
  multiply,
  power,
  type Rational,
  rational,
  roundEvenInteger,
  roundInteger,
  subtract,
  TooLarge,
  toDouble,
} from '../../src/exact/rational.ts';

const RUNS = Number(process.env.ALLOT_RUNS ?? 1000);

const r = (n: number | bigint, d: number | bigint = 1): Rational => rational(BigInt(n), BigInt(d));
const anyRational = fc
  .tuple(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), fc.bigInt({ min: 1n, max: 10n ** 25n }))
  .map(([n, d]) => rational(n, d));

describe('rationals', () => {
  it('never round: 1/3 × 3 is 1', () => {
    expect(multiply(divide(r(1), r(3)), r(3))).toEqual(r(1));
    expect(add(r(1, 10), r(2, 10))).toEqual(r(3, 10));
  });

  it('stand in lowest terms with a positive denominator', () => {
    expect(r(6, -4)).toEqual({ n: -3n, d: 2n });
    expect(r(0, -7)).toEqual({ n: 0n, d: 1n });
  });

  it('form a field (sums, products and their undoing)', () => {
    fc.assert(
      fc.property(anyRational, anyRational, anyRational, (a, b, c) => {
        expect(add(a, b)).toEqual(add(b, a));
        expect(subtract(add(a, b), b)).toEqual(a);
        expect(multiply(a, add(b, c))).toEqual(add(multiply(a, b), multiply(a, c)));
        if (b.n !== 0n) expect(multiply(divide(a, b), b)).toEqual(a);
        expect(compare(a, b)).toBe(Math.sign(Number(subtract(a, b).n)));
      }),
      { numRuns: RUNS },
    );
  });

  // Worked out by hand; halves are where ways of rounding differ.
  it.each([
    [r(5, 2), 2n, 3n, 3n, 2n],
    [r(-5, 2), -3n, -2n, -3n, -2n],
    [r(7, 2), 3n, 4n, 4n, 4n],
    [r(-1, 3), -1n, 0n, 0n, 0n],
    [r(2, 3), 0n, 1n, 1n, 1n],
    [r(-4), -4n, -4n, -4n, -4n],
    [r(1, 2), 0n, 1n, 1n, 0n],
    [r(-1, 2), -1n, 0n, -1n, 0n],
  ])('rounds %o down, up, half away from zero, half to even', (x, down, up, away, even) => {
    expect([floorInteger(x), ceilingInteger(x), roundInteger(x), roundEvenInteger(x)]).toEqual([
      down,
      up,
      away,
      even,
    ]);
  });

  it('raise to integer powers', () => {
    expect(power(r(2, 3), 3n)).toEqual(r(8, 27));
    expect(power(r(2, 3), -2n)).toEqual(r(9, 4));
    expect(power(r(-1), 10n ** 30n)).toEqual(r(1));
    expect(power(r(0), 5n)).toEqual(r(0));
    expect(power(r(0), 0n)).toEqual(r(1));
  });

  it('keep 2,000 digits and no more', () => {
    expect(power(r(10), 1999n).n.toString()).toHaveLength(2000);
    expect(() => power(r(10), 2000n)).toThrow(TooLarge);
    expect(() => power(r(2), 10n ** 12n)).toThrow(TooLarge);
    expect(() => multiply(power(r(10), 1500n), power(r(10), 1500n))).toThrow(TooLarge);
  });

  it('become the closest double', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: 1e-200, max: 1e200 }), (x) => {
        const [m = '0', e = '0'] = x.toExponential(20).split('e');
        const shift = Number(e) - 20;
        const digits = BigInt(m.replace('.', ''));
        const exact =
          shift >= 0 ? rational(digits * 10n ** BigInt(shift)) : rational(digits, 10n ** BigInt(-shift));
        expect(toDouble(exact)).toBe(x);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('decimals in and out', () => {
  it.each([
    ['12', '12'],
    ['-0.50', '-0.5'],
    ['007.10', '7.1'],
    ['0', '0'],
    ['-0', '0'],
  ])('reads %s as %s', (text, exact) => {
    const value = parseDecimal(text);
    expect(value === null ? null : exactText(value)).toBe(exact);
  });

  it.each(['', '-', '.5', '5.', '1e5', '1,000', '+1', ' 1'])('does not read %j', (text) => {
    expect(parseDecimal(text)).toBeNull();
  });

  it('reads no more than 2,000 digits, but any number of zeros around them', () => {
    expect(() => parseDecimal('9'.repeat(2001))).toThrow(TooLarge);
    expect(parseDecimal(`${'0'.repeat(5000)}12.50${'0'.repeat(5000)}`)).toEqual(r(25, 2));
  });

  it('prints a decimal where the number ends and a fraction in JSON where it does not', () => {
    expect(exactText(r(259, 3))).toBe('259/3');
    expect(exactText(r(-1, 8))).toBe('-0.125');
    expect(exactText(r(1, 1024))).toBe('0.0009765625');
    expect(displayText(r(259, 3))).toBe('≈86.3333333333');
    expect(displayText(r(2, 3))).toBe('≈0.666666666667');
    expect(displayText(r(-20_000_000_000_000, 3))).toBe('≈-6666666666670');
    expect(decimalsOf(r(1, 40))).toBe(3);
    expect(decimalsOf(r(1, 7))).toBeNull();
  });

  it('is undone by reading', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
        fc.integer({ min: 0, max: 20 }),
        (n, s) => {
          const value = rational(n, 10n ** BigInt(s));
          expect(parseDecimal(exactText(value))).toEqual(value);
        },
      ),
      { numRuns: RUNS },
    );
  });
});

describe('the 15 digits of a cell', () => {
  it.each([
    [0.1 + 0.2, '0.3'],
    [847.4299999999999, '847.43'],
    [1.1 * 3, '3.3'],
    [100 / 3, '33.3333333333333'],
    [1234567890123456, '1234567890123460'],
    [9007199254740992, '9007199254740990'],
    [-0.5, '-0.5'],
    [1e-10, '0.0000000001'],
    [2 ** -1000 * 2 ** 1000, '1'],
    [1e300, `1${'0'.repeat(300)}`],
    [5e-324, `0.${'0'.repeat(323)}494065645841247`],
    [-0, '0'],
  ])('%d means %s', (x, text) => {
    expect(exactText(cellRational(x))).toBe(text);
  });

  it('are those of Excel: toPrecision(15), whichever way they are found', () => {
    const doubles = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc
        .tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 6 }))
        .map(([n, s]) => n / 10 ** s),
      fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
    );
    fc.assert(
      fc.property(doubles, (x) => {
        const [m = '0', e = '0'] = x.toExponential(14).split('e');
        const digits = BigInt(m.replace('.', ''));
        const shift = Number(e) - 14;
        const expected =
          shift >= 0 ? rational(digits * 10n ** BigInt(shift)) : rational(digits, 10n ** BigInt(-shift));
        expect(cellRational(x)).toEqual(expected);
        const small = cellDecimal(x);
        if (small !== null)
          expect(rational(BigInt(small.coefficient), 10n ** BigInt(small.decimals))).toEqual(expected);
      }),
      { numRuns: RUNS * 5 },
    );
  });
});

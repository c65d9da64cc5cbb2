import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binsOf, groupsOf } from '../../../src/taskpane/pages/allocation/figures.ts';

describe('binsOf', () => {
  it('counts amounts between round numbers', () => {
    expect(binsOf(Float64Array.of(0, 5, 10, 15, 20), null, 2)).toEqual([
      { from: 0, to: 10, count: 2, before: 0 },
      { from: 10, to: 20, count: 3, before: 0 },
    ]);
  });

  it('counts what was before in the same bins', () => {
    const bins = binsOf(Float64Array.of(0, 5), Float64Array.of(15, 20), 2);
    expect(bins.map(({ count, before }) => [count, before])).toEqual([
      [2, 0],
      [0, 2],
    ]);
  });

  it('has a bin for amounts that are all the same, and for none', () => {
    expect(binsOf(Float64Array.of(290, 290), null, 5).reduce((sum, { count }) => sum + count, 0)).toBe(2);
    expect(binsOf(new Float64Array(), null, 5).every(({ count }) => count === 0)).toBe(true);
  });

  it('has bins for amounts between which no number is round', () => {
    const bins = binsOf(Float64Array.of(1e-323), Float64Array.of(5e-324), 2);
    expect(bins.reduce((sum, { count, before }) => sum + count + before, 0)).toBe(2);
  });

  it('loses nobody', () => {
    const amounts = fc.array(fc.double({ min: 0, max: 1e7, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(amounts, amounts, fc.integer({ min: 2, max: 20 }), (now, old, wanted) => {
        const bins = binsOf(Float64Array.from(now), Float64Array.from(old), wanted);
        expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(now.length);
        expect(bins.reduce((sum, { before }) => sum + before, 0)).toBe(old.length);
        bins.slice(1).forEach(({ from }, i) => expect(from).toBe(bins[i]?.to));
      }),
    );
  });
});

describe('groupsOf', () => {
  it('adds up exactly, the largest group first, without regard to case', () => {
    expect(groupsOf(['a', 'B', 'A', 'b', ''], ['0.1', '10', '0.2', '0.01', '1'])).toEqual([
      { text: 'B', members: 2, sum: '10.01', average: '5.01' },
      { text: '', members: 1, sum: '1', average: '1' },
      { text: 'a', members: 2, sum: '0.3', average: '0.15' },
    ]);
  });

  it('rounds an average to the last place, halves up', () => {
    // 10 / 3 = 3.33…, 0.05 / 2 = 0.025.
    expect(groupsOf(['x', 'x', 'x'], ['3.33', '3.33', '3.34'])[0]?.average).toBe('3.33');
    expect(groupsOf(['x', 'x'], ['0.02', '0.03'])[0]?.average).toBe('0.03');
    expect(groupsOf(['x', 'x'], ['1', '2'])[0]?.average).toBe('2');
  });

  it('is exact where doubles are not', () => {
    const cents = fc.array(fc.bigInt({ min: 0n, max: 10n ** 20n }), { minLength: 1 });
    fc.assert(
      fc.property(cents, (all) => {
        const amounts = all.map((n) => `${n / 100n}.${String(n % 100n).padStart(2, '0')}`);
        const [group] = groupsOf(
          amounts.map(() => 'x'),
          amounts,
        );
        const sum = all.reduce((total, n) => total + n, 0n);
        const [whole = '', fraction = ''] = (group?.sum ?? '').split('.');
        expect(BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0'))).toBe(sum);
      }),
    );
  });
});

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileNamer } from '../../../src/audit/statements/fileNames.ts';
import { number } from '../../../src/audit/statements/numbers.ts';
import { rootOf, treeOf } from '../../../src/audit/statements/tree.ts';
import { money } from '../../../src/exact/grouped.ts';
import { rational } from '../../../src/exact/rational.ts';

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('the tree of digests', () => {
  it('is the one of README.md', () => {
    const [a, b, c] = [sha('a'), sha('b'), sha('c')].sort();
    const ab = sha(`allot-node-1\n${a}\n${b}\n`);
    expect(treeOf([c ?? '', a ?? '', b ?? ''])?.root).toBe(sha(`allot-node-1\n${ab}\n${c}\n`));
    expect(treeOf([a ?? ''])?.root).toBe(a);
    expect(treeOf([])).toBeNull();
  });

  it('leads from every leaf to its root, and from no other', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(1e6), { minLength: 1, maxLength: 40 }), (numbers) => {
        const leaves = numbers.map((n) => sha(String(n)));
        const tree = treeOf(leaves);
        const other = sha('another');
        expect(tree?.path(other)).toBeNull();
        for (const leaf of leaves) {
          const path = tree?.path(leaf) ?? [];
          expect(rootOf(leaf, path)).toBe(tree?.root);
          expect(rootOf(other, path)).not.toBe(tree?.root);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('names of files', () => {
  it('are safe on every system, and differ where case does not count', () => {
    const name = fileNamer();
    expect(
      [
        'E01',
        'e01',
        'A/1',
        'A:1',
        '../x',
        'CON',
        'nul.a',
        '  ',
        '',
        '...',
        'a.',
        '王敏',
        'x\u0000\u202ey',
        'É',
        'E\u0301',
      ].map(name),
    ).toEqual([
      'E01.html',
      'e01~2.html',
      'A_1.html',
      'A_1~2.html',
      '__x.html',
      '_CON.html',
      '_nul.a.html',
      '_.html',
      '_~2.html',
      '_~3.html',
      'a_.html',
      '王敏.html',
      'x__y.html',
      'É.html',
      'É~2.html',
    ]);
    expect(new TextEncoder().encode(name('汉'.repeat(500))).length).toBeLessThan(200);
  });

  it('are as many as the keys', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ unit: 'grapheme', maxLength: 12 }), { maxLength: 30 }),
        (keys) => {
          const names = keys.map(fileNamer());
          expect(new Set(names.map((one) => one.toLowerCase())).size).toBe(keys.length);
          for (const one of names) expect(one).toMatch(/^[^<>:"/\\|?*\p{Cc}]{1,200}\.html$/u);
          for (const one of names) expect(one).not.toMatch(/^\./);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('numbers as people read them', () => {
  it.each([
    [rational(12345n), '12,345'],
    [rational(1234567n, 100n), '12,345.67'],
    [rational(1n, 3n), '≈0.333333'],
    [rational(-2n, 3n), '≈-0.666667'],
    [rational(20_000_000n, 3n), '≈6,666,666.666667'],
  ])('%o', (value, text) => expect(number(value)).toBe(text));

  it('have two decimals at least where they are money', () => {
    expect(['5', '-1234.5', '0.125', '≈0.3'].map(money)).toEqual(['5.00', '-1,234.50', '0.125', '≈0.30']);
  });
});

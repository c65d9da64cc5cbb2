import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnValue, uniformOf } from '../../src/exact/column.ts';
import { columnBuilder } from '../../src/exact/columnBuilder.ts';
import { addText, freshTextIndex, hashOf, placeOfText, textIndexOf } from '../../src/exact/textIndex.ts';

/** `AaAa`, `AaBB`, `BBAa` …: with 31 their hash is one. */
const alike = (n: number): string =>
  Array.from({ length: 12 }, (_, i) => (((n >> i) & 1) === 0 ? 'Aa' : 'BB')).join('');

const ODDS = [31, 1_000_003, 123_456_789, 400_000_009];

describe('an index of texts', () => {
  it('finds each where it was put, and no other, as a map does', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 3 }),
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.nat(2000).map((n) => `E${String(n).padStart(5, '0')}`),
      fc.nat(4095).map(alike),
    );
    fc.assert(
      fc.property(
        fc.array(text, { maxLength: 400 }),
        fc.array(text, { maxLength: 50 }),
        fc.constantFrom(31, undefined),
        (some, others, odd) => {
          const index = freshTextIndex(odd);
          const map = new Map<string, number>();
          for (const one of some) {
            expect(placeOfText(index, one)).toBe(map.get(one) ?? -1);
            if (map.has(one)) continue;
            map.set(one, map.size);
            expect(addText(index, one, hashOf(index, one))).toBe(map.size - 1);
          }
          expect(index.texts).toEqual([...map.keys()]);
          for (const one of [...some, ...others]) expect(placeOfText(index, one)).toBe(map.get(one) ?? -1);
        },
      ),
      { numRuns: Number(process.env.ALLOT_RUNS ?? 200) },
    );
  });

  it('tells thousands of texts apart that have one hash', () => {
    const texts = Array.from({ length: 4096 }, (_, n) => alike(n));
    const index = textIndexOf(texts, 31);
    expect(new Set(index.hashes).size).toBe(1);
    expect(texts.map((text) => placeOfText(index, text))).toEqual([...texts.keys()]);
    expect(placeOfText(index, 'AaAb')).toBe(-1);
  });

  it('tells them apart with other numbers than 31; which one it takes nobody knows', () => {
    const texts = Array.from({ length: 4096 }, (_, n) => alike(n));
    for (const odd of ODDS.slice(1))
      expect(new Set(textIndexOf(texts, odd).hashes).size).toBeGreaterThan(4000);
    expect(freshTextIndex().odd).not.toBe(31);
    expect(freshTextIndex().odd % 2).toBe(1);
  });

  it('is few numbers to a place where ids count up: about one in a slot', () => {
    for (const odd of ODDS)
      for (const name of [(n: number) => `E${n}`, (n: number) => `2026-${String(n).padStart(7, '0')}-A`]) {
        const { heads } = textIndexOf(
          Array.from({ length: 60_000 }, (_, n) => name(n)),
          odd,
        );
        // Thrown at random, 60,000 would meet 65,536 × (1 − e^−0.916) = 39,300 of the 65,536 slots.
        expect(heads.filter((head) => head > 0).length).toBeGreaterThan(36_000);
      }
  });
});

describe('a column of texts that are all different', () => {
  it('has them in their order, more than it was made for', () => {
    const texts = Array.from({ length: 70_000 }, (_, n) => `T-${n}`);
    const builder = columnBuilder(10);
    const rows = texts.map((text) => [text]);
    expect(builder.cells(rows, 0, 0, rows.length, { numbers: true, blanks: true })).toBe(70_000);
    const column = builder.finish();
    expect(column.texts).toEqual(texts);
    expect(column.payload).toEqual(Int32Array.from(texts.keys()));
    expect(columnValue(column, 69_999)).toEqual({ kind: 'text', value: 'T-69999' });
    const index = uniformOf(column)?.index ?? null;
    expect(index === null ? null : placeOfText(index, 'T-65536')).toBe(65_536);
  });

  it('knows them one by one too, as short or as long as they are', () => {
    const texts = [
      '',
      '新闻部',
      '技术部',
      'a',
      'ab',
      'abc',
      'x'.repeat(5000),
      'x'.repeat(5001),
      '\ud800',
      'T-1',
      'U-1',
    ];
    const builder = columnBuilder(1000);
    for (let i = 0; i < 1000; i++) builder.text(texts[(i * 7) % texts.length] ?? '');
    const column = builder.finish();
    expect(column.texts.length).toBe(texts.length);
    for (let i = 0; i < 1000; i++)
      expect(columnValue(column, i)).toEqual({ kind: 'text', value: texts[(i * 7) % texts.length] });
  });

  it('stops at one that may be an error, however many came before', () => {
    const builder = columnBuilder(200);
    const rows = [...Array.from({ length: 100 }, (_, n) => [`T-${n}`]), ['#N/A'], ['T-5'], ['#N/A']];
    expect(builder.cells(rows, 0, 0, rows.length, { numbers: true, blanks: true })).toBe(100);
    builder.error('#N/A');
    expect(builder.cells(rows, 0, 101, rows.length, { numbers: true, blanks: true })).toBe(102);
    builder.text('#N/A');
    const column = builder.finish();
    expect(columnValue(column, 100)).toBeNull();
    expect(columnValue(column, 101)).toEqual({ kind: 'text', value: 'T-5' });
    expect(columnValue(column, 102)).toEqual({ kind: 'text', value: '#N/A' });
  });
});

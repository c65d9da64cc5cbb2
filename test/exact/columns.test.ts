import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnBuilder, columnValue, Kind, uniformOf } from '../../src/exact/column.ts';
import { cellRational, exactText, parseDecimal } from '../../src/exact/decimal.ts';

describe('sheet columns', () => {
  it('hold numbers as integers of one scale, with their bound', () => {
    const builder = columnBuilder();
    for (const text of ['12', '0.5', '-3.25']) builder.decimal(text, false);
    builder.decimal('15', true);
    const column = builder.finish();
    expect(column.scale).toBe(2);
    expect([...column.payload]).toEqual([1200, 50, -325, 15]);
    expect(column.bound).toBe(1200);
  });

  it('know that all rows have one kind, in few bytes; a column made from another does not', () => {
    const builder = columnBuilder();
    for (const x of [3, 0.5, 25.5]) builder.double(x);
    const column = builder.finish();
    expect(uniformOf(column)?.only).toBe(Kind.NUMBER);
    expect(uniformOf(column)?.compact).toEqual(Uint8Array.of(30, 5, 255));
    expect(uniformOf({ ...column, kinds: column.kinds.slice() })).toBeNull();
    expect(uniformOf({ ...column, payload: column.payload.slice() })).toBeNull();
    const mixed = columnBuilder();
    mixed.double(1);
    mixed.blank();
    expect(uniformOf(mixed.finish())).toBeNull();
  });

  it.each([
    [[-1, 5], Int32Array],
    [[0, 256], Uint16Array],
    [[70_000, 1], Int32Array],
  ])('%j takes as few bytes as it can', (numbers, type) => {
    const builder = columnBuilder();
    for (const x of numbers) builder.double(x);
    const compact = uniformOf(builder.finish())?.compact;
    expect(compact).toBeInstanceOf(type);
    expect(Array.from(compact ?? [])).toEqual(numbers);
  });

  it('keep what does not fit beside them, exactly', () => {
    const builder = columnBuilder();
    builder.decimal('123456789012345678901234567890.5', false);
    builder.decimal('0.00000000000001', false);
    builder.decimal('999999999999', false);
    const column = builder.finish();
    expect([...column.kinds]).toEqual([Kind.WIDE, Kind.NUMBER, Kind.WIDE]);
    const texts = [0, 1, 2].map((row) => {
      const value = columnValue(column, row);
      return value?.kind === 'number' ? exactText(value.value) : null;
    });
    expect(texts).toEqual(['123456789012345678901234567890.5', '0.00000000000001', '999999999999']);
  });

  it('intern texts and keep errors, dates, logicals and blanks apart', () => {
    const builder = columnBuilder(1);
    builder.text('A');
    builder.text('b');
    builder.text('A');
    builder.error('#N/A');
    builder.blank();
    builder.logical(true);
    builder.date(0);
    const column = builder.finish();
    expect(column.texts).toEqual(['A', 'b', '#N/A']);
    expect([0, 1, 2, 3, 4, 5, 6].map((row) => columnValue(column, row)?.kind ?? 'error')).toEqual([
      'text',
      'text',
      'text',
      'error',
      'blank',
      'logical',
      'date',
    ]);
  });

  it('give back every number that went in', () => {
    const decimal = fc
      .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 18 }))
      .map(([n, s]) => {
        const digits = (n < 0n ? -n : n).toString().padStart(s + 1, '0');
        const whole = digits.slice(0, digits.length - s);
        return `${n < 0n ? '-' : ''}${whole}${s > 0 ? `.${digits.slice(digits.length - s)}` : ''}`;
      });
    const cell = fc.oneof(decimal, fc.double({ noNaN: true, noDefaultInfinity: true }));
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 20 }), (cells) => {
        const builder = columnBuilder();
        for (const x of cells) {
          if (typeof x === 'number') builder.double(x);
          else expect(builder.decimal(x, false)).toBe(true);
        }
        const column = builder.finish();
        cells.forEach((x, row) => {
          const expected = typeof x === 'number' ? cellRational(x) : parseDecimal(x);
          expect(columnValue(column, row)).toEqual({ kind: 'number', value: expected });
        });
      }),
    );
  });
});

describe('payloads', () => {
  it('are 32-bit integers as long as they can be, and the same numbers beyond', () => {
    const builder = columnBuilder(2);
    builder.values([2 ** 31 - 1, -(2 ** 31) + 1, '', true, 'a'], 5);
    expect(builder.finish().payload).toEqual(Int32Array.of(2 ** 31 - 1, -(2 ** 31) + 1, 0, 1, 0));
    const wider = columnBuilder(2);
    wider.values([2 ** 31, 0.5, 1], 3);
    const column = wider.finish();
    expect(column.payload).toEqual(Float64Array.of(2 ** 31 * 10, 5, 10));
    expect(column).toMatchObject({ scale: 1, bound: 2 ** 31 * 10 });
    const dated = columnBuilder(1);
    dated.double(7);
    dated.date(Date.UTC(2026, 2, 31));
    expect(dated.finish().payload).toEqual(Float64Array.of(7, Date.UTC(2026, 2, 31)));
  });

  const cell = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer({ min: -5_000_000, max: 5_000_000 }).map((k) => k / 100),
    fc.integer({ min: -(2 ** 40), max: 2 ** 40 }),
    fc.constantFrom(-0, 0, 0.1, 1e-15, 999_999_999_999_999, ''),
  );
  it('in one go are what they are one by one, and what each cell means', () => {
    fc.assert(
      fc.property(fc.array(cell), (cells) => {
        const together = columnBuilder(1);
        together.values(cells, cells.length);
        const single = columnBuilder();
        for (const x of cells) {
          if (typeof x === 'number') single.double(x);
          else single.blank();
        }
        const column = together.finish();
        expect(column).toEqual(single.finish());
        cells.forEach((x, row) => {
          const value = columnValue(column, row);
          if (typeof x === 'number')
            expect(value?.kind === 'number' && exactText(value.value)).toBe(exactText(cellRational(x)));
          else expect(value?.kind).toBe('blank');
        });
      }),
      { numRuns: Number(process.env.ALLOT_RUNS ?? 1000) },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnValue, Kind, uniformOf } from '../../src/exact/column.ts';
import { columnBuilder } from '../../src/exact/columnBuilder.ts';
import { cellRational, exactText, parseDecimal } from '../../src/exact/decimal.ts';

const ALL = { numbers: true, blanks: true };

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
    expect(column.payload).toEqual(Uint8Array.of(30, 5, 255));
    expect(uniformOf({ ...column, kinds: column.kinds.slice() })).toBeNull();
    expect(uniformOf({ ...column, payload: column.payload.slice() })).toBeNull();
    const mixed = columnBuilder();
    mixed.double(1);
    mixed.blank();
    expect(uniformOf(mixed.finish())).toBeNull();
  });

  it.each([
    [[-1, 5], Int32Array],
    [[0, 255], Uint8Array],
    [[0, 256], Uint16Array],
    [[65_535, 0], Uint16Array],
    [[70_000, 1], Int32Array],
    [[1, 2 ** 31 - 1], Int32Array],
    [[1, 2 ** 31], Float64Array],
    [[1, -(2 ** 31)], Float64Array],
  ])('%j takes as few bytes as it can', (numbers, type) => {
    const builder = columnBuilder();
    for (const x of numbers) builder.double(x);
    const { payload } = builder.finish();
    expect(payload).toBeInstanceOf(type);
    expect(Array.from(payload)).toEqual(numbers);
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
    const column = (cells: readonly unknown[]) => cells.map((cell) => [cell]);
    builder.cells(column([2 ** 31 - 1, -(2 ** 31) + 1, '', true, 'a']), 0, 0, 5, ALL);
    expect(builder.finish().payload).toEqual(Int32Array.of(2 ** 31 - 1, -(2 ** 31) + 1, 0, 1, 0));
    const wider = columnBuilder(2);
    wider.cells(column([2 ** 31, 0.5, 1]), 0, 0, 3, ALL);
    expect(wider.finish()).toMatchObject({
      payload: Float64Array.of(2 ** 31 * 10, 5, 10),
      scale: 1,
      bound: 2 ** 31 * 10,
    });
    const dated = columnBuilder(1);
    dated.double(7);
    dated.date(Date.UTC(2026, 2, 31));
    expect(dated.finish().payload).toEqual(Float64Array.of(7, Date.UTC(2026, 2, 31)));
  });

  it('stop at what needs a closer look: numbers that may be dates, texts that may be errors', () => {
    const rows = [
      ['a', 1],
      ['a', 2],
      ['#N/A', 3],
      ['', 4],
      [null, 5],
      [3, 6],
      ['a', 7],
    ]; // prettier-ignore
    const builder = columnBuilder(7);
    expect(builder.cells(rows, 0, 0, 7, ALL)).toBe(2);
    builder.error('#N/A');
    expect(builder.cells(rows, 0, 3, 7, { numbers: false, blanks: true })).toBe(5);
    builder.date(0);
    expect(builder.cells(rows, 0, 6, 7, { numbers: false, blanks: false })).toBe(7);
    const { kinds, texts } = builder.finish();
    expect([...kinds]).toEqual([
      Kind.TEXT,
      Kind.TEXT,
      Kind.ERROR,
      Kind.BLANK,
      Kind.BLANK,
      Kind.DATE,
      Kind.TEXT,
    ]);
    expect(texts).toEqual(['a', '#N/A']);
    const dense = columnBuilder(7);
    expect(dense.cells([['a'], ['b'], [''], ['c']], 0, 0, 4, { numbers: true, blanks: false })).toBe(2);
    // The error's text again, as a text now.
    const twice = columnBuilder(7);
    twice.error('#N/A');
    expect(twice.cells(rows, 0, 2, 4, ALL)).toBe(2);
    twice.text('#N/A');
    expect([...twice.finish().kinds]).toEqual([Kind.ERROR, Kind.TEXT]);
  });

  const cell = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer({ min: -5_000_000, max: 5_000_000 }).map((k) => k / 100),
    fc.integer({ min: -(2 ** 40), max: 2 ** 40 }),
    fc.constantFrom(-0, 0, 0.1, 1e-15, 999_999_999_999_999, ''),
  );
  it('in one go are what they are one by one, and what each cell means', () => {
    const some = fc.array(
      fc.oneof({ weight: 8, arbitrary: cell }, fc.boolean(), fc.constantFrom('a', 'b', null)),
    );
    // Beyond the first rows, too, where the room is made for all.
    const long = fc.tuple(some, fc.integer({ min: 1, max: 40 })).map(([cells, times]) => {
      return Array.from({ length: times }, () => cells).flat();
    });
    fc.assert(
      fc.property(long, fc.nat(200), (cells, expected) => {
        const together = columnBuilder(expected);
        const rows = cells.map((x) => ['-', x]);
        expect(together.cells(rows, 1, 0, rows.length, ALL)).toBe(rows.length);
        const single = columnBuilder();
        for (const x of cells) {
          if (typeof x === 'number') single.double(x);
          else if (typeof x === 'boolean') single.logical(x);
          else if (x === '' || x === null) single.blank();
          else single.text(x);
        }
        const column = together.finish();
        const other = single.finish();
        const plain = ({ payload, uniform, ...rest }: typeof column) => ({
          ...rest,
          only: uniform?.only,
          payload: Array.from(payload),
        });
        expect(plain(column)).toEqual(plain(other));
        const sizes = cells.map((x, row) => {
          if (typeof x !== 'number' || column.kinds[row] !== Kind.NUMBER) return 0;
          const { n, d } = cellRational(x);
          return Math.abs(Number((n * 10n ** BigInt(column.scale)) / d));
        });
        expect(column.bound).toBe(Math.max(0, ...sizes));
        cells.forEach((x, row) => {
          const value = columnValue(column, row);
          if (typeof x === 'number')
            expect(value?.kind === 'number' && exactText(value.value)).toBe(exactText(cellRational(x)));
          else if (typeof x === 'boolean') expect(value).toEqual({ kind: 'logical', value: x });
          else expect(value?.kind).toBe(x === '' || x === null ? 'blank' : 'text');
        });
      }),
      { numRuns: Number(process.env.ALLOT_RUNS ?? 1000) },
    );
  });

  it('know whether their numbers rise, however they came', () => {
    let risen = 0;
    const steps = fc.array(
      fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 9 }) }, fc.constantFrom(0, -1)),
      {
        minLength: 1,
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(
        steps,
        fc.constantFrom(1, 10, 1000),
        fc.integer({ min: 1, max: 30 }),
        (list, den, times) => {
          let sum = -20;
          const numbers = Array.from({ length: times }, () => list)
            .flat()
            .map((step) => {
              sum += step;
              return sum / den;
            });
          const rises = numbers.every((x, i) => i === 0 || x > (numbers[i - 1] ?? 0));
          if (rises) risen++;
          const together = columnBuilder(5);
          const middle = Math.floor(numbers.length / 2);
          const rows = numbers.map((x) => [x]);
          together.cells(rows, 0, 0, middle, ALL);
          together.cells(rows, 0, middle, rows.length, ALL);
          const single = columnBuilder();
          for (const x of numbers) single.double(x);
          for (const builder of [together, single]) expect(uniformOf(builder.finish())?.rising).toBe(rises);
        },
      ),
    );
    expect(risen).toBeGreaterThan(10);
  });
});

import { describe, expect, it } from 'vitest';
import { book } from '../support/book.ts';
import { answererOf, messageOf, rowsOf, rule, shown } from './answering.ts';

describe('keys', () => {
  const numbered = answererOf(
    book(
      {
        N: [
          ['id', 'x'],
          [7, 1],
          [0.3, 2],
        ],
        D: [
          ['day', 'x'],
          [{ date: '2026-03-31' }, 5],
          [{ date: '2026-04-01 12:00' }, 6],
        ],
        T: [
          ['id', 'x'],
          ['7', 1],
          [' A ', 2],
          [true, 3],
        ],
      },
      { rules: 'each N\n  y = x * 10\neach D\n  z = x * 10\neach T\n  w = x * 10' },
    ),
    '2026-03-31',
  );

  it('match numbers by value', () => {
    expect(shown(numbered(rule('y', 7)))).toBe(10);
    expect(shown(numbered(rule('y', 0.1 + 0.2)))).toBe(20);
  });

  it('match dates by their serial numbers', () => {
    expect(shown(numbered(rule('z', 46112)))).toBe(50);
    expect(shown(numbered(rule('z', 46113.5)))).toBe(60);
  });

  it('match logicals', () => {
    expect(shown(numbered(rule('w', true)))).toBe(30);
  });

  it('say where only the kind or a space differs', () => {
    expect(messageOf(numbered(rule('y', '7')))).toMatch(/“7” is a text, and the key of N is a number/);
    expect(messageOf(numbered(rule('w', 7)))).toMatch(/“7” is a number, and the key of T is a text/);
    expect(messageOf(numbered(rule('w', 'a')))).toMatch(/only by a space/);
    expect(shown(numbered(rule('w', 'a')))).toBe('#N/A');
  });
});

describe('a whole column', () => {
  it('leaves rows of the sheet blank that are blank there, so that it can stand beside the table', () => {
    const ask = answererOf(
      book(
        {
          T: [
            ['id', 'x'],
            ['a', 1],
            [null, null],
            ['b', 2],
            ['c', 3],
          ],
        },
        {
          rules: 'table T where x <> 2\neach T\n  y = x * 10',
        },
      ),
      '2026-03-31',
    );
    expect(rowsOf(ask(rule('y')))).toEqual([[10], [null], [null], [30]]);
  });

  it('of an empty table is one blank cell', () => {
    const ask = answererOf(book({ T: [['id', 'x']] }, { rules: 'each T\n  y = x * 10' }), '2026-03-31');
    expect(rowsOf(ask(rule('y')))).toEqual([[null]]);
  });
});

describe('ten thousand queries', () => {
  it('read each key of the table no more than once or twice', () => {
    const rows = 10_000;
    const plain = book(
      { T: [['id', 'x'], ...Array.from({ length: rows }, (_, i) => [`K${i}`, i])] },
      { rules: 'each T\n  y = x * 2' },
    );
    let reads = 0;
    // The evaluation may read as it likes: reads are counted from here on.
    const ask = answererOf(
      counted(plain, () => reads++),
      '2026-03-31',
    );
    reads = 0;
    for (let i = 0; i < rows; i++) expect(shown(ask(rule('y', `k${i}`)))).toBe(2 * i);
    expect(reads).toBeLessThan(4 * rows);
  });
});

/** A book whose key column tells of every read of a row's kind. */
function counted(workbook: ReturnType<typeof book>, onRead: () => void): ReturnType<typeof book> {
  return {
    ...workbook,
    tables: workbook.tables.map((table) => ({
      ...table,
      columns: table.columns.map((column, i) =>
        i > 0
          ? column
          : {
              ...column,
              data: {
                ...column.data,
                kinds: new Proxy(column.data.kinds, {
                  get(target, name) {
                    if (typeof name === 'string' && /^\d+$/.test(name)) onRead();
                    const found: unknown = Reflect.get(target, name, target);
                    return typeof found === 'function' ? found.bind(target) : found;
                  },
                }),
              },
            },
      ),
    })),
  };
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { integer } from '../../src/exact/rational.ts';
import type { Value } from '../../src/exact/value.ts';
import { keyId, stage } from '../../src/sources/stage.ts';
import type { SheetTable } from '../../src/workbook/port.ts';
import { withRows } from '../../src/workbook/tableRows.ts';
import { book, type Cell } from '../support/book.ts';
import { rowTexts } from './books.ts';

const t = (value: string): Value => ({ kind: 'text', value });
const n = (value: number): Value => ({ kind: 'number', value: integer(value) });

function table(rows: readonly (readonly Cell[])[]): SheetTable {
  const [found] = book({ T: [['key', 'amount', 'own'], ...rows] }).tables;
  if (found === undefined) throw new Error('no table');
  return found;
}

const PRESENT = table([
  ['a', 1, 'mine'],
  ['b', 2, null],
  ['c', 3, 'x'],
]);
const never = (): boolean => false;

describe('staging', () => {
  it('replaces: keeps the order, changes, adds and removes', () => {
    const staged = stage(
      PRESENT,
      0,
      [
        [t('d'), n(4), null],
        [t('C'), n(3), null],
        [t('a'), n(9), null],
      ],
      'replace',
      never,
    );
    expect(rowTexts(withRows(PRESENT, staged.rows))).toEqual([
      ['a', '9', 'mine'],
      ['c', '3', 'x'],
      ['d', '4', ''],
    ]);
    expect(staged.fates).toEqual(['changed', 'same', 'added']);
    expect(staged.removed).toEqual([1]);
  });

  it('merges: what the source does not have stays', () => {
    const staged = stage(
      PRESENT,
      0,
      [
        [t('b'), n(5), t('now')],
        [t('d'), n(4), t('new')],
      ],
      'merge',
      never,
    );
    expect(rowTexts(withRows(PRESENT, staged.rows))).toEqual([
      ['a', '1', 'mine'],
      ['b', '5', 'now'],
      ['c', '3', 'x'],
      ['d', '4', 'new'],
    ]);
    expect([staged.fates, staged.removed]).toEqual([['same', 'changed', 'same', 'added'], []]);
  });

  it('leaves rows of a locked period as they are, in either mode', () => {
    const isLocked = (row: number): boolean => row < 2;
    const staged = stage(
      PRESENT,
      0,
      [
        [t('a'), n(7), t('other')],
        [t('c'), n(8), t('x')],
      ],
      'replace',
      isLocked,
    );
    expect(rowTexts(withRows(PRESENT, staged.rows))).toEqual([
      ['a', '1', 'mine'],
      ['b', '2', ''],
      ['c', '8', 'x'],
    ]);
    expect([staged.fates, staged.removed, staged.missing]).toEqual([['locked', 'same', 'changed'], [], [1]]);
  });

  it('tells keys apart by kind: a text is no number', () => {
    const mixed = table([
      [1, 1, null],
      ['1', 2, null],
    ]);
    const staged = stage(mixed, 0, [[t('1'), n(5), null]], 'merge', never);
    expect(rowTexts(withRows(mixed, staged.rows)).map((row) => row[1])).toEqual(['1', '5']);
  });

  it('comes to what a plain map by key would, whatever the rows', () => {
    const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'A');
    const present = fc.uniqueArray(fc.tuple(key, fc.nat(3)), { selector: ([k]) => k.toLowerCase() });
    const incoming = fc.uniqueArray(fc.tuple(key, fc.option(fc.nat(3))), {
      selector: ([k]) => k.toLowerCase(),
    });
    fc.assert(
      fc.property(
        present,
        incoming,
        fc.boolean(),
        fc.uniqueArray(fc.nat(6)),
        (old, now, merge, lockedRows) => {
          const before = table(old.map(([k, x]) => [k, x, `own ${k}`]));
          const rows = now.map(([k, x]) => [t(k), x === null ? null : n(x), null]);
          const isLocked = (row: number): boolean => lockedRows.includes(row);
          const staged = stage(before, 0, rows, merge ? 'merge' : 'replace', isLocked);
          const next = rowTexts(withRows(before, staged.rows));

          // The law: by folded key, locked rows as before; else the source's value where it gives one.
          const expected = new Map<string, readonly string[]>();
          old.forEach(([k, x], row) => {
            const found = now.find(([other]) => other.toLowerCase() === k.toLowerCase());
            if (isLocked(row) || (found === undefined && merge))
              expected.set(k.toLowerCase(), [k, String(x), `own ${k}`]);
            else if (found !== undefined)
              expected.set(k.toLowerCase(), [k, String(found[1] ?? x), `own ${k}`]);
          });
          for (const [k, x] of now)
            if (!old.some(([other]) => other.toLowerCase() === k.toLowerCase()))
              expected.set(k.toLowerCase(), [k, x === null ? '' : String(x), '']);
          expect(next).toEqual([...expected.values()]);

          // Rows are told apart as they are counted, and a second time nothing changes.
          expect(staged.fates.length).toBe(next.length);
          expect(before.rows - staged.removed.length + staged.fates.filter((f) => f === 'added').length).toBe(
            next.length,
          );
          const again = stage(withRows(before, staged.rows), 0, rows, merge ? 'merge' : 'replace', (row) =>
            isLocked(staged.rows[row]?.was ?? -1),
          );
          expect(again.fates.every((fate) => fate === 'same' || fate === 'locked')).toBe(true);
          expect(again.removed).toEqual([]);
          expect(new Set(next.map(([k = '']) => keyId(t(k)))).size).toBe(next.length);
        },
      ),
    );
  });
});

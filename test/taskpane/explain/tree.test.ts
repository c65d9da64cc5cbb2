import { describe, expect, test } from 'vitest';
import type { ReasonView } from '../../../src/live/views.ts';
import {
  nodeAt,
  openTo,
  parentPath,
  titleParts,
  trail,
  treeMove,
  visibleRows,
} from '../../../src/taskpane/pages/explain/tree.ts';

const node = (title: string, ...children: ReasonView[]): ReasonView => ({
  title,
  value: '',
  source: null,
  place: null,
  kind: 'rule',
  children,
});

/** a ─ b ─ (c, d ─ e); a ─ f */
const ROOT = node('a', node('b', node('c'), node('d', node('e'))), node('f'));
const titles = (open: ReadonlySet<string>, from = ''): string =>
  visibleRows(ROOT, from, open)
    .map(({ view, level }) => `${view.title}${level}`)
    .join(' ');

describe('what is seen of a tree', () => {
  test('only the root where nothing is open', () => expect(titles(new Set())).toBe('a1'));

  test.each([
    [1, 'a1'],
    [2, 'a1 b2 f2'],
    [3, 'a1 b2 c3 d3 f2'],
    [Number.POSITIVE_INFINITY, 'a1 b2 c3 d3 e4 f2'],
  ])('%s levels', (levels, seen) => expect(titles(openTo(ROOT, '', levels))).toBe(seen));

  test('a pinned part is a tree of its own', () => {
    expect(titles(openTo(ROOT, '0', 2), '0')).toBe('b1 c2 d2');
    expect(titles(new Set(['0', '']), '7')).toBe('');
  });

  test('each row knows its place among its siblings', () => {
    const rows = visibleRows(ROOT, '', openTo(ROOT, '', 9));
    expect(rows.map(({ path, position, siblings, open }) => [path, position, siblings, open])).toEqual([
      ['', 1, 1, true],
      ['0', 1, 2, true],
      ['0.0', 1, 2, false],
      ['0.1', 2, 2, true],
      ['0.1.0', 1, 1, false],
      ['1', 2, 2, false],
    ]);
  });

  test('the way to a part', () => {
    expect(trail(ROOT, '0.1.0').map(({ view }) => view.title)).toEqual(['a', 'b', 'd', 'e']);
    expect(trail(ROOT, '').map(({ view }) => view.title)).toEqual(['a']);
    expect(parentPath('0.12.3')).toBe('0.12');
    expect(parentPath('4')).toBe('');
    expect(nodeAt(ROOT, '0.5')).toBeNull();
  });
});

describe('keys', () => {
  const rows = visibleRows(ROOT, '', openTo(ROOT, '', 3));
  test.each([
    ['', 'ArrowDown', '0', false],
    ['0', 'ArrowUp', '', false],
    ['1', 'Home', '', false],
    ['', 'End', '1', false],
    ['0', 'ArrowRight', '0.0', false],
    ['0.1', 'ArrowRight', '0.1', true],
    ['0', 'ArrowLeft', '0', true],
    ['0.1', 'ArrowLeft', '0', false],
    ['1', 'ArrowLeft', '', false],
  ])('from %j %s leads to %j', (at, key, focus, toggles) =>
    expect(treeMove(rows, at, key)).toEqual(toggles ? { focus, toggle: true } : { focus }),
  );

  test.each([
    ['1', 'ArrowDown'],
    ['', 'ArrowUp'],
    ['1', 'ArrowRight'],
    ['', 'x'],
    ['9', 'ArrowDown'],
  ])('from %j %s leads nowhere', (at, key) => expect(treeMove(rows, at, key)).toBeNull());
});

describe('a title in parts', () => {
  test.each([
    ['reward of E08 = 245.45', '245.45', 'reward of E08', ''],
    ['points(2) = 80: up to 2 -> 80', '80', 'points(2)', 'up to 2 -> 80'],
    ['E08 的 reward = 245.45（上文已示）', '245.45', 'E08 的 reward', '（上文已示）'],
    ['where side = "back" → TRUE', 'TRUE', 'where side = "back"', ''],
    ['Tickets T06: 100', '100', 'Tickets T06', ''],
    ['a = 1: b', '1', 'a', 'b'],
    ['x = 10, weight 4% → 1', '1', 'x = 10, weight 4%', ''],
    ['245.45 from pool 1265.34', '245.45', 'from pool 1265.34', ''],
    ['rounded down', '', 'rounded down', ''],
    ['the level is 7 here', '7', 'the level is 7 here', ''],
  ])('%s', (title, value, what, how) => expect(titleParts({ title, value })).toEqual({ what, value, how }));
});

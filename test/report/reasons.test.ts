import { describe, expect, it } from 'vitest';
import { explain, type Target } from '../../src/engine/plain/index.ts';
import type { Language } from '../../src/problems/messages/index.ts';
import { knownOf } from '../../src/report/known.ts';
import { reasonText } from '../../src/report/reasons.ts';
import { reasonJson } from '../../src/report/reasonsJson.ts';
import { type Ran, ran, STAFF, STAFF_RULES } from './ran.ts';

function target({ program, workbook }: Ran, name: string, key?: string): Target {
  if (key === undefined)
    return { kind: 'scalar', scalar: program.scalars.findIndex((rule) => rule.name === name) };
  const column = program.columns.findIndex((rule) => rule.name === name);
  const table = workbook.tables[program.columns[column]?.table ?? 0];
  const rows = table?.columns[0]?.data;
  const row = rows?.texts.indexOf(key) ?? -1;
  return { kind: 'column', column, row };
}

function treeOf(book: Ran, name: string, key?: string, language: Language = 'en'): readonly string[] {
  const reason = explain(book.program, book.workbook, target(book, name, key), {
    known: knownOf(book.results),
  });
  return reasonText(reason, book.workbook.rules, language).trimEnd().split('\n');
}

describe('why a value is what it is', () => {
  const staff = ran(STAFF, STAFF_RULES);

  it('a statement: its lines down to the cells', () => {
    expect(treeOf(staff, 'net', 'E1')).toEqual([
      'net of E1 = 5048.5  ← Rules.allot:9  statement net for Staff where side = "back"',
      '├─ where side = "back" → TRUE',
      '│  └─ side of E1 = "back"  ← Staff!B2',
      '├─ add =Base = 5000',
      '│  └─ base of E1 = 5000  ← Staff!C2',
      '├─ add reward = 50',
      '│  └─ reward of E1 = 50  ← Rules.allot:6  share pool among Staff where side = "back" by support as reward',
      '│     └─ 50 from pool 100',
      '│        ├─ weight 80 of 140, 2 members',
      '│        ├─ held down by its cap: 5000 units of 0.01',
      '│        ├─ where side = "back" → TRUE',
      '│        │  └─ side of E1 = "back"  ← Staff!B2',
      '│        ├─ weight support → 80',
      '│        │  └─ support of E1 = 80  ← Staff!D2',
      '│        ├─ cap 50 → 50',
      '│        └─ pool pool → 100',
      '│           └─ pool = 100  ← Rules.allot:1  pool = 100',
      '└─ less Fee = 1.5',
    ]);
  });

  it('in Chinese', () => {
    expect(treeOf(staff, 'reward', 'E1', 'zh-CN').slice(0, 4)).toEqual([
      'E1 的 reward = 50  ← Rules.allot:6  share pool among Staff where side = "back" by support as reward',
      '└─ 50 来自待分配总额 100',
      '   ├─ 权重 80，合计 140，共 2 人',
      '   ├─ 按封顶：5000 个最小单位（0.01）',
    ]);
  });

  it('a row that no definition covers', () => {
    const [head] = treeOf(staff, 'net', 'F1');
    expect(head).toBe('net of F1 = blank (no definition covers this row)');
  });

  it('quotas, remainders and what is left over', () => {
    // 100 cents by 1 : 1 : 1 are 33 1/3 each; the one over goes to the smaller key.
    const thirds = ran(
      {
        T: [
          ['id', 'w'],
          ['a', 1],
          ['b', 1],
          ['c', 1],
        ],
      },
      'share 1 among T by w as pay\n  rest as left',
    );
    expect(treeOf(thirds, 'pay', 'a')).toContain(
      '   ├─ 1 / 3 × 100 units of 0.01 = ≈33.3333333333 → 34: rounded down, and one unit more for its large remainder',
    );
    expect(treeOf(thirds, 'pay', 'b')).toContain(
      '   ├─ 1 / 3 × 100 units of 0.01 = ≈33.3333333333 → 33: its quota rounded down',
    );
    expect(treeOf(thirds, 'left')).toContain('└─ left over of pool 1: 1 settled − 1 shared = 0');
  });

  it('bands, tiers, lookups, aggregates, weights', () => {
    const book = ran(
      {
        G: [
          ['grade', 'base'],
          ['A', 100],
        ],
        S: [
          ['id', 'who', 'x'],
          [1, 'e', 10],
          [2, 'e', null],
          [3, 'e', 30],
          [4, 'f', 99],
        ],
        T: [
          ['id', 'grade'],
          ['e', 'a'],
        ],
      },
      [
        'band tax marginal',
        '  up to 10 -> 10%',
        '  otherwise -> 20%',
        'band size',
        '  at least 20 -> "big"',
        '  otherwise -> "small"',
        'each T',
        '  base = lookup(G[base], grade)',
        '  mean = average(S[x] where who = [@id])',
        '  tax = tax(30)',
        '  size = size(mean)',
        'score s for T skip blank',
        '  40% base',
        '  60% if(base > 1000, 1, blank)',
      ].join('\n'),
    );
    expect(treeOf(book, 'base', 'e').slice(1)).toEqual([
      '└─ lookup(G[base], grade) = 100: lookup in G, row A',
      '   ├─ key grade → "a"',
      '   │  └─ grade of e = "a"  ← T!B2',
      '   └─ base of A = 100  ← G!B2',
    ]);
    expect(treeOf(book, 'mean', 'e')[1]).toBe(
      '└─ average(S[x] where who = [@id]) = 20: average over 3 rows of S (1 blank, passed over)',
    );
    expect(treeOf(book, 'tax', 'e').slice(1)).toEqual([
      '└─ tax(30) = 5',
      '   ├─ 10 × 0.1 = 1: up to 10 -> 10%  ← Rules.allot:2',
      '   └─ 20 × 0.2 = 4: otherwise -> 20%  ← Rules.allot:3',
    ]);
    expect(treeOf(book, 'size', 'e')[1]).toBe('└─ size(20) = "big": at least 20 -> "big"  ← Rules.allot:5');
    expect(treeOf(book, 's', 'e')[1]).toBe(
      '├─ base = 100, weight 40% (counts 100%, blank inputs left out) → 100',
    );
  });

  it('names the first cause of an error', () => {
    const book = ran(
      {
        T: [
          ['id', 'x'],
          ['a', null],
        ],
      },
      'each T\n  y = x * 2\n  z = y + 1',
    );
    expect(treeOf(book, 'z', 'a')[0]).toMatch(/^z of a = error at T!B2: There is no value here/);
  });

  it('as data says the same', () => {
    const reason = explain(staff.program, staff.workbook, target(staff, 'ratio', 'E1'), {
      known: knownOf(staff.results),
    });
    expect(reasonJson(reason, 'en')).toEqual({
      kind: 'column',
      name: 'ratio',
      table: 'Staff',
      key: 'E1',
      by: 'rule',
      at: 'Rules.allot:5:3-7',
      value: '5000/3',
      because: [{ kind: 'sheet', name: 'base', table: 'Staff', key: 'E1', at: 'Staff!C2', value: '5000' }],
    });
  });
});

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRules } from '../../grammar/index.ts';
import {
  field,
  fieldText,
  fieldValue,
  namesText,
  plainLines,
  rowLine,
  rulesText,
  sortedLines,
  unfield,
  valueField,
} from '../../src/audit/canonical.ts';
import { digestResults, digestRules, digestTable, digestText } from '../../src/audit/digest.ts';
import { run } from '../../src/engine/run.ts';
import { parseDate } from '../../src/exact/date.ts';
import { rational } from '../../src/exact/rational.ts';
import { checkRules } from '../../src/rules/check.ts';
import type { RuleLine } from '../../src/workbook/port.ts';
import { book } from '../support/book.ts';

const RUNS = Number(process.env.ALLOT_RUNS ?? 1000);
const sha = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

const cells = book({
  T: [
    ['key', 'b\ttab', 'when'],
    ['z', 0.1, { date: '2026-01-31' }],
    ['a', -3, { date: '2026-01-31 09:30' }],
    ['\uE000', { number: '1.50' }, { error: '#N/A' }],
    ['𠮷', true, null],
    ['m\\n\n', false, ' '],
  ],
}).tables[0];

describe('an input table', () => {
  // Worked out by hand from the documentation; U+E000 comes before 𠮷 (U+20BB7) in UTF-8.
  const rows = [
    't:a\tn:-3\td:2026-01-31T09:30:00\n',
    't:m\\\\n\\n\tb:FALSE\tt: \n',
    't:z\tn:0.1\td:2026-01-31\n',
    't:\uE000\tn:1.5\te:#N/A\n',
    't:𠮷\tb:TRUE\t-\n',
  ];

  it('is its name, its headings and its rows in the order of their bytes', () => {
    if (cells === undefined) throw new Error('no table');
    const { digest, rows: each } = digestTable(cells);
    expect(digest).toBe(sha(`allot-table-1\tT\nkey\tb\\ttab\twhen\n${rows.join('')}`));
    expect(each).toEqual([2, 0, 3, 4, 1].map((i) => sha(rows[i] ?? '').slice(0, 16)));
    expect(rowLine(cells, 1)).toBe(rows[0]);
  });

  it('is the same however it is sorted', () => {
    const table = (list: readonly (readonly (string | number)[])[]): string =>
      digestTable(book({ T: [['key', 'x'], ...list.map((row) => [...row])] }).tables[0] ?? cells ?? never())
        .digest;
    const row = fc.tuple(fc.string({ unit: 'binary', minLength: 1 }), fc.integer());
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), fc.infiniteStream(fc.nat()), (list, order) => {
        const other = [...list];
        for (let i = other.length - 1; i > 0; i--) {
          const j = (order.next().value ?? 0) % (i + 1);
          const [a, b] = [other[i], other[j]];
          if (a !== undefined && b !== undefined) [other[i], other[j]] = [b, a];
        }
        expect(table(other)).toBe(table(list));
      }),
      { numRuns: RUNS / 5 },
    );
  });
});

function never(): never {
  throw new Error('never');
}

it('sorts lines by their bytes', () => {
  const line = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const wanted = [...lines].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      expect(sortedLines(lines)).toEqual(wanted);
    }),
    { numRuns: RUNS },
  );
});

it('gives fields back as they were', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(field(text)).not.toMatch(/[\t\n\r]/);
      expect(unfield(field(text))).toBe(text);
      expect(fieldText(`t:${field(text)}`)).toBe(text);
    }),
    { numRuns: RUNS },
  );
  const date = (text: string) => ({ kind: 'date', ms: rational(BigInt(Date.parse(text))) }) as const;
  for (const value of [
    { kind: 'blank' } as const,
    { kind: 'number', value: rational(-259n, 3n) } as const,
    { kind: 'number', value: rational(125n, 10n) } as const,
    date('2026-03-31T00:00:00Z'),
    date('0001-01-01T09:30:15Z'),
    date('2026-03-31T23:59:59.250Z'),
    { kind: 'logical', value: true } as const,
    { kind: 'logical', value: false } as const,
  ])
    expect(fieldValue(valueField(value))).toEqual(value);
  expect(fieldValue('e:#N/A')).toBeNull();
  expect(fieldText('e:#N/A')).toBe('#N/A');
});

it('digests names by their values', () => {
  expect(
    digestText(
      namesText([
        ['pool', 'n:1000.1'],
        ['Label', 't:x'],
      ]),
    ),
  ).toBe(sha('allot-names-1\nLabel\tt:x\npool\tn:1000.1\n'));
});

describe('rules', () => {
  const sheet = (name: string, lines: readonly (readonly [number, string])[]): readonly RuleLine[] =>
    lines.map(([depth, text], i) => ({
      place: { kind: 'cell', sheet: name, row: i + 1, column: depth + 1 },
      depth,
      text,
    }));
  const file = (name: string, text: string): readonly RuleLine[] =>
    text
      .split('\n')
      .map((line, i) => ({ place: { kind: 'text', file: name, line: i + 1 }, depth: -1, text: line }));

  it('are their lines with depths', () => {
    const lines = [
      ...sheet('Rules', [
        [0, '# why'],
        [0, ''],
        [0, 'each T'],
        [1, 'x = "a\\b"'],
        [2, '  deep'],
        [0, '  '],
        [0, ''],
      ]),
      ...sheet('Rules 2', [
        [0, ''],
        [0, 'y = 1 '],
      ]),
    ];
    expect(digestRules(lines)).toBe(
      sha('allot-rules-1\n0\t# why\n0\t\n0\teach T\n1\tx = "a\\\\b"\n2\t  deep\n0\t\n0\ty = 1 \n'),
    );
  });

  it('are the same in a text file and in a sheet', () => {
    const text = file('a.allot', '# why\n\neach T\n\tx = 1\n  　　 y\n   odd\n\n');
    expect(rulesText(plainLines(text))).toBe(
      'allot-rules-1\n0\t# why\n0\t\n0\teach T\n1\tx = 1\n2\t y\n1\t odd\n',
    );
  });

  it('differ by any blank line between', () => {
    const of = (text: string): string => digestRules(file('a', text));
    expect(of('a = 1\n\nb = 2')).not.toBe(of('a = 1\nb = 2'));
    expect(of('a = 1\nb = 2\n\n')).toBe(of('a = 1\nb = 2'));
  });
});

it('digests results line by line', () => {
  const workbook = book(
    {
      Staff: [
        ['id', 'w', 'on'],
        ['E2', 1, { date: '2026-01-05' }],
        ['E1', 2, null],
        ['E3', 9, null],
      ],
    },
    {
      rules:
        'unit 0.01\ntable Staff key id where id <> "E3"\npool = 100 / 3\neach Staff\n  half = w / 3\n  day = on\nshare pool among Staff by w as reward',
    },
  );
  const { program } = checkRules(parseRules(workbook.rules), workbook, parseDate('2026-03-31') ?? 0);
  if (program === null) throw new Error('no program');
  const results = run(program, workbook);
  // 33.33 settled: 11.11 and 22.22.
  const lines = [
    'C\tStaff\tday\tt:E1\t-\n',
    'C\tStaff\tday\tt:E2\td:2026-01-05\n',
    'C\tStaff\thalf\tt:E1\tn:2/3\n',
    'C\tStaff\thalf\tt:E2\tn:1/3\n',
    'C\tStaff\treward\tt:E1\tn:22.22\n',
    'C\tStaff\treward\tt:E2\tn:11.11\n',
    'P\treward\tStaff\t-\tn:100/3\tn:33.33\tn:33.33\tn:0\n',
    'S\tpool\tn:100/3\n',
  ];
  expect(digestResults(program, workbook, results)).toBe(
    sha(`allot-results-1\t2026-03-31\n${lines.join('')}`),
  );
});

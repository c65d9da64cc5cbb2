import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KEYWORDS, linesOfText, parseRules } from '../../grammar/index.ts';

const RUNS = Number(process.env.ALLOT_RUNS ?? 1000);

const pieces = [
  ...KEYWORDS.flatMap((k) => (k.en === null ? [k.zh] : [k.en, k.zh])),
  ...'( ) , = <> < <= + - * / ^ -> → ≤ 、 （ ， ＝ [ ] [x] [@x] " “ ” # % . 1,000 12% 0.5 2026-01-31 2026-02-30'.split(
    ' ',
  ),
  ...[
    'x',
    'T[a]',
    'f(',
    '"text"',
    '“文”',
    '5G',
    '😀',
    '　',
    '\t',
    '\u00a0',
    '½',
    '１２％',
    '\ud800',
    '不超过1',
  ],
];

const line = fc
  .tuple(
    fc.constantFrom('', '', '', '  ', '  ', '    ', ' ', '\t', '　　', '      '),
    fc.array(
      fc.oneof(
        { weight: 9, arbitrary: fc.constantFrom(...pieces) },
        fc.string({ unit: 'binary', maxLength: 3 }),
      ),
      {
        maxLength: 12,
      },
    ),
    fc.constantFrom('', ' '),
  )
  .map(([indent, parts, glue]) => (indent + parts.join(glue)).replace(/[\r\n]/g, ' '));

describe('whatever is written', () => {
  it('is parsed without an exception, with every place inside its line', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (texts) => {
        const file = parseRules(linesOfText('Rules.allot', texts.join('\n')));
        const places =
          JSON.stringify(file.items) + JSON.stringify(file.problems) + JSON.stringify(file.brokenNames);
        for (const [, at = '', start = '', end = ''] of places.matchAll(
          /"span":\{"line":(\d+),"start":(\d+),"end":(\d+)\}/g,
        )) {
          const length = file.lines[Number(at)]?.text.length ?? -1;
          expect(Number(start)).toBeGreaterThanOrEqual(1);
          expect(Number(end)).toBeGreaterThanOrEqual(Number(start));
          expect(Number(end)).toBeLessThanOrEqual(length + 1);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('is in the tree, is a problem, or stands below one', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (texts) => {
        const file = parseRules(linesOfText('Rules.allot', texts.join('\n')));
        const told = new Set(file.problems.map((p) => p.span.line));
        JSON.stringify(file.items, (key, value) => {
          if (key === 'span') told.add(value.line);
          return value;
        });
        file.lines.forEach((_, i) => {
          if (told.has(i)) return;
          // Not read: some line above it could not be placed, and this one is indented.
          expect(file.problems.some((p) => p.span.line < i)).toBe(true);
          expect(file.lines[i]?.text).toMatch(/^\s/u);
        });
      }),
      { numRuns: RUNS },
    );
  });

  it('hides no other line: bad lines at the top leave the good ones as they are', () => {
    const bad = fc.constantFrom('x = = 3', 'x = (', '"open', 'y = 1 000', 'unit x', '= 1', 'check', 'x = [a');
    const good = fc.constantFrom('a = 1', 'b = sum(T[x])', 'check a = 1', 'unit 1', 'c = 1 from 2026-01-01');
    fc.assert(
      fc.property(fc.array(fc.oneof(bad, good), { maxLength: 12 }), (texts) => {
        const file = parseRules(linesOfText('Rules.allot', texts.join('\n')));
        const isBad = texts.map((text) => parseRules(linesOfText('one', text)).problems.length > 0);
        expect(file.problems.map((p) => p.span.line)).toEqual(isBad.flatMap((b, i) => (b ? [i] : [])));
        expect(file.items.map((item) => item.span.line)).toEqual(isBad.flatMap((b, i) => (b ? [] : [i])));
      }),
      { numRuns: Math.min(RUNS, 300) },
    );
  });
});

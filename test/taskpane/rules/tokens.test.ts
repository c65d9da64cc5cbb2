import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languageOf, linesOfText } from '../../../grammar/index.ts';
import { lexLine } from '../../../grammar/lexer.ts';
import { keywordLanguage, type TokenKind, tokensOf } from '../../../src/taskpane/pages/rules/tokens.ts';

const FILES = [
  ...readdirSync('test/grammar/good', { recursive: true, encoding: 'utf8' }).map((f) =>
    path.join('test/grammar/good', f),
  ),
  'samples/make/small.allot',
  'samples/make/broadcast.allot',
].filter((file) => file.endsWith('.allot'));

/** The places of the grammar's own tokens, and of the comment. */
function places(line: string): readonly (readonly [number, number])[] {
  const { tokens, comment } = lexLine(line, 0);
  return [
    ...tokens.map((t) => [t.startOffset, (t.endOffset ?? t.startOffset) + 1] as const),
    ...(comment === null ? [] : [[comment.startOffset, line.length] as const]),
  ];
}

const ours = (line: string) => tokensOf(line).map(({ from, to }) => [from, to] as const);

const kinds = (line: string): string =>
  tokensOf(line)
    .map(({ kind, from, to }) => `${kind}:${line.slice(from, to)}`)
    .join(' ');

describe('words of a line', () => {
  it('are those of the grammar’s lexer in every good file', () => {
    expect(FILES.length).toBeGreaterThan(2);
    for (const file of FILES)
      for (const line of readFileSync(file, 'utf8').split(/\r?\n/))
        expect(ours(line), line).toEqual(places(line));
  });

  it('are those of the grammar’s lexer in lines of any signs that are whole', () => {
    const piece = fc.constantFrom(
      ...[
        'band',
        'up to',
        'up  to',
        '不超过',
        'Ａ１',
        '员工',
        '[a b]',
        '[@x]',
        '"t""t"',
        '“文”',
        '2026-01-31',
        '2026-01-31 09:30',
        '12%',
        '1.5',
        '１２％',
      ],
      ...[
        '＝',
        '≤',
        '<=',
        '->',
        '→',
        '（',
        '、',
        '×',
        '#x',
        ' ',
        '  ',
        '\u3000',
        '_',
        '5G',
        '-',
        '=',
        'floor(',
        'and',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const line = pieces.join('');
        expect(ours(line)).toEqual(places(line));
      }),
    );
  });

  it('never fail, cover no character twice, and leave out only white space', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (line) => {
        let at = 0;
        for (const { from, to } of tokensOf(line)) {
          expect(from).toBeGreaterThanOrEqual(at);
          expect(to).toBeGreaterThan(from);
          expect(line.slice(at, from).normalize('NFKC').trim()).toBe('');
          at = to;
        }
        expect(at).toBeLessThanOrEqual(line.length);
      }),
    );
  });

  it.each([
    ['table Staff key id', 'keyword:table name:Staff keyword:key name:id'],
    ['floor = 3', 'definition:floor operator:= number:3'],
    ['  floor 3', 'keyword:floor number:3'],
    ['x = floor(y, 2)', 'definition:x operator:= call:floor mark:( name:y mark:, number:2 mark:)'],
    [
      'score support for Staff out of 5',
      'keyword:score definition:support keyword:for name:Staff keyword:out of number:5',
    ],
    [
      'share pool among Staff by w as reward',
      'keyword:share name:pool keyword:among name:Staff keyword:by name:w keyword:as definition:reward',
    ],
    [
      'x = sum(T[key] where key = [@id])',
      'definition:x operator:= call:sum mark:( name:T bracketed:[key] keyword:where name:key operator:= thisRow:[@id] mark:)',
    ],
    [
      '奖励 = 1 自 2026-01-01 起',
      'definition:奖励 operator:= number:1 keyword:自 date:2026-01-01 keyword:起',
    ],
    ['a = ⒈', 'definition:a operator:= number:⒈'],
    ['起 = 空白', 'definition:起 operator:= value:空白'],
    ['分档 得分 累进', 'keyword:分档 definition:得分 keyword:累进'],
    [
      'x = blank(y) or as_of = TRUE',
      'definition:x operator:= call:blank mark:( name:y mark:) keyword:or value:as_of operator:= value:TRUE',
    ],
    ['x = "a # b" # note', 'definition:x operator:= text:"a # b" comment:# note'],
    ['x = "open', 'definition:x operator:= bad:"open'],
    ['  加 基本 "基本"', 'keyword:加 name:基本 text:"基本"'],
  ])('%s', (line, wanted) => {
    expect(kinds(line)).toBe(wanted);
  });

  it('find the language of most keywords, as the formatter does', () => {
    for (const file of FILES) {
      const lines = readFileSync(file, 'utf8').split(/\r?\n/);
      const found = keywordLanguage(lines);
      if (found !== null) expect(found, file).toBe(languageOf(linesOfText(file, lines.join('\n'))));
    }
    expect(keywordLanguage(['x = 1'])).toBeNull();
  });

  it('have the parser’s library nowhere', () => {
    const kind: TokenKind = 'keyword';
    expect(kind).toBe('keyword');
    const folder = 'src/taskpane/pages/rules';
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /\.tsx?$/.test(file),
    );
    expect(files.length).toBeGreaterThan(10);
    for (const file of files) {
      const text = readFileSync(path.join(folder, file), 'utf8');
      const runtime = text
        .split('\n')
        .filter((l) => /from '/.test(l) && !/^import type|^export type/.test(l));
      for (const line of runtime) expect(line, file).not.toMatch(/grammar\/(?!keywords|tree)/);
    }
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DIAGRAMS, drawDiagrams } from '../../grammar/diagrams.ts';
import { formatRules, formatText, KEYWORDS } from '../../grammar/index.ts';
import { LineParser } from '../../grammar/parser.ts';
import { parse } from './marked.ts';

const README = readFileSync(join(DIAGRAMS, '..', 'README.md'), 'utf8');
const examples = [...README.matchAll(/```allot\n(.*?)```/gs)].map((match) => match[1] ?? '');

describe('the language reference', () => {
  it('has examples of every statement', () => {
    const kinds = new Set(examples.flatMap((text) => parse(text).items.map((item) => item.kind)));
    for (const kind of ['unit', 'table', 'rule', 'band', 'each', 'score', 'share', 'statement', 'check'])
      expect(kinds).toContain(kind);
  });

  it.each(examples)('parses its example %#', (text) => {
    const file = parse(text);
    expect(file.problems).toEqual([]);
    expect(file.items.length).toBeGreaterThan(0);
    // The formatter keeps its meaning.
    const again = parse(formatText(formatRules(file)));
    expect(again.problems).toEqual([]);
    expect(again.items.length).toBe(file.items.length);
  });

  it('lists every keyword in both languages', () => {
    const table = README.slice(README.indexOf('## 9. '), README.indexOf('## 10. ')).replace(/ +/g, ' ');
    for (const { en, zh, class: kind } of KEYWORDS) {
      if (en === zh) continue;
      expect(table).toContain(en === null ? zh : `| ${en} | ${zh}`);
      if (kind === 'reserved') expect(README).toContain(en);
    }
  });

  it('shows every diagram, and no other', () => {
    const shown = [...README.matchAll(/\(diagrams\/([\w-]+\.svg)\)/g)].map((match) => match[1]);
    expect(shown.sort()).toEqual([...drawDiagrams().keys()].sort());
  });
});

describe('the diagrams', () => {
  it('are those of the parser as it is (else: npx tsx grammar/diagrams.ts)', () => {
    const drawn = drawDiagrams();
    expect(readdirSync(DIAGRAMS).sort()).toEqual([...drawn.keys()].sort());
    for (const [file, svg] of drawn) expect(readFileSync(join(DIAGRAMS, file), 'utf8')).toBe(svg);
  });
});

describe('the parser', () => {
  it('has a grammar that chevrotain finds nothing wrong with', () => {
    expect(() => new LineParser(false)).not.toThrow();
  });
});

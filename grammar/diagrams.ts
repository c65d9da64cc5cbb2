/**
 * Railroad diagrams of the parser's own grammar, for the language reference: `npx tsx grammar/diagrams.ts` writes
 * `grammar/diagrams/*.svg`. A test says when they are stale.
 */

import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ISerializedGast, TokenType } from 'chevrotain';
import railroad, { type Node } from 'railroad-diagrams';
import { KEYWORDS } from './keywords.ts';
import { LineParser } from './parser.ts';
import { widthOf } from './printer.ts';
import { ALL_TOKENS, keywordIdOf, T } from './tokens.ts';

/** Where the diagrams are. */
export const DIAGRAMS = join(dirname(fileURLToPath(import.meta.url)), 'diagrams');

/** The rules that have a diagram, with its title. The others are drawn where they are used. */
const TITLES: Readonly<Record<string, string>> = {
  unitLine: 'unit',
  tableLine: 'table',
  referenceLine: 'reference',
  ruleLine: 'rule',
  bandHead: 'band',
  bandLine: 'band-line',
  bound: 'bound',
  eachHead: 'each',
  scoreHead: 'score',
  scoreLine: 'score-line',
  shareHead: 'share',
  shareLine: 'share-line',
  statementHead: 'statement',
  componentLine: 'component',
  checkLine: 'check',
  period: 'period',
  expression: 'expression',
  term: 'term',
  value: 'value',
  arguments: 'arguments',
};

/** Rules that are one token. */
const SIMPLE: ReadonlySet<string> = new Set(['name', 'number', 'date', 'text']);

const STYLE = `
svg { background-color: #fffdf7; border-radius: 6px; }
path { stroke-width: 2; stroke: #44403c; fill: none; }
text { font: 14px ui-monospace, Menlo, Consolas, "Noto Sans Mono CJK SC", "Microsoft YaHei", monospace; text-anchor: middle; fill: #1c1917; }
rect { stroke-width: 1.5; stroke: #44403c; fill: #ecfccb; }
rect:not([rx]) { fill: #e0f2fe; }
`;

interface Gast extends ISerializedGast {
  readonly name?: string;
  readonly label?: string;
  readonly definition?: Gast[];
  readonly separator?: Gast;
}

const TYPES: ReadonlyMap<string, TokenType> = new Map(ALL_TOKENS.map((type) => [type.name, type]));

/** A box as wide as its text: the package counts characters, and Chinese ones are twice as wide. */
function box(make: (text: string) => Node, text: string): Node {
  const node = make(text);
  node.width = widthOf(text) * 8.5 + 20;
  return node;
}

const terminal = (text: string): Node => box(railroad.Terminal, text);
const nonTerminal = (text: string): Node => box(railroad.NonTerminal, text);

function token(name: string, label: string): Node {
  const type = TYPES.get(name);
  if (type === T.Operator) return terminal('^   * /   + -   = <> < <= > >=');
  const id = type === undefined ? undefined : keywordIdOf(type);
  if (id !== undefined) {
    const keyword = KEYWORDS.find((k) => k.id === id);
    const { en, zh } = keyword ?? { en: label, zh: label };
    return terminal(en === null || en === zh ? zh : `${en} ${zh}`);
  }
  const marks: readonly (TokenType | undefined)[] = [
    T.LeftParen,
    T.RightParen,
    T.Comma,
    T.Arrow,
    T.Equals,
    T.Minus,
  ];
  return marks.includes(type) ? terminal(label) : nonTerminal(label);
}

/** One diagram a rule, as SVG, by file name. */
export function drawDiagrams(): ReadonlyMap<string, string> {
  const rules = new LineParser().getSerializedGastProductions() as readonly Gast[];
  const byName = new Map(rules.map((rule) => [rule.name ?? '', rule]));

  function sequence(parts: readonly Gast[] = []): Node {
    const nodes = parts.map(draw);
    const [only] = nodes;
    return nodes.length === 1 && only !== undefined ? only : railroad.Sequence(...nodes);
  }

  function draw(part: Gast): Node {
    const inner = part.definition ?? [];
    switch (part.type) {
      case 'Terminal':
        return token(part.name ?? '', part.label ?? '');
      case 'NonTerminal': {
        const name = part.name ?? '';
        const title = TITLES[name];
        if (title !== undefined || SIMPLE.has(name)) return nonTerminal(title ?? name);
        return sequence(byName.get(name)?.definition);
      }
      case 'Option':
        return railroad.Optional(sequence(inner));
      case 'Repetition':
        return railroad.ZeroOrMore(sequence(inner));
      case 'RepetitionMandatoryWithSeparator':
        return railroad.OneOrMore(
          sequence(inner),
          part.separator === undefined ? railroad.Skip() : draw(part.separator),
        );
      case 'Alternation':
        return railroad.Choice(0, ...inner.map((alternative) => optionalSequence(alternative)));
      default:
        return sequence(inner);
    }
  }

  function optionalSequence(alternative: Gast): Node {
    return (alternative.definition ?? []).length === 0 ? railroad.Skip() : sequence(alternative.definition);
  }

  const files = Object.entries(TITLES).map(([name, title]): [string, string] => {
    const svg = railroad.Diagram(sequence(byName.get(name)?.definition)).toString();
    const head = `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${title}" `;
    return [
      `${title}.svg`,
      `${svg.replace('<svg ', head).replace('>', `>\n<style>${STYLE}</style>\n`).trim()}\n`,
    ];
  });
  return new Map(files);
}

function write(): void {
  mkdirSync(DIAGRAMS, { recursive: true });
  for (const file of readdirSync(DIAGRAMS)) rmSync(join(DIAGRAMS, file));
  for (const [file, svg] of drawDiagrams()) writeFileSync(join(DIAGRAMS, file), svg);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) write();

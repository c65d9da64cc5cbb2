/** Rule files as text again: canonical spacing, one keyword language, comments and blank lines kept. */

import type { IToken } from 'chevrotain';
import { type KeywordId, keywordText, type Language } from './keywords.ts';
import { lexLine } from './lexer.ts';
import { type DepthLine, sheetCells } from './lines.ts';
import { expressionText, nameText, quoted, type Words } from './print-expression.ts';
import { keywordIdOf, T } from './tokens.ts';
import type {
  BandLine,
  BandTest,
  Component,
  Expression,
  Period,
  Reference,
  RuleFile,
  ScoreLine,
  ShareLine,
  SourceLine,
  Statement,
  Trivia,
} from './tree.ts';

export interface PrintOptions {
  /** The language of keywords; that of most of the file's keywords, if absent. */
  readonly language?: Language;
}

/** What `->` and labels are lined up to at most; a longer line stands out for itself. */
const WIDEST = 40;

/**
 * The lines that say what the file's tree says. Lines that could not be read are not in the tree and so not in the
 * result: see `formatRules`. No printed line begins with a character that a spreadsheet takes for a formula.
 */
export function printRules(file: RuleFile, options: PrintOptions = {}): DepthLine[] {
  const language = options.language ?? languageOf(file.lines);
  return printWith(file.items, (id) => keywordText(id, language));
}

/** A rule file's lines in canonical form; where it has problems, as they were written: nothing may get lost. */
export function formatRules(file: RuleFile, options: PrintOptions = {}): DepthLine[] {
  return file.problems.length > 0 ? sheetCells(file.lines) : printRules(file, options);
}

/** The language of most keywords; English where there are as many of the other, or none. */
export function languageOf(lines: readonly SourceLine[]): Language {
  let chinese = 0;
  let english = 0;
  lines.forEach(({ text }, i) => {
    const { tokens } = lexLine(text, i);
    for (const [at, token] of tokens.entries()) {
      if (!saysKeyword(token, at, tokens)) continue;
      if (/\p{Script=Han}/u.test(token.image)) chinese++;
      else english++;
    }
  });
  return chinese > english ? 'zh' : 'en';
}

function saysKeyword(token: IToken, at: number, tokens: readonly IToken[]): boolean {
  const id = keywordIdOf(token.tokenType);
  if (id === undefined || id === 'true' || id === 'false') return false;
  // `floor(x, 1)` is the function.
  return at === 0 || tokens[at + 1]?.tokenType !== T.LeftParen;
}

/** Prints statements with the words of the caller's choice. */
export function printWith(items: readonly (Statement | Trivia)[], words: Words): DepthLine[] {
  return withoutSpareBlanks(statements(items, words, 0));
}

function withoutSpareBlanks(lines: readonly DepthLine[]): DepthLine[] {
  const kept = lines.filter(({ text }, i) => text !== '' || (i > 0 && lines[i - 1]?.text !== ''));
  while (kept.at(-1)?.text === '') kept.pop();
  return kept;
}

function isTrivia(item: { readonly kind: string }): item is Trivia {
  return item.kind === 'blankLine' || item.kind === 'comment';
}

function triviaLine(item: Trivia, depth: number): DepthLine {
  return item.kind === 'blankLine' ? { depth: 0, text: '' } : { depth, text: `#${item.text}` };
}

function statements(items: readonly (Statement | Trivia)[], words: Words, depth: number): DepthLine[] {
  return items.flatMap((item): DepthLine[] => {
    if (isTrivia(item)) return [triviaLine(item, depth)];
    const head = { depth, text: withComment(statementText(item, words), item.comment) };
    return [head, ...bodyLines(item, words, depth + 1)];
  });
}

function withComment(text: string, comment: string | null): string {
  return comment === null ? text : `${text}  #${comment}`;
}

function bodyLines(statement: Statement, words: Words, depth: number): DepthLine[] {
  switch (statement.kind) {
    case 'unit':
    case 'rule':
    case 'check':
      return [];
    case 'each':
      return statements(statement.body, words, depth);
    case 'table':
      return plainBody(statement.body, depth, (line) => referenceText(line, words));
    case 'score':
      return plainBody(statement.body, depth, (line) => scoreLineText(line, words));
    case 'share':
      return plainBody(statement.body, depth, (line) => shareLineText(line, words));
    case 'band': {
      const tests = statement.body.flatMap((line) =>
        isTrivia(line) ? [] : [bandTestText(line.test, words)],
      );
      const width = columnWidth(tests);
      return plainBody(statement.body, depth, (line) => bandLineText(line, width, words));
    }
    case 'statement': {
      const components = statement.body.flatMap((line) => (isTrivia(line) ? [] : [line]));
      const signs = columnWidth(components.map((line) => words(signId(line))));
      const labelled = components.filter((line) => line.label !== null);
      const width = columnWidth(labelled.map((line) => expressionText(line.value, words)));
      return plainBody(statement.body, depth, (line) => componentText(line, signs, width, words));
    }
  }
}

function plainBody<L extends { readonly kind: string; readonly comment: string | null }>(
  body: readonly (L | Trivia)[],
  depth: number,
  text: (line: L) => string,
): DepthLine[] {
  return body.map((line) =>
    isTrivia(line) ? triviaLine(line, depth) : { depth, text: withComment(text(line), line.comment) },
  );
}

/** The first line of a statement. */
function statementText(statement: Statement, words: Words): string {
  const clause = (id: KeywordId, e: Expression | null): string =>
    e === null ? '' : ` ${words(id)} ${expressionText(e, words)}`;
  const kind = words(statement.kind === 'rule' ? 'as' : statement.kind);
  switch (statement.kind) {
    case 'unit':
      return `${kind} ${expressionText(statement.value, words)}`;
    case 'table': {
      const key = statement.key === null ? '' : ` ${words('key')} ${nameText(statement.key.text)}`;
      return `${kind} ${nameText(statement.table.text)}${key}${clause('where', statement.where)}`;
    }
    case 'rule': {
      const value = expressionText(statement.value, words);
      return `${nameText(statement.name.text)} = ${value}${periodText(statement.period, words)}`;
    }
    case 'band': {
      const marginal = statement.marginal ? ` ${words('marginal')}` : '';
      return `${kind} ${nameText(statement.name.text)}${marginal}${periodText(statement.period, words)}`;
    }
    case 'each':
      return `${kind} ${nameText(statement.table.text)}${clause('where', statement.where)}`;
    case 'score': {
      const skip = statement.skipBlank ? ` ${words('skipBlank')}` : '';
      const scale = clause('outOf', statement.outOf);
      const where = clause('where', statement.where);
      return `${kind} ${forText(statement, words)}${scale}${where}${skip}${periodText(statement.period, words)}`;
    }
    case 'share': {
      const pool = expressionText(statement.pool, words);
      const among = ` ${words('among')} ${nameText(statement.table.text)}${clause('where', statement.where)}`;
      const as = ` ${words('as')} ${nameText(statement.name.text)}`;
      return `${kind} ${pool}${among}${clause('by', statement.weight)}${as}${periodText(statement.period, words)}`;
    }
    case 'statement': {
      const where = clause('where', statement.where);
      return `${kind} ${forText(statement, words)}${where}${periodText(statement.period, words)}`;
    }
    case 'check': {
      const message = statement.message === null ? '' : `, ${quoted(statement.message.value)}`;
      return `${kind} ${expressionText(statement.condition, words)}${message}`;
    }
  }
}

function forText(
  { name, table }: { readonly name: { readonly text: string }; readonly table: { readonly text: string } },
  words: Words,
): string {
  return `${nameText(name.text)} ${words('for')} ${nameText(table.text)}`;
}

function periodText({ from, until }: Period, words: Words): string {
  const onward = words('onward');
  const start = from === null ? '' : ` ${words('from')} ${from.value}${onward === '' ? '' : ` ${onward}`}`;
  return `${start}${until === null ? '' : ` ${words('until')} ${until.value}`}`;
}

function referenceText(line: Reference, words: Words): string {
  return `${nameText(line.column.text)} ${words('in')} ${nameText(line.table.text)}`;
}

function bandTestText(test: BandTest, words: Words): string {
  switch (test.kind) {
    case 'otherwise':
      return words('otherwise');
    case 'texts':
      return test.texts.map((text) => quoted(text.value)).join(', ');
    default:
      return `${words(test.kind)} ${expressionText(test.bound, words)}`;
  }
}

function bandLineText(line: BandLine, width: number, words: Words): string {
  return `${padded(bandTestText(line.test, words), width)} -> ${expressionText(line.value, words)}`;
}

function scoreLineText(line: ScoreLine, words: Words): string {
  return `${expressionText(line.weight, words)} ${expressionText(line.value, words)}`;
}

function shareLineText(line: ShareLine, words: Words): string {
  switch (line.kind) {
    case 'rest':
      return `${words('rest')} ${words('as')} ${nameText(line.name.text)}`;
    case 'shareUnit':
      return `${words('unit')} ${expressionText(line.value, words)}`;
    default:
      return `${words(line.kind)} ${expressionText(line.value, words)}`;
  }
}

function signId(line: Component): 'add' | 'less' {
  return line.sign;
}

function componentText(line: Component, signs: number, width: number, words: Words): string {
  const sign = padded(words(signId(line)), signs);
  const value = expressionText(line.value, words);
  return line.label === null
    ? `${sign} ${value}`
    : `${sign} ${padded(value, width)} ${quoted(line.label.value)}`;
}

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60]/u;

/** How wide a text stands in a monospaced font: Chinese characters take two places. */
export function widthOf(text: string): number {
  let width = 0;
  for (const point of text) width += WIDE.test(point) ? 2 : /\p{M}/u.test(point) ? 0 : 1;
  return width;
}

function columnWidth(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(widthOf).filter((width) => width <= WIDEST));
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

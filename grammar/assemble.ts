/** From lines to a rule file: each line is parsed for itself; bodies are put together by depth. */

import type { IToken } from 'chevrotain';
import { joinThousands, tooDeep } from './guard.ts';
import {
  type BodyItem,
  bodyAfter,
  type Context,
  type Header,
  isHeader,
  type LineNode,
  mayBeEmpty,
  namesIn,
  parseBody,
  parseStart,
  type Start,
  startLabels,
  startOf,
  withBody,
} from './kinds.ts';
import { type Comment, lexLine } from './lexer.ts';
import { indentOf } from './lines.ts';
import { createParser, type LineParser } from './parser.ts';
import { pastEnd, problemOf, type TokenLine, tokenSpan, unexpected, withData } from './problems.ts';
import type { Name, RuleFile, SourceLine, Statement, SyntaxProblem, Trivia } from './tree.ts';

const theParser = createParser();

/** A statement whose body is being read. */
interface Open {
  readonly context: Context;
  /** Null where its first line could not be parsed. */
  readonly header: Header | null;
  readonly line: TokenLine;
  readonly body: BodyItem[];
  /** Whether anything but comments stood below it, right or wrong. */
  hasLines: boolean;
}

interface Pending {
  readonly item: Trivia;
  readonly depth: number;
}

/**
 * Parses a rule file. Never throws: whatever cannot be read is left out and told in `problems`, in the order of
 * lines; one bad line never hides another.
 */
export function parseRules(lines: readonly SourceLine[]): RuleFile {
  const parser = theParser();
  const items: (Statement | Trivia)[] = [];
  const problems: SyntaxProblem[] = [];
  const brokenNames: Name[] = [];
  const brokenBodies = new Set<number>();
  let pending: Pending[] = [];
  /** The statement at depth 0, and the share inside an `each`. */
  let open: [] | [Open] | [Open, Open] = [];
  /** Lines deeper than this belong to a line that could not be placed, or that is no statement anybody knows. */
  let skipBelow = Number.POSITIVE_INFINITY;

  lines.forEach((source, index) => {
    const { tokens, comment } = lexLine(source.text, index);
    const indent = source.depth >= 0 ? { depth: source.depth, odd: false } : indentOf(source.text);
    const { odd } = indent;
    const depth = odd && meansDeeper(indent.depth + 1, tokens) ? indent.depth + 1 : indent.depth;
    if (tokens.length === 0) {
      pending.push({ item: triviaOf(source.text, index, comment), depth });
      return;
    }
    const line: TokenLine = { written: source.text, line: index, tokens };
    if (depth > skipBelow) {
      lose(line);
      return;
    }
    skipBelow = Number.POSITIVE_INFINITY;
    const context = contextAt(depth);
    if (context === null) {
      complain(line, [indentation(line)]);
      // Whatever it was, a statement above it has something below it.
      for (const statement of open) statement.hasLines = true;
      skipBelow = depth;
      return;
    }
    settle(depth);
    const parent = open[depth - 1];
    if (parent !== undefined) parent.hasLines = true;
    const start = context === 'top' || context === 'each' ? startOf(context, tokens) : null;
    const below = start === null ? undefined : bodyAfter(start);
    const found = odd
      ? { node: null, problems: [indentation(line)] }
      : parseLine(parser, context, start, line);
    if (found.node === null) {
      complain(line, found.problems);
      if (below !== undefined) begin(depth, below, null, line);
      else if (start !== null && start.kind !== 'keyword' && !(start.kind === 'rule' && start.sure))
        skipBelow = depth;
      return;
    }
    for (const problem of found.problems) problems.push(problem);
    const node: LineNode = { ...found.node, comment: comment === null ? null : comment.text };
    if (isHeader(node)) begin(depth, node.kind, node, line);
    else if (parent !== undefined) parent.body.push(node);
    else if (isStatement(node)) items.push(node);
  });
  settle(0);
  items.push(...pending.map((p) => p.item));

  problems.sort((a, b) => a.span.line - b.span.line || a.span.start - b.span.start);
  return { lines, items, problems, brokenNames, brokenBodies: [...brokenBodies].sort((a, b) => a - b) };

  /** What a line of this depth is part of; null where no line of this depth can stand. */
  function contextAt(depth: number): Context | null {
    if (depth === 0) return 'top';
    return open[depth - 1]?.context ?? null;
  }

  /** Whether half a level too much was meant as the next level: where a body is open and no statement begins. */
  function meansDeeper(depth: number, tokens: readonly IToken[]): boolean {
    const context = contextAt(depth);
    if (context === null || tokens.length === 0) return false;
    const top = startOf('top', tokens);
    return top.kind !== 'keyword' || (context === 'each' && startOf('each', tokens).kind === 'keyword');
  }

  function begin(depth: number, context: Open['context'], header: Header | null, line: TokenLine): void {
    const opened: Open = { context, header, line, body: [], hasLines: false };
    const outer = open[0];
    open = depth > 0 && outer !== undefined ? [outer, opened] : [opened];
  }

  /** Hands out the comments and blank lines so far, and ends the statements that a line of this depth ends. */
  function settle(depth: number): void {
    for (let level = open.length; level > depth; level--) {
      const statement = open[level - 1];
      if (statement === undefined) continue;
      // Comments that are indented with the body belong to it; blank lines after it do not.
      const last = pending.findLastIndex((p) => p.item.kind === 'comment' && p.depth >= level);
      statement.body.push(...pending.slice(0, last + 1).map((p) => p.item));
      pending = pending.slice(last + 1);
      close(statement, level - 1);
    }
    open = depth === 0 ? [] : depth === 1 && open[0] !== undefined ? [open[0]] : open;
    const body: (BodyItem | Statement)[] = open[depth - 1]?.body ?? items;
    body.push(...pending.map((p) => p.item));
    pending = [];
  }

  function close(statement: Open, level: number): void {
    const { header, line, body, hasLines } = statement;
    const outer = level > 0 ? open[level - 1] : undefined;
    if (header === null || (!hasLines && !mayBeEmpty(header.kind))) {
      if (header !== null) complain(line, [withData('no-body', pastEnd(line))]);
      // Uses of what the body defines are no problem of their own.
      for (const item of body) if (item.kind === 'rule' || item.kind === 'rest') brokenNames.push(item.name);
      // Comments outlive the statement they stood in.
      const trivia = body.filter(
        (item): item is Trivia => item.kind === 'comment' || item.kind === 'blankLine',
      );
      if (outer === undefined) items.push(...trivia);
      else outer.body.push(...trivia);
      return;
    }
    const whole = withBody(header, body);
    if (outer === undefined) items.push(whole);
    else outer.body.push(whole);
  }

  function complain(line: TokenLine, found: readonly SyntaxProblem[]): void {
    for (const problem of found) problems.push(problem);
    lose(line);
  }

  /** Notes what goes missing with a line that is left out. */
  function lose(line: TokenLine): void {
    brokenNames.push(...namesIn(line.tokens));
    for (const statement of open) if (statement.line !== line) brokenBodies.add(statement.line.line);
  }
}

function isStatement(node: LineNode): node is Statement {
  return isHeader(node) || node.kind === 'unit' || node.kind === 'rule' || node.kind === 'check';
}

/** What a line says, null where it can't be told, and what is wrong with it. */
interface ParsedLine {
  readonly node: LineNode | null;
  readonly problems: readonly SyntaxProblem[];
}

/** Reads a line; one whose only fault are thousands separators is understood all the same. */
function parseLine(parser: LineParser, context: Context, start: Start | null, line: TokenLine): ParsedLine {
  const broken = (found: readonly SyntaxProblem[]): ParsedLine => ({ node: null, problems: found });
  const deep = tooDeep(line.tokens);
  if (deep !== undefined) return broken([withData('too-deep', tokenSpan(deep))]);
  const { tokens, problems } = joinThousands(line.tokens, line.written);
  const joined: TokenLine = { ...line, tokens };
  parser.input = [...tokens];
  const node = nodeOf(parser, context, start);
  const [error] = parser.errors;
  if (error !== undefined) return broken([...problems, problemOf(error, joined)]);
  const [first] = tokens;
  if (node === undefined && first !== undefined && (context === 'top' || context === 'each'))
    return broken([...problems, unexpected(first, joined, startLabels(context))]);
  return { node: node ?? null, problems };
}

function nodeOf(parser: LineParser, context: Context, start: Start | null): LineNode | undefined {
  if (context !== 'top' && context !== 'each') return parseBody(parser, context);
  return start === null ? undefined : parseStart(parser, start);
}

/** A line whose depth is wrong; told at its first token, since white space cannot be seen. */
function indentation(line: TokenLine): SyntaxProblem {
  const first: IToken | undefined = line.tokens[0];
  return withData('indentation', first === undefined ? pastEnd(line) : tokenSpan(first));
}

function triviaOf(text: string, line: number, comment: Comment | null): Trivia {
  if (comment === null) return { kind: 'blankLine', span: { line, start: 1, end: Math.max(1, text.length) } };
  const span = { line, start: comment.startOffset + 1, end: comment.endOffset + 1 };
  return { kind: 'comment', text: comment.text, span };
}

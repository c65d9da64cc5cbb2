import { foldName } from '../../../../grammar/tree.ts';
import { AGGREGATES, functionName } from '../../../rules/calls.ts';
import { cellOfLine } from './text.ts';
import { type Token, tokensOf } from './tokens.ts';

/** A line that others stand under: the keyword that begins it (`rule` where it is none) and the table that it is about. */
export interface Head {
  readonly kind:
    | 'table'
    | 'band'
    | 'each'
    | 'score'
    | 'share'
    | 'statement'
    | 'unit'
    | 'check'
    | 'rule'
    | 'body';
  readonly table: string | null;
}

/** What stands around a cursor. */
export interface Surroundings {
  readonly depth: number;
  /** Lines that this one stands under, outermost first; at depth 0 none. */
  readonly above: readonly Head[];
  /** What this line is itself, as far as it goes. */
  readonly own: Head;
  /** Tokens before the cursor; the last may be unfinished. */
  readonly tokens: readonly Token[];
  /** Tables of the aggregates that are open at the cursor, innermost first. */
  readonly aggregated: readonly string[];
  /** How many parentheses are open. */
  readonly open: number;
}

/** Reads what stands before column `column` (from 0) of line `line` (from 0). */
export function surroundings(lines: readonly string[], line: number, column: number): Surroundings {
  const before = (lines[line] ?? '').slice(0, column);
  const tokens = tokensOf(before);
  const { depth } = cellOfLine(`${before}x`);
  const above: Head[] = [];
  let wanted = depth;
  for (let i = line - 1; i >= 0 && wanted > 0; i--) {
    const text = lines[i] ?? '';
    const found = tokensOf(text);
    if (found.length === 0 || found[0]?.kind === 'comment') continue;
    const { depth: its } = cellOfLine(text);
    if (its >= wanted) continue;
    above.unshift(headOf(found));
    wanted = its;
  }
  return { depth, above, own: headOf(tokens), tokens, ...calls(tokens) };
}

/** What a line is, by its first word. */
export function headOf(tokens: readonly Token[]): Head {
  const [first, second] = tokens;
  const none = { table: null };
  if (first?.kind === 'definition') return { kind: 'rule', ...none };
  switch (first?.keyword) {
    case 'table':
    case 'each':
      return { kind: first.keyword, table: isNameToken(second) ? second.text : null };
    case 'score':
    case 'statement':
      return { kind: first.keyword, table: after(tokens, 'for') };
    case 'share':
      return { kind: 'share', table: after(tokens, 'among') };
    case 'band':
    case 'unit':
    case 'check':
      return { kind: first.keyword, ...none };
    default:
      return { kind: 'body', ...none };
  }
}

function after(tokens: readonly Token[], keyword: Token['keyword']): string | null {
  const next = tokens[tokens.findIndex((token) => token.keyword === keyword) + 1];
  return tokens.some((token) => token.keyword === keyword) && isNameToken(next) ? next.text : null;
}

export function isNameToken(token: Token | undefined): token is Token {
  return token !== undefined && ['name', 'bracketed', 'call', 'definition'].includes(token.kind);
}

interface Frame {
  readonly aggregate: boolean;
  table: string | null;
}

/** Calls that are open at the end of the tokens, and the tables that they run over. */
function calls(tokens: readonly Token[]): Pick<Surroundings, 'aggregated' | 'open'> {
  const frames: Frame[] = [];
  tokens.forEach((token, i) => {
    const previous = tokens[i - 1];
    const top = frames.at(-1);
    if (token.kind === 'mark' && token.text === '(') {
      const name = isNameToken(previous) ? functionName(previous.text) : null;
      frames.push({ aggregate: name !== null && Object.hasOwn(AGGREGATES, name), table: null });
    } else if (token.kind === 'mark' && token.text === ')') frames.pop();
    else if (isNameToken(token)) {
      const frame = [...frames].reverse().find(({ aggregate }) => aggregate);
      if (frame === undefined || frame.table !== null) return;
      const next = tokens[i + 1];
      const counted = isCount(tokens, i) && top === frame && next?.text !== '(';
      if (next?.kind === 'bracketed' || counted) frame.table = token.text;
    }
  });
  return {
    aggregated: frames.flatMap(({ table }) => (table === null ? [] : [table])).reverse(),
    open: frames.length,
  };
}

/** Whether a token is the first argument of `count(`. */
function isCount(tokens: readonly Token[], i: number): boolean {
  const call = tokens[i - 2];
  return tokens[i - 1]?.text === '(' && call !== undefined && foldName(call.text) === 'count';
}

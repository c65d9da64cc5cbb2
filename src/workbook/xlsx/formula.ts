/**
 * Formulas as a file stores them, taken apart just far enough to find calls, names and references: text in quotes,
 * names of sheets and structured references are never mistaken for any of these.
 */
export interface FormulaToken {
  /** `text` in double quotes, `sheet` in single ones, `bracket` with all that it holds; `other` is one character. */
  readonly kind: 'text' | 'sheet' | 'bracket' | 'word' | 'space' | 'other';
  readonly text: string;
}

export function formulaTokens(formula: string): readonly FormulaToken[] {
  const tokens: FormulaToken[] = [];
  const words = /[$\p{L}\p{N}\p{M}_.\\?]+/uy;
  const spaces = /\s+/y;
  let at = 0;
  while (at < formula.length) {
    const c = formula[at];
    let end = at + 1;
    let kind: FormulaToken['kind'] = 'other';
    if (c === '"' || c === "'") {
      kind = c === '"' ? 'text' : 'sheet';
      end = quotedEnd(formula, at, c);
    } else if (c === '[') {
      kind = 'bracket';
      end = bracketEnd(formula, at);
    } else {
      const word = match(words, formula, at);
      const space = word === 0 ? match(spaces, formula, at) : 0;
      if (word > 0 || space > 0) {
        kind = word > 0 ? 'word' : 'space';
        end = at + word + space;
      }
    }
    tokens.push({ kind, text: formula.slice(at, end) });
    at = end;
  }
  return tokens;
}

/** How many characters a sticky expression takes at a place. */
function match(expression: RegExp, text: string, at: number): number {
  expression.lastIndex = at;
  return expression.exec(text)?.[0].length ?? 0;
}

/** Past the closing quote; a doubled one is none. */
function quotedEnd(text: string, from: number, quote: string): number {
  for (let i = from + 1; i < text.length; i++) {
    if (text[i] !== quote) continue;
    if (text[i + 1] !== quote) return i + 1;
    i++;
  }
  return text.length;
}

/** Past the bracket that closes; inside, an apostrophe takes the meaning of the next character away. */
function bracketEnd(text: string, from: number): number {
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    const c = text[i];
    if (c === "'") i++;
    else if (c === '[') depth++;
    else if (c === ']' && --depth === 0) return i + 1;
  }
  return text.length;
}

/** The token after `i` that is no space. */
export function nextToken(tokens: readonly FormulaToken[], i: number): FormulaToken | undefined {
  const next = tokens[i + 1];
  return next?.kind === 'space' ? tokens[i + 2] : next;
}

/** A word without the prefixes under which files store functions that came later. */
export function plainWord(word: string): string {
  return word.replace(/^(?:_xlfn\.)?(?:_xlws\.)?/i, '');
}

/** One of our functions: as it is typed, and as Excel stores the functions of add-ins. */
const OURS = /^(?:_xludf\.|_xll\.)?(?:_xldudf_ALLOT_|ALLOT\.)(?=\p{L})/iu;

export function isOurFunction(word: string): boolean {
  return OURS.test(plainWord(word));
}

/**
 * Whether a formula uses one of our functions, be it handed to another function by its name. `isOurs` says of a name that
 * the workbook defines whether it stands for one (null where there is no such name); the sheet is given that stands before it.
 */
export function usesOurs(
  formula: string,
  isOurs: (name: string, sheet: string | null) => boolean | null,
): boolean {
  const tokens = formulaTokens(formula);
  return tokens.some((token, i) => {
    if (token.kind !== 'word') return false;
    const next = nextToken(tokens, i);
    // The names of a sheet and of a table.
    if (next?.text === '!' || next?.kind === 'bracket') return false;
    return isOurs(token.text, sheetBefore(tokens, i)) ?? isOurFunction(token.text);
  });
}

/** The sheet that stands with its `!` before a token. */
export function sheetBefore(tokens: readonly FormulaToken[], i: number): string | null {
  if (tokens[i - 1]?.text !== '!') return null;
  const sheet = tokens[i - 2];
  if (sheet?.kind === 'sheet') return sheet.text.slice(1, -1).replaceAll("''", "'");
  return sheet?.kind === 'word' ? sheet.text : null;
}

/** Maps the words of a formula; everything else stays. */
export function mapWords(
  formula: string,
  change: (word: string, i: number, tokens: readonly FormulaToken[]) => string,
): string {
  const tokens = formulaTokens(formula);
  return tokens
    .map((token, i) => (token.kind === 'word' ? change(token.text, i, tokens) : token.text))
    .join('');
}

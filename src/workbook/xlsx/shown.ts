import { type FormulaToken, formulaTokens, isOurFunction, nextToken, plainWord } from './formula.ts';

/** A formula as people write it, without `=`: names without the prefixes that files have, `A1#` for what spills. */
export function shownFormula(stored: string): string {
  const tokens = formulaTokens(stored);
  let out = '';
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (token === undefined) continue;
    if (token.kind === 'bracket' && tokens[i + 1]?.text === '!' && isOurFunction(tokens[i + 2]?.text ?? ''))
      i++;
    else if (token.kind !== 'word') out += token.text;
    else if (plainWord(token.text).toUpperCase() === 'ANCHORARRAY') {
      const end = closing(tokens, i + 1);
      const inside = tokens.slice(i + 2, end);
      out += `${shownFormula(inside.map((one) => one.text).join(''))}#`;
      i = end;
    } else out += shownWord(token.text);
  }
  return out;
}

function shownWord(word: string): string {
  if (isOurFunction(word))
    return plainWord(word).replace(/^(?:_xludf\.|_xll\.)?(?:_xldudf_ALLOT_|ALLOT\.)/i, 'ALLOT.');
  return plainWord(word).replace(/^_xl(?:pm|op)\./i, '');
}

/** The token that closes the parenthesis at `from`. */
function closing(tokens: readonly FormulaToken[], from: number): number {
  let depth = 0;
  for (let i = from; i < tokens.length; i++) {
    if (tokens[i]?.text === '(') depth++;
    else if (tokens[i]?.text === ')' && --depth <= 0) return i;
  }
  return tokens.length;
}

/** Functions that files write with `_xlfn.` before them, since they came after the format; `SORT` and `FILTER` have more. */
const LATER = new Set(
  `ACOT ACOTH AGGREGATE ANCHORARRAY ARABIC ARRAYTOTEXT BASE BETA.DIST BETA.INV BINOM.DIST BINOM.DIST.RANGE BINOM.INV BITAND
  BITLSHIFT BITOR BITRSHIFT BITXOR BYCOL BYROW CEILING.MATH CEILING.PRECISE CHISQ.DIST CHISQ.DIST.RT CHISQ.INV CHISQ.INV.RT
  CHISQ.TEST CHOOSECOLS CHOOSEROWS COMBINA CONCAT CONFIDENCE.NORM CONFIDENCE.T COT COTH COVARIANCE.P COVARIANCE.S CSC CSCH DAYS
  DECIMAL DROP ENCODEURL ERF.PRECISE ERFC.PRECISE EXPAND EXPON.DIST F.DIST F.DIST.RT F.INV F.INV.RT F.TEST FIELDVALUE FILTERXML
  FLOOR.MATH FLOOR.PRECISE FORECAST.ETS FORECAST.ETS.CONFINT FORECAST.ETS.SEASONALITY FORECAST.ETS.STAT FORECAST.LINEAR
  FORMULATEXT GAMMA GAMMA.DIST GAMMA.INV GAMMALN.PRECISE GAUSS GROUPBY HSTACK HYPGEOM.DIST IFNA IFS IMAGE IMCOSH IMCOT IMCSC
  IMCSCH IMSEC IMSECH IMSINH IMTAN ISFORMULA ISOMITTED ISOWEEKNUM LAMBDA LET LOGNORM.DIST LOGNORM.INV MAKEARRAY MAP MAXIFS
  MINIFS MODE.MULT MODE.SNGL MUNIT NEGBINOM.DIST NORM.DIST NORM.INV NORM.S.DIST NORM.S.INV NUMBERVALUE PDURATION PERCENTILE.EXC
  PERCENTILE.INC PERCENTOF PERCENTRANK.EXC PERCENTRANK.INC PERMUTATIONA PHI PIVOTBY POISSON.DIST QUARTILE.EXC QUARTILE.INC
  QUERYSTRING RANDARRAY RANK.AVG RANK.EQ REDUCE REGEXEXTRACT REGEXREPLACE REGEXTEST RRI SCAN SEC SECH SEQUENCE SHEET SHEETS
  SINGLE SKEW.P SORTBY STDEV.P STDEV.S SWITCH T.DIST T.DIST.2T T.DIST.RT T.INV T.INV.2T T.TEST TAKE TEXTAFTER TEXTBEFORE
  TEXTJOIN TEXTSPLIT TOCOL TOROW TRANSLATE TRIMRANGE UNICHAR UNICODE UNIQUE VALUETOTEXT VAR.P VAR.S VSTACK WEBSERVICE
  WEIBULL.DIST WRAPCOLS WRAPROWS XLOOKUP XMATCH XOR Z.TEST`.split(/\s+/),
);

/**
 * A formula as a file keeps it, without `=`: functions with the prefixes that belong to them, ours as Excel stores those of
 * add-ins, names bound by LET and LAMBDA marked, `A1#` as a call. What has its prefix stays as it is.
 */
export function storedFormula(formula: string): string {
  const text = formula.trim().replace(/^=/, '');
  const tokens = withBound(formulaTokens(text));
  const out: string[] = [];
  tokens.forEach((token, i) => {
    if (token.text === '#' && isSpilled(tokens, i)) {
      const from = referenceStart(tokens, i - 1);
      const pieces = out.splice(from);
      out.push('_xlfn.ANCHORARRAY(', ...pieces, ')');
      while (out.length <= i) out.push('');
    } else
      out.push(
        token.kind === 'word' ? storedWord(token.text, nextToken(tokens, i)?.text === '(') : token.text,
      );
  });
  return out.join('');
}

function storedWord(word: string, called: boolean): string {
  if (/^ALLOT\.\p{L}/iu.test(word)) return `_xldudf_ALLOT_${word.slice('ALLOT.'.length).toUpperCase()}`;
  const upper = word.toUpperCase();
  if (!called) return word;
  if (upper === 'SORT' || upper === 'FILTER') return `_xlfn._xlws.${upper}`;
  return LATER.has(upper) ? `_xlfn.${upper}` : word;
}

const CELL = /^\$?[A-Za-z]{1,3}\$?\d{1,7}$/;

/** Whether a `#` stands behind a cell: else it begins an error value. */
function isSpilled(tokens: readonly FormulaToken[], i: number): boolean {
  const before = tokens[i - 1];
  return before?.kind === 'word' && CELL.test(before.text);
}

/** Where the reference that ends at `i` begins, its sheet included. */
function referenceStart(tokens: readonly FormulaToken[], i: number): number {
  if (tokens[i - 1]?.text !== '!') return i;
  return tokens[i - 3]?.kind === 'bracket' ? i - 3 : i - 2;
}

/** Marks the names that LET and LAMBDA bind, in all of the call. */
function withBound(tokens: readonly FormulaToken[]): readonly FormulaToken[] {
  const out = tokens.map((token) => token.text);
  const kinds = tokens.map((token) => token.kind);
  tokens.forEach((token, i) => {
    const call = plainWord(token.text).toUpperCase();
    if (token.kind !== 'word' || (call !== 'LET' && call !== 'LAMBDA') || tokens[i + 1]?.text !== '(') return;
    const end = closing(tokens, i + 1);
    const starts = argumentStarts(tokens, i + 1, end);
    const binds = starts.filter((_, n) => n < starts.length - 1 && (call === 'LAMBDA' || n % 2 === 0));
    for (const at of binds) {
      const name = tokens[at];
      if (name === undefined || /^_xl/i.test(name.text)) continue;
      const bare = name.kind === 'bracket' ? name.text.slice(1, -1).trim() : name.text;
      if (name.kind === 'bracket') kinds[at] = 'word';
      out[at] = `${name.kind === 'bracket' ? '_xlop.' : '_xlpm.'}${bare}`;
      for (let k = at + 1; k < end; k++) {
        const use = tokens[k];
        if (use?.kind === 'word' && use.text.toLowerCase() === bare.toLowerCase()) out[k] = `_xlpm.${bare}`;
      }
    }
  });
  return out.map((text, i) => ({ text, kind: kinds[i] ?? 'other' }));
}

/** The first token of each argument of a call whose parentheses stand at `open` and `end`. */
function argumentStarts(tokens: readonly FormulaToken[], open: number, end: number): readonly number[] {
  const starts: number[] = [];
  let depth = 0;
  let fresh = true;
  for (let i = open + 1; i < end; i++) {
    const token = tokens[i];
    if (token === undefined || token.kind === 'space') continue;
    if (fresh) starts.push(i);
    fresh = depth === 0 && (token.text === ',' || token.text === ';');
    if (token.text === '(' || token.text === '{') depth++;
    else if (token.text === ')' || token.text === '}') depth--;
  }
  return starts;
}

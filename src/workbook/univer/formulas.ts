import { formulaTokens, nextToken } from '../xlsx/formula.ts';

/**
 * Whether the grid can calculate a formula (with its `=`): it knows every function, and there is no reference by a table's
 * name or to another workbook in it.
 */
export function isCalculable(formula: string, knows: (name: string) => boolean): boolean {
  const tokens = formulaTokens(formula.replace(/^=/, ''));
  return tokens.every((token, i) => {
    if (token.kind === 'bracket') return false;
    if (token.kind === 'sheet') return !token.text.includes('[');
    if (token.kind !== 'word' || nextToken(tokens, i)?.text !== '(') return true;
    return knows(token.text.toUpperCase());
  });
}

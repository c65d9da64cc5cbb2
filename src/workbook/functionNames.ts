/**
 * Whether the formula of a defined name is one that stands for a function of ours: `=ALLOT.SUPPORTSCORE` or a LAMBDA around
 * such a call; in a file Excel spells `ALLOT.` `_xldudf_ALLOT_`.
 */
export function isFunctionName(formula: string): boolean {
  const text = formula.trim().replace(/^=/, '').trim();
  if (/^(?:ALLOT\.|_xldudf_ALLOT_)\w+$/i.test(text)) return true;
  return /^(?:_xlfn\.)?LAMBDA\(/i.test(text) && /\b(?:ALLOT\.|_xldudf_ALLOT_)\w+\(/i.test(text);
}

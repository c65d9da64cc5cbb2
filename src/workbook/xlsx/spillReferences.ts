import type { Area } from '../area.ts';
import { fileError } from '../bookError.ts';
import { walkSheet } from './cellSpans.ts';
import { applyEdits, type Edit } from './edits.ts';
import { xmlText } from './escape.ts';
import { formulaTokens, plainWord, sheetBefore } from './formula.ts';
import { formulaOf, surveyFormulas } from './formulaSurvey.ts';
import { cellEnd, endText } from './references.ts';
import type { BookWriter } from './writer.ts';
import { child, children } from './xml.ts';

/** Cells that a formula spilled over, which has become a value. */
export interface Spilled {
  readonly sheet: string;
  readonly area: Area;
}

/** `A1#` has no meaning where nothing spills from A1 any more: in cells and names it becomes the range that it was. */
export function withoutSpillReferences(writer: BookWriter, spilled: readonly Spilled[]): void {
  const { editor, structure } = writer;
  for (const sheet of structure.sheets) {
    const xml = editor.text(sheet.part);
    if (!xml.includes('ANCHORARRAY')) continue;
    const broken = () => fileError(structure.zip.path, 'broken-part', sheet.part);
    const survey = surveyFormulas(xml, broken);
    const edits: Edit[] = [];
    walkSheet(xml, broken, {
      only: 'formulas',
      cell(cell) {
        const { formula } = cell;
        const text = formulaOf(cell, survey);
        if (formula === null || text === null) return;
        const ranged = asRanges(text, sheet.name, spilled);
        // The cells of a shared formula each get their own.
        const shared = formula.attributes.t === 'shared';
        if (shared && text.includes('ANCHORARRAY'))
          edits.push({
            start: formula.start,
            end: formula.end,
            text: `<${formula.name}>${xmlText(ranged)}</${formula.name}>`,
          });
        else if (ranged !== text)
          edits.push({ start: formula.openEnd, end: formula.closeStart, text: xmlText(ranged) });
      },
    });
    if (edits.length > 0) editor.set(sheet.part, applyEdits(xml, edits));
  }
  const { xml, root } = editor.part(structure.workbook.name);
  const edits = children(child(root, 'definedNames'), 'definedName').flatMap((node): Edit[] => {
    const text = asRanges(node.text, '', spilled);
    return text === node.text ? [] : [{ start: node.openEnd, end: node.closeStart, text: xmlText(text) }];
  });
  if (edits.length > 0) editor.set(structure.workbook.name, applyEdits(xml, edits));
}

/** A formula on the sheet `home` with ranges in place of these spilled ones. */
export function asRanges(formula: string, home: string, spilled: readonly Spilled[]): string {
  const tokens = formulaTokens(formula);
  let out = '';
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    const close = tokens.findIndex((one, k) => k > i && one.text === ')');
    const range =
      token?.kind === 'word' && plainWord(token.text).toUpperCase() === 'ANCHORARRAY' && close > 0
        ? rangeOf(tokens.slice(0, close), i, close, home, spilled)
        : null;
    out += range ?? token?.text ?? '';
    if (range !== null) i = close;
  }
  return out;
}

function rangeOf(
  tokens: ReturnType<typeof formulaTokens>,
  i: number,
  close: number,
  home: string,
  spilled: readonly Spilled[],
): string | null {
  const end = cellEnd(tokens[close - 1]?.text ?? '');
  const qualified = tokens[close - 2]?.text === '!';
  if (end === null || (close - i !== 3 && !(qualified && close - i === 5))) return null;
  const sheet = (sheetBefore(tokens, close - 1) ?? home).toLowerCase();
  const found = spilled.find(
    (one) => one.sheet.toLowerCase() === sheet && one.area.top === end.row && one.area.left === end.column,
  );
  if (found === undefined) return null;
  const before = tokens
    .slice(i + 2, close - 1)
    .map((token) => token.text)
    .join('');
  return `${before}${endText(end)}:${endText({ ...end, row: found.area.bottom, column: found.area.right })}`;
}

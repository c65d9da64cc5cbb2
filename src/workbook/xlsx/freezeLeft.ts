import { usesOurs } from './formula.ts';
import type { NamesOfOurs } from './freezeNames.ts';
import type { BookWriter } from './writer.ts';
import { child, type XmlNode } from './xml.ts';

/** A place that goes on calling our functions. */
export type CallLeft =
  | { readonly kind: 'conditional format' | 'data validation'; readonly sheet: string; readonly ref: string }
  /** Something else, such as a chart: the part of the file. */
  | { readonly kind: 'other'; readonly part: string };

const FORMULAS = new Set(['formula', 'formula1', 'formula2', 'f']);

/** Conditional formats, data validations, charts and the like whose formulas call us. */
export function callsLeft(writer: BookWriter, names: NamesOfOurs): readonly CallLeft[] {
  const { structure, editor } = writer;
  const found: CallLeft[] = [];
  const seen = new Set<string>([structure.workbook.name.toLowerCase()]);
  for (const sheet of structure.sheets) {
    seen.add(sheet.part.toLowerCase());
    for (const table of sheet.tables) seen.add(table.part.toLowerCase());
    if (!names.mayUse(editor.text(sheet.part))) continue;
    const { root } = editor.part(sheet.part, 'sheetData');
    for (const holder of holders(root, (text) =>
      usesOurs(text, (name, on) => names.isOurs(sheet.name, name, on)),
    )) {
      const kind = KINDS[holder.local];
      const ref = holder.attributes.sqref ?? child(holder, 'sqref')?.text ?? '';
      found.push(kind === undefined ? { kind: 'other', part: sheet.part } : { kind, sheet: sheet.name, ref });
    }
  }
  for (const entry of structure.zip.entries) {
    if (
      seen.has(entry.name.toLowerCase()) ||
      !/\/(?:charts?|drawings|pivot\w*|ctrlProps|chartsheets)\/[^/]*\.xml$/i.test(entry.name)
    )
      continue;
    const xml = editor.text(entry.name);
    if (!names.mayUse(xml)) continue;
    const { root } = editor.part(entry.name);
    if (holders(root, (text) => usesOurs(text, (name, on) => names.isOurs('', name, on))).length > 0)
      found.push({ kind: 'other', part: entry.name });
  }
  return found;
}

const KINDS: Readonly<Record<string, 'conditional format' | 'data validation' | undefined>> = {
  conditionalFormatting: 'conditional format',
  dataValidation: 'data validation',
};

/** Formats, validations or (where there is neither) formulas themselves that call us, each once. */
function holders(root: XmlNode, calls: (formula: string) => boolean): readonly XmlNode[] {
  const found = new Set<XmlNode>();
  const visit = (node: XmlNode, holder: XmlNode | null): void => {
    const own = KINDS[node.local] === undefined ? holder : node;
    if (FORMULAS.has(node.local) && calls(node.text)) found.add(own ?? node);
    for (const one of node.children) visit(one, own);
  };
  visit(root, null);
  return [...found];
}

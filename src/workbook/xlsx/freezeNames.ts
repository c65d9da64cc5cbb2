import { usesOurs } from './formula.ts';
import type { Structure } from './structure.ts';
import { child, children, type XmlNode } from './xml.ts';

/** A defined name; `sheet` is the one it belongs to, lower-cased, null for the whole workbook. */
interface Name {
  readonly node: XmlNode;
  readonly name: string;
  readonly sheet: string | null;
  ours: boolean;
}

/** The defined names of a workbook, and which of them come down to functions of ours. */
export interface NamesOfOurs {
  /** Those whose formulas use our functions, by themselves or through each other. */
  readonly nodes: readonly XmlNode[];
  /** Whether a name, used on the sheet `home` with `sheet` before it or none, is one; null where there is none. */
  isOurs(home: string, name: string, sheet: string | null): boolean | null;
  /** Whether a text may speak of one of them or of our functions. */
  mayUse(text: string): boolean;
}

export function namesOfOurs({ workbook }: Structure): NamesOfOurs {
  const sheets = children(child(workbook.root, 'sheets'), 'sheet').map((node) => node.attributes.name ?? '');
  const names = children(child(workbook.root, 'definedNames'), 'definedName').map((node): Name => {
    const { name = '', localSheetId } = node.attributes;
    const sheet = localSheetId === undefined ? null : (sheets[Number(localSheetId)] ?? '').toLowerCase();
    return { node, name: name.toLowerCase(), sheet, ours: false };
  });
  const byName = new Map<string, Name[]>();
  for (const one of names) {
    const same = byName.get(one.name) ?? [];
    byName.set(one.name, same);
    same.push(one);
  }
  function isOurs(home: string, name: string, sheet: string | null): boolean | null {
    const same = byName.get(name.toLowerCase());
    if (same === undefined) return null;
    const scope = (sheet ?? home).toLowerCase();
    const found = same.find((one) => one.sheet === scope) ?? same.find((one) => one.sheet === null);
    return found?.ours ?? null;
  }
  for (let more = true; more; ) {
    more = false;
    for (const one of names) {
      if (one.ours || !usesOurs(one.node.text, (name, sheet) => isOurs(one.sheet ?? '', name, sheet)))
        continue;
      one.ours = true;
      more = true;
    }
  }
  const ours = names.filter((one) => one.ours);
  const words = ['allot', ...ours.map((one) => one.name)];
  return {
    nodes: ours.map((one) => one.node),
    isOurs,
    mayUse(text) {
      const folded = text.toLowerCase();
      // A text may spell characters by their numbers.
      return folded.includes('&#') || words.some((word) => folded.includes(word));
    },
  };
}

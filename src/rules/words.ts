import { foldName, type RuleFile } from '../../grammar/tree.ts';

/** Every name in a rule file, folded: whatever is not among them, the rules do not speak of. */
export function wordsOf(file: RuleFile): ReadonlySet<string> {
  const words = new Set(file.brokenNames.map(({ text }) => foldName(text)));
  const left: unknown[] = [file.items];
  while (left.length > 0) {
    const node = left.pop();
    if (Array.isArray(node)) left.push(...node);
    else if (typeof node === 'object' && node !== null) {
      for (const [member, value] of Object.entries(node)) {
        if (typeof value === 'object') left.push(value);
        else if (typeof value === 'string' && (member === 'text' || member === 'name'))
          words.add(foldName(value));
      }
    }
  }
  return words;
}

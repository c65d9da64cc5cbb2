/** Names that Windows keeps for devices, whatever the extension. */
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])$/i;
/** Characters that some system does not have in names, and such as can't be seen. */
const UNSAFE = /[<>:"/\\|?*\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ud800-\udfff]/gu;
/** Bytes of a name that every file system takes, with room for a number and the extension. */
const LONGEST = 150;

/** Gives keys file names: safe on every system, and each another, also where case does not count. */
export function fileNamer(extension = '.html'): (key: string) => string {
  const taken = new Set<string>();
  return (key) => {
    const base = baseName(key);
    for (let n = 1; ; n++) {
      const name = n === 1 ? base : `${base}~${n}`;
      const folded = name.normalize('NFKC').toLowerCase();
      if (taken.has(folded)) continue;
      taken.add(folded);
      return `${name}${extension}`;
    }
  };
}

function baseName(key: string): string {
  const clean = cutBytes(key.normalize('NFC').replace(UNSAFE, '_'))
    .trim()
    .replace(/^[.\s]+|[.\s]+$/g, '_');
  if (clean === '') return '_';
  const [stem = ''] = clean.split('.');
  return RESERVED.test(stem.trim()) ? `_${clean}` : clean;
}

function cutBytes(text: string): string {
  const encoder = new TextEncoder();
  let bytes = 0;
  let kept = '';
  for (const point of text) {
    bytes += encoder.encode(point).length;
    if (bytes > LONGEST) break;
    kept += point;
  }
  return kept;
}

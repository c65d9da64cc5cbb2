import { localName, parsePart, unescapeText } from './xml.ts';
import type { Zip, ZipEntry } from './zip.ts';

/** The shared strings in order: runs joined, phonetic guides left out. */
export function readSharedStrings(zip: Zip, entry: ZipEntry | undefined): readonly string[] {
  if (entry === undefined) return [];
  const strings: string[] = [];
  let text = '';
  let inText = false;
  let phonetic = 0;
  parsePart(zip, entry, {
    open(name) {
      switch (localName(name)) {
        case 'si':
          text = '';
          break;
        case 't':
          inText = phonetic === 0;
          break;
        case 'rPh':
          phonetic++;
          break;
      }
      return true;
    },
    text(piece) {
      if (inText) text += piece;
    },
    close(name) {
      switch (localName(name)) {
        case 'si':
          strings.push(unescapeText(text));
          break;
        case 't':
          inText = false;
          break;
        case 'rPh':
          phonetic--;
          break;
      }
      return true;
    },
  });
  return strings;
}

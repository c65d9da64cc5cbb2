/** What XML can't hold (but for tab and line feed), half characters, and what would be read as an escape of one. */
const NEEDS_ESCAPE = /(?![\t\n])[\p{Cc}\p{Cs}\ufffe\uffff]|_(?=x[0-9a-f]{4}_)/giu;
const NOT_PLAIN = /[\p{Cc}\p{Cs}\ufffe\uffff&<>_]/u;

function hex(text: string): string {
  return `_x${text.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
}

/** A cell's text as XML text: Excel's `_x0001_` for what XML can't hold. */
export function xmlText(text: string): string {
  if (!NOT_PLAIN.test(text)) return text;
  return text
    .replace(NEEDS_ESCAPE, (c) => hex(c))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** The same inside an attribute in double quotes. */
export function xmlAttribute(text: string): string {
  return xmlText(text)
    .replaceAll('"', '&quot;')
    .replace(/[\n\t]/g, (c) => hex(c).toLowerCase());
}

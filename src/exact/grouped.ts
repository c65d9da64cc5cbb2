const PLAIN = /^(≈?-?)(\d+)(\.\d+)?$/;

/** A plain decimal with its thousands set apart by commas (`-1234567.5` → `-1,234,567.5`); other text as it is. */
export function grouped(text: string): string {
  const parts = PLAIN.exec(text);
  if (parts === null) return text;
  const [, sign = '', whole = '', fraction = ''] = parts;
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${fraction}`;
}

/** Money with as many places as it has, and two at least: `1234.5` → `1,234.50`. Other text as it is. */
export function money(text: string): string {
  const parts = PLAIN.exec(text);
  if (parts === null) return text;
  const [, sign = '', whole = '', fraction = '.'] = parts;
  return grouped(`${sign}${whole}${fraction.padEnd(3, '0')}`);
}

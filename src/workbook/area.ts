/** The largest row and column of a sheet. */
export const MAX_ROW = 1_048_576;
export const MAX_COLUMN = 16_384;

/** The column number of a reference such as `AB12`; 0 where there is none. */
export function columnOf(reference: string): number {
  let column = 0;
  for (let i = 0; i < reference.length; i++) {
    const c = reference.charCodeAt(i);
    if (c >= 65 && c <= 90) column = column * 26 + (c - 64);
    else if (c >= 97 && c <= 122) column = column * 26 + (c - 96);
    else break;
  }
  return column;
}

/** A range of cells, all from 1 and inclusive. */
export interface Area {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** Whether two ranges have a cell in common. */
export function overlaps(a: Area, b: Area): boolean {
  return a.top <= b.bottom && a.bottom >= b.top && a.left <= b.right && a.right >= b.left;
}

/** `A1:D5` or `$A$1` as an area; null where the text is neither. */
export function parseArea(text: string): Area | null {
  const m = /^\$?([A-Za-z]{1,3})\$?(\d{1,7})(?::\$?([A-Za-z]{1,3})\$?(\d{1,7}))?$/.exec(text);
  if (m === null) return null;
  const [, c1 = '', r1 = '', c2 = c1, r2 = r1] = m;
  const area = { top: Number(r1), left: columnOf(c1), bottom: Number(r2), right: columnOf(c2) };
  const fits = area.top >= 1 && area.bottom >= area.top && area.right >= area.left && area.bottom <= MAX_ROW;
  return fits && area.right <= MAX_COLUMN ? area : null;
}

/** A defined name that refers to one cell. */
export interface CellName {
  readonly name: string;
  readonly sheet: string;
  readonly row: number;
  readonly column: number;
}

/** `Sheet1!$A$1` or `'My sheet'!$A$1:$A$1`; null for anything else. */
export function cellReference(text: string): Omit<CellName, 'name'> | null {
  const m = /^\s*=?(?:'((?:[^']|'')+)'|([^'!\s[\]:]+))!([^!]+?)\s*$/.exec(text);
  if (m === null) return null;
  const [, quoted, bare = '', reference = ''] = m;
  if (quoted?.includes('[')) return null;
  const area = parseArea(reference);
  if (area === null || area.top !== area.bottom || area.left !== area.right) return null;
  return { sheet: quoted?.replaceAll("''", "'") ?? bare, row: area.top, column: area.left };
}

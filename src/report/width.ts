/** How text stands on a terminal or in a cell: wide characters take two places, combining ones none. */

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const NONE = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** Places that a text takes. */
export function widthOf(text: string): number {
  let width = 0;
  for (const point of text) width += WIDE.test(point) ? 2 : NONE.test(point) ? 0 : 1;
  return width;
}

/** Text from a file for a terminal: on one line, without control characters or changes of direction. */
export function safe(text: string): string {
  return text.replace(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu, ' ');
}

/** The text cut to so many places, with `…` where something is missing. */
export function cut(text: string, places: number): string {
  if (widthOf(text) <= places) return text;
  let width = 0;
  let kept = '';
  for (const point of text) {
    width += widthOf(point);
    if (width > places - 1) break;
    kept += point;
  }
  return `${kept}…`;
}

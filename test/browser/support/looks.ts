/**
 * The looks in which a page is tried: all of them, or where nobody looks at pictures (`ALLOT_PICTURES=0`) the second one alone, the
 * dark: a page takes up to half a minute in each.
 */
export function looks<T>(all: readonly T[]): T[] {
  return process.env.ALLOT_PICTURES === '0' ? all.slice(1, 2) : [...all];
}

/**
 * The innermost loops of streams. Each is a function of its own with all that it needs as arguments: what a closure has
 * captured would be fetched again for every row.
 */

type Values = Float64Array;

export function scaleAll(out: Values, x: Values, n: number, f: number): void {
  for (let i = 0; i < n; i++) out[i] = (x[i] ?? 0) * f;
}

/** x × f + y × g. */
export function combineAll(out: Values, x: Values, f: number, y: Values, g: number, n: number): void {
  for (let i = 0; i < n; i++) out[i] = (x[i] ?? 0) * f + (y[i] ?? 0) * g;
}

export function multiplyAll(out: Values, x: Values, y: Values, n: number): void {
  for (let i = 0; i < n; i++) out[i] = (x[i] ?? 0) * (y[i] ?? 0);
}

export function greaterOf(out: Values, x: Values, y: Values, n: number): void {
  for (let i = 0; i < n; i++) out[i] = Math.max(x[i] ?? 0, y[i] ?? 0);
}

/** `yes` where x × f = y × g, else `no`. */
export function equalAll(
  out: Values,
  x: Values,
  f: number,
  y: Values,
  g: number,
  n: number,
  yes: number,
  no: number,
): void {
  for (let i = 0; i < n; i++) out[i] = (x[i] ?? 0) * f === (y[i] ?? 0) * g ? yes : no;
}

/** `yes` where x × f < y × g, else `no`. */
export function lessAll(
  out: Values,
  x: Values,
  f: number,
  y: Values,
  g: number,
  n: number,
  yes: number,
  no: number,
): void {
  for (let i = 0; i < n; i++) out[i] = (x[i] ?? 0) * f < (y[i] ?? 0) * g ? yes : no;
}

/** `yes` where two texts have the same id, else `no`. */
export function sameAll(
  out: Values,
  x: Values,
  ids: Int32Array,
  y: Values,
  others: Int32Array,
  n: number,
  yes: number,
  no: number,
): void {
  for (let i = 0; i < n; i++) out[i] = ids[x[i] ?? 0] === others[y[i] ?? 0] ? yes : no;
}

/** `no` where c is 0, `no` + `more` where it is 1. */
export function chooseAll(out: Values, c: Values, n: number, no: number, more: number): void {
  for (let i = 0; i < n; i++) out[i] = no + (c[i] ?? 0) * more;
}

/** x × f where c is 1, y × g where it is 0; both within the integers, so that nothing is lost on the way. */
export function blendAll(
  out: Values,
  c: Values,
  x: Values,
  f: number,
  y: Values,
  g: number,
  n: number,
): void {
  for (let i = 0; i < n; i++) {
    const no = (y[i] ?? 0) * g;
    out[i] = no + (c[i] ?? 0) * ((x[i] ?? 0) * f - no);
  }
}

/** The same by a branch. */
export function selectAll(
  out: Values,
  c: Values,
  x: Values,
  f: number,
  y: Values,
  g: number,
  n: number,
): void {
  for (let i = 0; i < n; i++) out[i] = c[i] === 1 ? (x[i] ?? 0) * f : (y[i] ?? 0) * g;
}

export function lookUpAll(out: Values, x: Values, n: number, first: number, table: Values): void {
  for (let i = 0; i < n; i++) out[i] = table[(x[i] ?? 0) - first] ?? 0;
}

/** By way of the line that each integer is in. */
export function lookUpLines(
  out: Values,
  x: Values,
  n: number,
  first: number,
  lines: Uint8Array,
  values: Values,
): void {
  for (let i = 0; i < n; i++) out[i] = values[lines[(x[i] ?? 0) - first] ?? 0] ?? 0;
}

/** Of each row its group. Two types of array at most: with more of them in one loop each access takes twice as long. */
export type Groups = Uint16Array | Int32Array;

/** Adds values, and `more` with each, to the sums of their groups; rows' groups begin at `at`. */
export function addUp(sum: Values, group: Groups, at: number, x: Values, n: number, more: number): void {
  for (let i = 0; i < n; i++) {
    const g = group[at + i] ?? 0;
    sum[g] = (sum[g] ?? 0) + ((x[i] ?? 0) + more);
  }
}

/** Adds the values that a table has for x. */
export function addLookedUp(
  sum: Values,
  group: Groups,
  at: number,
  x: Values,
  n: number,
  first: number,
  table: Values,
): void {
  for (let i = 0; i < n; i++) {
    const g = group[at + i] ?? 0;
    sum[g] = (sum[g] ?? 0) + (table[(x[i] ?? 0) - first] ?? 0);
  }
}

/** The same for bytes, from `start` on: a loop is quickest over one type of array. */
export function addLookedUp8(
  sum: Values,
  group: Groups,
  at: number,
  x: Uint8Array,
  start: number,
  n: number,
  first: number,
  table: Values,
): void {
  for (let i = 0; i < n; i++) {
    const g = group[at + i] ?? 0;
    sum[g] = (sum[g] ?? 0) + (table[(x[start + i] ?? 0) - first] ?? 0);
  }
}

/** The same for two bytes. */
export function addLookedUp16(
  sum: Values,
  group: Groups,
  at: number,
  x: Uint16Array,
  start: number,
  n: number,
  first: number,
  table: Values,
): void {
  for (let i = 0; i < n; i++) {
    const g = group[at + i] ?? 0;
    sum[g] = (sum[g] ?? 0) + (table[(x[start + i] ?? 0) - first] ?? 0);
  }
}

/** Adds the values of the lines that x is in. */
export function addLines(
  sum: Values,
  group: Groups,
  at: number,
  x: Values,
  n: number,
  first: number,
  lines: Uint8Array,
  values: Values,
): void {
  for (let i = 0; i < n; i++) {
    const g = group[at + i] ?? 0;
    sum[g] = (sum[g] ?? 0) + (values[lines[(x[i] ?? 0) - first] ?? 0] ?? 0);
  }
}

/** The same for two bytes, from `start` on. */
export function addLines16(
  sum: Values,
  group: Groups,
  at: number,
  x: Uint16Array,
  start: number,
  n: number,
  first: number,
  lines: Uint8Array,
  values: Values,
): void {
  for (let i = 0; i < n; i++) {
    const g = group[at + i] ?? 0;
    sum[g] = (sum[g] ?? 0) + (values[lines[(x[start + i] ?? 0) - first] ?? 0] ?? 0);
  }
}

export function countUp(count: Values, group: Groups, at: number, n: number): void {
  for (let i = 0; i < n; i++) {
    const g = group[at + i] ?? 0;
    count[g] = (count[g] ?? 0) + 1;
  }
}

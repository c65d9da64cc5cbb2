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

/**
 * The innermost loops of sums by group. Four rows at a time, so that the processor reads on while sums are still being put
 * down: row by row it takes twice as long. Each is for one type of array, over which a loop is quickest.
 */

/** Of each row its group. */
export type Groups = Uint16Array | Int32Array;

/** Adds values, and `more` with each, to the sums of their groups, which begin at `at`. */
export function addUp(
  sum: Float64Array,
  group: Groups,
  at: number,
  x: Float64Array,
  n: number,
  more: number,
): void {
  let i = 0;
  for (; i + 3 < n; i += 4) {
    const a = group[at + i] ?? 0;
    const b = group[at + i + 1] ?? 0;
    const c = group[at + i + 2] ?? 0;
    const d = group[at + i + 3] ?? 0;
    const p = (x[i] ?? 0) + more;
    const q = (x[i + 1] ?? 0) + more;
    const r = (x[i + 2] ?? 0) + more;
    const s = (x[i + 3] ?? 0) + more;
    sum[a] = (sum[a] ?? 0) + p;
    sum[b] = (sum[b] ?? 0) + q;
    sum[c] = (sum[c] ?? 0) + r;
    sum[d] = (sum[d] ?? 0) + s;
  }
  for (; i < n; i++) {
    const a = group[at + i] ?? 0;
    sum[a] = (sum[a] ?? 0) + ((x[i] ?? 0) + more);
  }
}

/** Adds the values that a table has for x, whose rows begin at `from`. */
export function addLookedUp8(
  sum: Float64Array,
  group: Groups,
  at: number,
  x: Uint8Array,
  from: number,
  n: number,
  first: number,
  table: Float64Array,
): void {
  let i = 0;
  for (; i + 3 < n; i += 4) {
    const a = group[at + i] ?? 0;
    const b = group[at + i + 1] ?? 0;
    const c = group[at + i + 2] ?? 0;
    const d = group[at + i + 3] ?? 0;
    const p = table[(x[from + i] ?? 0) - first] ?? 0;
    const q = table[(x[from + i + 1] ?? 0) - first] ?? 0;
    const r = table[(x[from + i + 2] ?? 0) - first] ?? 0;
    const s = table[(x[from + i + 3] ?? 0) - first] ?? 0;
    sum[a] = (sum[a] ?? 0) + p;
    sum[b] = (sum[b] ?? 0) + q;
    sum[c] = (sum[c] ?? 0) + r;
    sum[d] = (sum[d] ?? 0) + s;
  }
  for (; i < n; i++) {
    const a = group[at + i] ?? 0;
    sum[a] = (sum[a] ?? 0) + (table[(x[from + i] ?? 0) - first] ?? 0);
  }
}

export function addLookedUp16(
  sum: Float64Array,
  group: Groups,
  at: number,
  x: Uint16Array,
  from: number,
  n: number,
  first: number,
  table: Float64Array,
): void {
  let i = 0;
  for (; i + 3 < n; i += 4) {
    const a = group[at + i] ?? 0;
    const b = group[at + i + 1] ?? 0;
    const c = group[at + i + 2] ?? 0;
    const d = group[at + i + 3] ?? 0;
    const p = table[(x[from + i] ?? 0) - first] ?? 0;
    const q = table[(x[from + i + 1] ?? 0) - first] ?? 0;
    const r = table[(x[from + i + 2] ?? 0) - first] ?? 0;
    const s = table[(x[from + i + 3] ?? 0) - first] ?? 0;
    sum[a] = (sum[a] ?? 0) + p;
    sum[b] = (sum[b] ?? 0) + q;
    sum[c] = (sum[c] ?? 0) + r;
    sum[d] = (sum[d] ?? 0) + s;
  }
  for (; i < n; i++) {
    const a = group[at + i] ?? 0;
    sum[a] = (sum[a] ?? 0) + (table[(x[from + i] ?? 0) - first] ?? 0);
  }
}

/** Adds the values of the lines that x is in. */
export function addLines16(
  sum: Float64Array,
  group: Groups,
  at: number,
  x: Uint16Array,
  from: number,
  n: number,
  first: number,
  lines: Uint8Array,
  values: Float64Array,
): void {
  let i = 0;
  for (; i + 3 < n; i += 4) {
    const a = group[at + i] ?? 0;
    const b = group[at + i + 1] ?? 0;
    const c = group[at + i + 2] ?? 0;
    const d = group[at + i + 3] ?? 0;
    const p = values[lines[(x[from + i] ?? 0) - first] ?? 0] ?? 0;
    const q = values[lines[(x[from + i + 1] ?? 0) - first] ?? 0] ?? 0;
    const r = values[lines[(x[from + i + 2] ?? 0) - first] ?? 0] ?? 0;
    const s = values[lines[(x[from + i + 3] ?? 0) - first] ?? 0] ?? 0;
    sum[a] = (sum[a] ?? 0) + p;
    sum[b] = (sum[b] ?? 0) + q;
    sum[c] = (sum[c] ?? 0) + r;
    sum[d] = (sum[d] ?? 0) + s;
  }
  for (; i < n; i++) {
    const a = group[at + i] ?? 0;
    sum[a] = (sum[a] ?? 0) + (values[lines[(x[from + i] ?? 0) - first] ?? 0] ?? 0);
  }
}

export function addLines32(
  sum: Float64Array,
  group: Groups,
  at: number,
  x: Int32Array,
  from: number,
  n: number,
  first: number,
  lines: Uint8Array,
  values: Float64Array,
): void {
  let i = 0;
  for (; i + 3 < n; i += 4) {
    const a = group[at + i] ?? 0;
    const b = group[at + i + 1] ?? 0;
    const c = group[at + i + 2] ?? 0;
    const d = group[at + i + 3] ?? 0;
    const p = values[lines[(x[from + i] ?? 0) - first] ?? 0] ?? 0;
    const q = values[lines[(x[from + i + 1] ?? 0) - first] ?? 0] ?? 0;
    const r = values[lines[(x[from + i + 2] ?? 0) - first] ?? 0] ?? 0;
    const s = values[lines[(x[from + i + 3] ?? 0) - first] ?? 0] ?? 0;
    sum[a] = (sum[a] ?? 0) + p;
    sum[b] = (sum[b] ?? 0) + q;
    sum[c] = (sum[c] ?? 0) + r;
    sum[d] = (sum[d] ?? 0) + s;
  }
  for (; i < n; i++) {
    const a = group[at + i] ?? 0;
    sum[a] = (sum[a] ?? 0) + (values[lines[(x[from + i] ?? 0) - first] ?? 0] ?? 0);
  }
}

export function countUp(count: Float64Array, group: Groups, at: number, n: number): void {
  for (let i = 0; i < n; i++) {
    const g = group[at + i] ?? 0;
    count[g] = (count[g] ?? 0) + 1;
  }
}

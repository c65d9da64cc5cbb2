import { ERROR, type Hint, type Leveled, QuickBy, type Scene, type Sum } from './quickLevel.ts';
import { SAFE } from './scaled.ts';

/** Quotas above this would leave too few digits for their fractions. */
const LARGEST = 2 ** 36;
export interface QuickDivision extends Hint {
  readonly units: Float64Array;
  readonly by: Uint8Array;
  /** What floors and caps have left; the quotas of the rest are left × weight / (n / d). */
  readonly left: number;
  rest(): Sum;
}

interface Rest extends Scene, Leveled {
  precedes(i: number, j: number): number;
}

/** Whole units of each quota, and one more for the largest fractions; null where quotas are too large for doubles. */
export function largestRemainder(r: Rest): QuickDivision | null {
  const { left, level, weights, sharing, exact, claims, placed, scale } = r;
  const { all } = placed;
  const units = new Float64Array(weights.length);
  const by = new Uint8Array(weights.length);
  for (let k = 0; k < placed.rest; k++) {
    const i = all[k] ?? 0;
    const atFloor = k < placed.caps;
    units[i] = (atFloor ? claims.floors[i] : claims.caps[i]) ?? 0;
    by[i] = atFloor ? QuickBy.FLOOR : QuickBy.CAP;
  }
  const rest = all.subarray(placed.rest);
  const fractions = new Float64Array(rest.length);
  let over = left;
  let error = 0;
  for (let k = 0; k < rest.length; k++) {
    const i = rest[k] ?? 0;
    const quota = level * (weights[i] ?? 0);
    if (!(quota < LARGEST)) return null;
    let whole = Math.floor(quota);
    let fraction = quota - whole;
    const unsure = ERROR * (quota + 1);
    if (unsure > error) error = unsure;
    if (fraction < unsure || fraction > 1 - unsure) {
      const parts = exact.parts(i);
      whole = parts.whole;
      fraction = parts.over === 0n ? 0 : Number((parts.over << 64n) / parts.of) / 2 ** 64;
    }
    units[i] = whole;
    by[i] = QuickBy.QUOTA;
    fractions[k] = fraction;
    over -= whole;
  }
  if (over > 0) {
    const cut = nthLargest(fractions, over);
    /** Of those whose fractions are about as large as the least that gets one. */
    const near: number[] = [];
    for (let k = 0; k < rest.length; k++) {
      const i = rest[k] ?? 0;
      const above = (fractions[k] ?? 0) - cut;
      // 1 for those that get one for certain, else 0: a branch would be guessed wrong every other time.
      const more = Math.ceil(Math.max(0, above - error * 2));
      units[i] = (units[i] ?? 0) + more;
      by[i] = QuickBy.QUOTA + more;
      over -= more;
      if (Math.abs(above) <= error * 2) near.push(i);
    }
    if (over < near.length) near.sort((i, j) => before(r, i, j));
    for (const i of near.slice(0, over)) {
      units[i] = (units[i] ?? 0) + 1;
      by[i] = QuickBy.REMAINDER;
    }
  }
  return { units, by, left, level, scale, placed, weights, sharing, rest: exact.sum };
}

/** The n-th largest of some numbers from 0 to 1: only those that are about as large are put in order. */
export function nthLargest(numbers: Float64Array, n: number): number {
  const count = new Int32Array(BINS + 1);
  for (let k = 0; k < numbers.length; k++) {
    const bin = Math.floor((numbers[k] ?? 0) * BINS);
    count[bin] = (count[bin] ?? 0) + 1;
  }
  let bin = BINS;
  let above = 0;
  while (bin > 0 && above + (count[bin] ?? 0) < n) above += count[bin--] ?? 0;
  const alike: number[] = [];
  for (let k = 0; k < numbers.length; k++) {
    const x = numbers[k] ?? 0;
    if (Math.floor(x * BINS) === bin) alike.push(x);
  }
  alike.sort((a, b) => b - a);
  return alike[n - above - 1] ?? 0;
}
const BINS = 1024;

/** The larger fraction first; of equal ones who comes first. */
function before({ claims: { num, den }, exact, precedes }: Rest, i: number, j: number): number {
  const [a, b] = [(num[i] ?? 0) * (den[j] ?? 1), (num[j] ?? 0) * (den[i] ?? 1)];
  if (a === b && a <= SAFE) return precedes(i, j);
  const [x, y] = [exact.parts(i), exact.parts(j)];
  const [l, m] = [x.over * y.of, y.over * x.of];
  return l === m ? precedes(i, j) : l > m ? -1 : 1;
}

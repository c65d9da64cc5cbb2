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
  const { left, level, weights, sharing, exact, placed, scale } = r;
  const units = new Float64Array(weights.length);
  const by = new Uint8Array(weights.length);
  putLimits(r, units, by);
  const rest = placed.all.subarray(placed.rest);
  const fractions = new Float64Array(rest.length);
  /** How many fractions are about as large. */
  const bins = new Int32Array(BINS + 1);
  let over = left;
  let largest = 0;
  for (let k = 0; k < rest.length; k++) {
    const i = rest[k] ?? 0;
    const quota = level * (weights[i] ?? 0);
    if (!(quota < LARGEST)) return null;
    let whole = Math.floor(quota);
    let fraction = quota - whole;
    const unsure = ERROR * (quota + 1);
    if (quota > largest) largest = quota;
    if (fraction < unsure || fraction > 1 - unsure) {
      const parts = exact.parts(i);
      whole = parts.whole;
      fraction = parts.over === 0n ? 0 : Number((parts.over << 64n) / parts.of) / 2 ** 64;
    }
    units[i] = whole;
    by[i] = QuickBy.QUOTA;
    fractions[k] = fraction;
    const bin = Math.floor(fraction * BINS);
    bins[bin] = (bins[bin] ?? 0) + 1;
    over -= whole;
  }
  if (over > 0) giveRemainders(r, { units, by, fractions, bins, over, error: ERROR * (largest + 1) * 2 });
  return { units, by, left, level, scale, placed, weights, sharing, rest: exact.sum };
}

const BINS = 1024;

function putLimits({ claims, placed }: Rest, units: Float64Array, by: Uint8Array): void {
  const { floors, caps, mask } = claims;
  const { all } = placed;
  for (let k = 0; k < placed.caps; k++) {
    const i = all[k] ?? 0;
    units[i] = floors[i & mask] ?? 0;
    by[i] = QuickBy.FLOOR;
  }
  for (let k = placed.caps; k < placed.rest; k++) {
    const i = all[k] ?? 0;
    units[i] = caps[i & mask] ?? 0;
    by[i] = QuickBy.CAP;
  }
}

interface Fractions {
  readonly units: Float64Array;
  readonly by: Uint8Array;
  readonly fractions: Float64Array;
  readonly bins: Int32Array;
  /** How many get one more. */
  readonly over: number;
  /** Fractions that differ by less may be equal. */
  readonly error: number;
}

/** One unit more for the largest fractions. */
function giveRemainders(r: Rest, { units, by, fractions, bins, over, error }: Fractions): void {
  const rest = r.placed.all.subarray(r.placed.rest);
  let bin = BINS;
  let above = 0;
  while (bin > 0 && above + (bins[bin] ?? 0) < over) above += bins[bin--] ?? 0;
  // Only those of the bin where it ends, and about there, are looked at closer.
  const low = bin / BINS - error * 2;
  const high = (bin + 1) / BINS + error * 2;
  const near: Candidate[] = [];
  let left = over;
  for (let k = 0; k < rest.length; k++) {
    const i = rest[k] ?? 0;
    const fraction = fractions[k] ?? 0;
    // 1 for those that get one for certain, else 0: a branch would be guessed wrong every other time.
    const more = Math.ceil(Math.max(0, fraction - high));
    units[i] = (units[i] ?? 0) + more;
    by[i] = QuickBy.QUOTA + more;
    left -= more;
    if (Math.abs(fraction - low) <= high - low && more === 0 && fraction >= low) near.push({ i, fraction });
  }
  for (const i of largestOf(r, near, left, error)) {
    units[i] = (units[i] ?? 0) + 1;
    by[i] = QuickBy.REMAINDER;
  }
}

interface Candidate {
  readonly i: number;
  readonly fraction: number;
}

/** Those of the n largest fractions; such as may be equal are compared exactly. */
function largestOf(r: Rest, candidates: Candidate[], n: number, error: number): readonly number[] {
  candidates.sort((a, b) => b.fraction - a.fraction);
  const cut = candidates[n - 1]?.fraction ?? 0;
  const sure: number[] = [];
  const near: number[] = [];
  for (const { i, fraction } of candidates) {
    if (fraction - cut > error) sure.push(i);
    else if (cut - fraction <= error) near.push(i);
  }
  const few = n - sure.length;
  if (few < near.length) near.sort((i, j) => before(r, i, j));
  return [...sure, ...near.slice(0, few)];
}

/** The larger fraction first; of equal ones who comes first. */
function before({ claims: { num, den }, exact, precedes }: Rest, i: number, j: number): number {
  const [a, b] = [(num[i] ?? 0) * (den[j] ?? 1), (num[j] ?? 0) * (den[i] ?? 1)];
  if (a === b && a <= SAFE) return precedes(i, j);
  const [x, y] = [exact.parts(i), exact.parts(j)];
  const [l, m] = [x.over * y.of, y.over * x.of];
  return l === m ? precedes(i, j) : l > m ? -1 : 1;
}

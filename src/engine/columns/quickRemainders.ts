import {
  ERROR,
  type Exactly,
  type Hint,
  type Leveled,
  QuickBy,
  type Scene,
  type Sum,
  weightOf,
} from './quickLevel.ts';
import { SAFE } from './scaled.ts';

/** Quotas above this would leave too few digits for their fractions. */
const LARGEST = 2 ** 36;

export interface QuickDivision extends Hint, Target {
  readonly by: Uint8Array;
  /** No member is due more units. */
  readonly most: number;
  /** What floors and caps have left; the quotas of the rest are left × weight / (n / d). */
  readonly left: number;
  rest(): Sum;
}

/** Where units are put: those of member i at places[i]; the rest of `units` is 0. */
export interface Target {
  readonly units: Float64Array;
  readonly places: Int32Array;
}

interface Rest extends Scene, Leveled, Target {
  precedes(i: number, j: number): number;
}

/** Whole units of each quota, and one more for the largest fractions; null where quotas are too large for doubles. */
export function largestRemainder(r: Rest): QuickDivision | null {
  const { left, level, weights, sharing, exact, placed, scale, units, places } = r;
  const rest = placed.all.subarray(placed.rest);
  const quotas = new Float64Array(rest.length);
  // Of its own: read at every turn.
  const one = ERROR;
  const many = rest.length < FEW_MEMBERS ? FEW_BINS : BINS;
  /** How many fractions are about as large. */
  const bins = new Int32Array(many + 1);
  let over = left;
  let largest = 0;
  for (let k = 0; k < rest.length; k++) {
    const i = rest[k] ?? 0;
    let quota = level * (weights[i] ?? 0);
    if (quota > largest) largest = quota;
    let whole = Math.floor(quota);
    let fraction = quota - whole;
    const unsure = one * (quota + 1);
    if (Math.abs(fraction - 0.5) > 0.5 - unsure) {
      quota = aboutWhole(exact, i, unsure);
      whole = Math.floor(quota);
      fraction = quota - whole;
    }
    quotas[k] = quota;
    const bin = (fraction * many) | 0;
    bins[bin] = (bins[bin] ?? 0) + 1;
    over -= whole;
  }
  if (!(largest < LARGEST)) return null;
  const by = new Uint8Array(weights.length);
  giveUnits(r, by, { quotas, ...lastBin(bins, over, one * (largest + 1) * 2) });
  const most = Math.max(putLimits(r, by), Math.floor(largest) + 1);
  return { units, places, by, most, left, level, scale, placed, weights, sharing, rest: exact.sum };
}

/** Powers of two: fractions times these are exact. */
const BINS = 1024;
const FEW_BINS = 32;
const FEW_MEMBERS = 256;

/** A quota that is a whole number or hardly differs from one, on the right side of it. */
function aboutWhole(exact: Exactly, i: number, unsure: number): number {
  const { whole, over, of } = exact.parts(i);
  return over * 2n < of ? whole : whole + 1 - unsure;
}

/** Those at their floors and caps; gives the most of these. */
function putLimits({ claims, placed, units, places }: Rest, by: Uint8Array): number {
  const { floors, caps, mask } = claims;
  const { all } = placed;
  let most = 0;
  for (let k = 0; k < placed.rest; k++) {
    const i = all[k] ?? 0;
    const atFloor = k < placed.caps;
    const limit = (atFloor ? floors[i & mask] : caps[i & mask]) ?? 0;
    units[places[i] ?? 0] = limit;
    by[i] = atFloor ? QuickBy.FLOOR : QuickBy.CAP;
    if (limit > most) most = limit;
  }
  return most;
}

interface Bin {
  /** How many get one more. */
  readonly over: number;
  /** The fractions, in FINE, of the last who get one more, and of whoever may be one of them. */
  readonly low: number;
  readonly high: number;
  /** Fractions that differ by less may be equal. */
  readonly error: number;
}

function lastBin(bins: Int32Array, over: number, error: number): Bin {
  if (over === 0) return { over, low: FINE + 1, high: FINE + 1, error };
  const many = bins.length - 1;
  let bin = many;
  let above = 0;
  while (bin > 0 && above + (bins[bin] ?? 0) < over) above += bins[bin--] ?? 0;
  const low = Math.floor((bin / many - error * 2) * FINE);
  return { over, low, high: Math.ceil(((bin + 1) / many + error * 2) * FINE), error };
}

/** Fractions times this are integers of 32 bits. */
const FINE = 2 ** 30;

/** Whole units of the quotas, and one more for the largest fractions. */
function giveUnits(
  r: Rest,
  by: Uint8Array,
  { quotas, over, low, high, error }: Bin & { readonly quotas: Float64Array },
): void {
  const { units, places } = r;
  const rest = r.placed.all.subarray(r.placed.rest);
  const { QUOTA } = QuickBy;
  const near: Candidate[] = [];
  let left = over;
  for (let k = 0; k < rest.length; k++) {
    const i = rest[k] ?? 0;
    const quota = quotas[k] ?? 0;
    const whole = Math.floor(quota);
    const fraction = quota - whole;
    const fine = (fraction * FINE) | 0;
    // The sign, 1 for those that get one for certain: a branch would be guessed wrong every other time.
    const more = (high - fine) >>> 31;
    units[places[i] ?? 0] = whole + more;
    by[i] = QUOTA + more;
    left -= more;
    if ((fine - low) >>> 0 <= high - low) near.push({ i, fraction });
  }
  if (left > 0)
    for (const i of largestOf(r, near, left, error)) {
      const place = places[i] ?? 0;
      units[place] = (units[place] ?? 0) + 1;
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
function before({ claims, exact, precedes }: Rest, i: number, j: number): number {
  const [v, w] = [weightOf(claims, i), weightOf(claims, j)];
  const [a, b] = [v.num * w.den, w.num * v.den];
  if (a === b && a <= SAFE) return precedes(i, j);
  const [x, y] = [exact.parts(i), exact.parts(j)];
  const [l, m] = [x.over * y.of, y.over * x.of];
  return l === m ? precedes(i, j) : l > m ? -1 : 1;
}

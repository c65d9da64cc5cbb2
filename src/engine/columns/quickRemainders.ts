import { placeAmong } from './frames.ts';
import {
  ERROR,
  type Exactly,
  type Group,
  type Leveled,
  type Placed,
  QuickBy,
  type Scene,
  type Sum,
  weightOf,
} from './quickLevel.ts';
import { SAFE } from './scaled.ts';

/** Quotas above this would leave too few digits for their fractions. */
const LARGEST = 2 ** 36;

export interface QuickDivision extends Target {
  /** A common denominator of the weights. */
  readonly scale: bigint;
  /** Nearly. */
  readonly level: number;
  readonly placed: Placed;
  /** Of the rest, nearly, and on the right side of whole numbers. */
  readonly quotas: Float64Array;
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
  const { claims, left, level, exact, placed, scale, units, places } = r;
  const { members, weights } = placed.rest;
  const largest = level * placed.rest.most;
  if (!(largest < LARGEST)) return null;
  const quotas = new Float64Array(members.length);
  // Of its own: read at every turn.
  const one = ERROR;
  const many = members.length < FEW_MEMBERS ? FEW_BINS : BINS;
  /** How many fractions are about as large. */
  const bins = new Int32Array(many + 1);
  let over = left;
  for (let k = 0; k < quotas.length; k++) {
    let quota = level * (weights[k] ?? 0);
    let whole = Math.floor(quota);
    let fraction = quota - whole;
    const unsure = one * (quota + 1);
    if (Math.abs(fraction - 0.5) > 0.5 - unsure) {
      quota = aboutWhole(exact, members[k] ?? 0, unsure);
      whole = Math.floor(quota);
      fraction = quota - whole;
    }
    quotas[k] = quota;
    const bin = (fraction * many) | 0;
    bins[bin] = (bins[bin] ?? 0) + 1;
    over -= whole;
  }
  giveUnits(r, { quotas, ...lastBin(bins, over, one * (largest + 1) * 2) });
  const { floors, caps, mask } = claims;
  const most = Math.max(
    putLimits(r, placed.floor, floors, mask),
    putLimits(r, placed.cap, caps, mask),
    Math.floor(largest) + 1,
  );
  return { units, places, quotas, most, left, level, scale, placed, rest: exact.sum };
}

/** How a member came to its units: a `QuickBy`. */
export function byOf({ placed, quotas, units, places }: QuickDivision, i: number): number {
  const k = placeAmong(placed.rest.members, i);
  if (k >= 0)
    return (units[places[i] ?? 0] ?? 0) > Math.floor(quotas[k] ?? 0) ? QuickBy.REMAINDER : QuickBy.QUOTA;
  if (placeAmong(placed.floor.members, i) >= 0) return QuickBy.FLOOR;
  return placeAmong(placed.cap.members, i) >= 0 ? QuickBy.CAP : QuickBy.NONE;
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

/** What members at a limit get; gives the most of it. */
function putLimits(
  { units, places }: Target,
  { members }: Group,
  limits: Float64Array,
  mask: number,
): number {
  let most = 0;
  for (let k = 0; k < members.length; k++) {
    const i = members[k] ?? 0;
    const limit = limits[i & mask] ?? 0;
    units[places[i] ?? 0] = limit;
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
  { quotas, over, low, high, error }: Bin & { readonly quotas: Float64Array },
): void {
  const { units, places } = r;
  const { members } = r.placed.rest;
  const near: Candidate[] = [];
  let left = over;
  for (let k = 0; k < quotas.length; k++) {
    const i = members[k] ?? 0;
    const quota = quotas[k] ?? 0;
    const whole = Math.floor(quota);
    const fraction = quota - whole;
    const fine = (fraction * FINE) | 0;
    // The sign, 1 for those that get one for certain: a branch would be guessed wrong every other time.
    const more = (high - fine) >>> 31;
    units[places[i] ?? 0] = whole + more;
    left -= more;
    if ((fine - low) >>> 0 <= high - low) near.push({ i, fraction });
  }
  if (left > 0)
    for (const i of largestOf(r, near, left, error)) {
      const place = places[i] ?? 0;
      units[place] = (units[place] ?? 0) + 1;
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

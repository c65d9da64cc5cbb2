import { lazily } from '../../exact/lazily.ts';
import {
  ERROR,
  type Exactly,
  type Group,
  type Leveled,
  type Placed,
  QuickBy,
  type QuickClaims,
  type Scene,
  type Sum,
  weightOf,
} from './quickLevel.ts';
import { SAFE } from './scaled.ts';

/** Quotas above this would leave too few digits for their fractions. */
const LARGEST = 2 ** 36;

export interface QuickDivision {
  /** A common denominator of the weights. */
  readonly scale: bigint;
  /** Nearly. */
  readonly level: number;
  readonly placed: Placed;
  /** What each of the rest is due. */
  readonly restUnits: Float64Array;
  /** No member is due more units, though nobody may be due so many. */
  readonly most: number;
  /** What floors and caps have left; the quotas of the rest are left × weight / (n / d). */
  readonly left: number;
  rest(): Sum;
  /** By member. */
  listed(): Listed;
}

/** What members get, and how they came to it: a `QuickBy`. */
export interface Listed {
  readonly units: Float64Array;
  readonly by: Uint8Array;
}

interface Rest extends Scene, Leveled {
  precedes(i: number, j: number): number;
}

/** Whole units of each quota, and one more for the largest fractions; null where quotas are too large for doubles. */
export function largestRemainder(r: Rest): QuickDivision | null {
  const { claims, left, level, exact, placed, scale } = r;
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
  const restUnits = giveUnits(r, quotas, lastBin(bins, over, one * (largest + 1) * 2));
  const { floors, caps, mask } = claims;
  const most = Math.max(
    mostAt(placed.floor, floors, mask),
    mostAt(placed.cap, caps, mask),
    Math.floor(largest) + 1,
  );
  const listed = lazily(() => listedBy(claims, placed, quotas, restUnits));
  return { scale, level, placed, restUnits, most, left, rest: exact.sum, listed };
}

/** `quotas` of the rest, nearly, and on the right side of whole numbers. */
function listedBy(
  claims: QuickClaims,
  placed: Placed,
  quotas: Float64Array,
  restUnits: Float64Array,
): Listed {
  const { floors, caps, mask } = claims;
  const units = new Float64Array(claims.num.length);
  const by = new Uint8Array(units.length);
  for (const i of placed.floor.members) {
    units[i] = floors[i & mask] ?? 0;
    by[i] = QuickBy.FLOOR;
  }
  for (const i of placed.cap.members) {
    units[i] = caps[i & mask] ?? 0;
    by[i] = QuickBy.CAP;
  }
  const { members } = placed.rest;
  for (let k = 0; k < members.length; k++) {
    const i = members[k] ?? 0;
    units[i] = restUnits[k] ?? 0;
    by[i] = (restUnits[k] ?? 0) > Math.floor(quotas[k] ?? 0) ? QuickBy.REMAINDER : QuickBy.QUOTA;
  }
  return { units, by };
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

/** The most of what members at a limit get. */
function mostAt({ members }: Group, limits: Float64Array, mask: number): number {
  if (mask === 0) return members.length === 0 ? 0 : (limits[0] ?? 0);
  let most = 0;
  for (let k = 0; k < members.length; k++) most = Math.max(most, limits[members[k] ?? 0] ?? 0);
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
function giveUnits(r: Rest, quotas: Float64Array, { over, low, high, error }: Bin): Float64Array {
  const { members } = r.placed.rest;
  const units = new Float64Array(quotas.length);
  const near: Candidate[] = [];
  let left = over;
  for (let k = 0; k < quotas.length; k++) {
    const quota = quotas[k] ?? 0;
    const whole = Math.floor(quota);
    const fraction = quota - whole;
    const fine = (fraction * FINE) | 0;
    // The sign, 1 for those that get one for certain: a branch would be guessed wrong every other time.
    const more = (high - fine) >>> 31;
    units[k] = whole + more;
    left -= more;
    if ((fine - low) >>> 0 <= high - low) near.push({ k, i: members[k] ?? 0, fraction });
  }
  if (left > 0) for (const k of largestOf(r, near, left, error)) units[k] = (units[k] ?? 0) + 1;
  return units;
}

/** Member i, k among the rest. */
interface Candidate {
  readonly k: number;
  readonly i: number;
  readonly fraction: number;
}

/** Those of the n largest fractions, by their places among the rest; such as may be equal are compared exactly. */
function largestOf(r: Rest, candidates: Candidate[], n: number, error: number): readonly number[] {
  candidates.sort((a, b) => b.fraction - a.fraction);
  const cut = candidates[n - 1]?.fraction ?? 0;
  const sure = candidates.filter(({ fraction }) => fraction - cut > error);
  const near = candidates.filter(({ fraction }) => Math.abs(fraction - cut) <= error);
  const few = n - sure.length;
  if (few < near.length) near.sort((a, b) => before(r, a.i, b.i));
  return [...sure, ...near.slice(0, few)].map(({ k }) => k);
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

import { gcdNumber } from '../../exact/rational.ts';
import { type Hint, levelAnew, leveled, type QuickClaims, withoutBut } from './quickLevel.ts';
import { largestRemainder, type QuickDivision } from './quickRemainders.ts';
import { SAFE } from './scaled.ts';

/** Different denominators, beyond which a common one is left to those who need it. */
const MOST_DENOMINATORS = 1000;

/**
 * `mostScale`: the largest common denominator of the weights that is allowed. Null where it can't be divided, or not
 * here: nobody shares, all are at their caps or floors, or numbers are too large.
 */
export function apportionQuickly(
  pool: number,
  given: QuickClaims,
  mostScale: bigint,
  precedes: (i: number, j: number) => number,
  hint: Hint | null = null,
): QuickDivision | null {
  if (!(pool <= SAFE)) return null;
  const claims = hint === null ? withoutBut(given) : given;
  const scale = hint?.scale ?? commonDenominator(claims.den, mostScale);
  if (scale === null) return null;
  const scene = { pool, claims, scale };
  const placed = hint?.placed ?? null;
  const before = placed === null ? null : leveled(scene, placed);
  const found = before ?? levelAnew(scene, hint?.level ?? null);
  return found === null ? null : largestRemainder({ ...scene, ...found, precedes });
}

/** Least common multiple of all denominators; null where it is too large. */
function commonDenominator(dens: Float64Array, most: bigint): bigint | null {
  const different = differentOnes(dens);
  if (different.length > MOST_DENOMINATORS) return null;
  /** Small ones first come together as doubles. */
  let small = 1;
  let scale = 1n;
  for (const den of different) {
    const next = (small / gcdNumber(small, den)) * den;
    if (next <= SAFE) small = next;
    else {
      scale = lcm(scale, BigInt(small));
      small = den;
      if (scale > most) return null;
    }
  }
  scale = lcm(scale, BigInt(small));
  return scale > most ? null : scale;
}

function differentOnes(dens: Float64Array): readonly number[] {
  // Many small pools would otherwise put down a large table each.
  if (dens.length < FEW_MEMBERS) return [...new Set(dens.filter((den, i) => den !== dens[i - 1]))];
  const seen = new Uint8Array(SMALL_DENOMINATORS);
  const large = new Set<number>();
  const out: number[] = [];
  for (let i = 0; i < dens.length; i++) {
    const den = dens[i] ?? 1;
    if (den < SMALL_DENOMINATORS ? seen[den] === 1 : large.has(den)) continue;
    if (den < SMALL_DENOMINATORS) seen[den] = 1;
    else large.add(den);
    out.push(den);
  }
  return out;
}
const SMALL_DENOMINATORS = 2 ** 16;
const FEW_MEMBERS = 1024;

function lcm(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return (a / x) * b;
}

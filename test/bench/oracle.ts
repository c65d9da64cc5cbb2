import type { Data } from './data.ts';
import type { Cents } from './job.ts';

/**
 * The job in whole numbers of any size: no division before the last one, nothing of the program under test.
 * Weights are brought to one denominator, which no share depends on.
 */
export function exactCents(data: Data): Cents {
  const { front, people } = data;
  const back = people - front;
  const cents = new Array<number>(people).fill(0);
  let pool = 0n;
  for (let i = 0; i < front; i++) {
    const given = halfUp(BigInt(data.commissionMills[i] ?? 0) * 12n, 1000n);
    cents[i] = Number(given);
    pool += given;
  }
  const members = weights(data).map((weight, i) => ({ row: front + i, weight }));
  const share = allot(
    pool,
    members.map((one) => one.weight),
    ceiling(pool * 80n, 100n * BigInt(back)),
    (pool * 120n) / (100n * BigInt(back)),
  );
  members.forEach(({ row }, i) => {
    cents[row] = Number(share[i] ?? 0n);
  });
  return cents;
}

/** Wrong cents in all, against the exact ones. */
export function wrongCents(cents: Cents, exact: Cents): number {
  if (cents.length !== exact.length) throw new Error(`${cents.length} amounts, not ${exact.length}`);
  let wrong = 0;
  for (let i = 0; i < exact.length; i++) {
    const off = Math.abs((cents[i] ?? Number.NaN) - (exact[i] ?? 0));
    if (!Number.isInteger(off)) throw new Error(`no whole cents at ${i}: ${cents[i]}`);
    wrong += off;
  }
  return wrong;
}

/** Score by person of the back, all over the same denominator. */
function weights(data: Data): readonly bigint[] {
  const { front, people } = data;
  const sums = Array.from({ length: people - front }, () => ({ points: 0n, tickets: 0n }));
  data.engineer.forEach((engineer, i) => {
    const sum = sums[engineer - front];
    if (sum === undefined) throw new Error(`ticket ${i} of nobody`);
    const minutes = data.minutesHundredths[i] ?? 0;
    const stars = data.feedbackTenths[i] ?? 0;
    // Points in tenths.
    const answer = minutes <= 3000 ? 1000 : minutes <= 6000 ? 825 : minutes <= 24_000 ? 576 : 200;
    const liking = stars >= 45 ? 1000 : stars >= 40 ? 814 : stars >= 30 ? 525 : 0;
    sum.points += BigInt(40 * answer + 30 * (data.resolved[i] === 1 ? 1000 : 0) + 30 * liking);
    sum.tickets += 1n;
  });
  const common = sums.reduce((all, { tickets }) => (all / gcd(all, tickets)) * tickets, 1n);
  return sums.map(({ points, tickets }) => (points * common) / tickets);
}

/** `total` units by weight within one floor and one cap, by largest remainder; the earlier one wins a tie. */
function allot(total: bigint, weight: readonly bigint[], floor: bigint, cap: bigint): readonly bigint[] {
  const count = BigInt(weight.length);
  if (weight.some((w) => w <= 0n) || floor * count > total || cap * count <= total)
    throw new Error('the data set is meant to have a level between floors and caps');
  // Heaviest first: at any level those at the cap are a head of this list, those at the floor a tail.
  const order = weight.map((_, i) => i).sort((a, b) => compare(weight[b] ?? 0n, weight[a] ?? 0n));
  const sorted = order.map((i) => weight[i] ?? 0n);
  for (let atCap = 0, atFloor = sorted.length; ; ) {
    const between = sorted.slice(atCap, atFloor);
    const left = total - cap * BigInt(atCap) - floor * BigInt(sorted.length - atFloor);
    const sum = between.reduce((s, w) => s + w, 0n);
    // Who is beyond a bound at this level is set to it, on the side on which more is over or short.
    const over = between.reduce((s, w) => s + positive(w * left - cap * sum), 0n);
    const short = between.reduce((s, w) => s + positive(floor * sum - w * left), 0n);
    if (over === 0n && short === 0n) {
      const units = sorted.map((_, i) => (i < atCap ? cap : floor));
      const rests = between.map((w, i) => {
        units[atCap + i] = (w * left) / sum;
        return { at: atCap + i, rest: (w * left) % sum };
      });
      const more = Number(left - rests.reduce((s, { at }) => s + (units[at] ?? 0n), 0n));
      rests.sort((a, b) => compare(b.rest, a.rest) || (order[a.at] ?? 0) - (order[b.at] ?? 0));
      for (const { at } of rests.slice(0, more)) units[at] = (units[at] ?? 0n) + 1n;
      const out = new Array<bigint>(weight.length).fill(0n);
      order.forEach((i, at) => {
        out[i] = units[at] ?? 0n;
      });
      return out;
    }
    if (over >= short) while (atCap < atFloor && (sorted[atCap] ?? 0n) * left >= cap * sum) atCap++;
    else while (atFloor > atCap && (sorted[atFloor - 1] ?? 0n) * left <= floor * sum) atFloor--;
  }
}

const positive = (x: bigint): bigint => (x > 0n ? x : 0n);
const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
const ceiling = (n: bigint, d: bigint): bigint => (n + d - 1n) / d;
/** The nearest whole number, halves up, of a fraction that is not negative. */
const halfUp = (n: bigint, d: bigint): bigint => (2n * n + d) / (2n * d);

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b);
}

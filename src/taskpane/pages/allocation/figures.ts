import { bin, extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';

export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** As it was before; as many bins of the same bounds. */
  readonly before: number;
}

/** Between amounts that lie nearer to each other than this there are no round numbers. */
const NEAREST = 1e-290;

/** How many amounts lie where, in about `wanted` bins between round numbers; the last one takes its upper bound too. */
export function binsOf(amounts: Float64Array, before: Float64Array | null, wanted: number): readonly Bin[] {
  const [least = 0, most = 0] = extent([...amounts, ...(before ?? [])]);
  const all = most - least < NEAREST ? [least - 1, most + 1] : [least, most];
  const scale = scaleLinear().domain(all).nice(wanted);
  const [low = 0, high = 0] = scale.domain();
  const inside = scale.ticks(wanted).filter((tick) => tick > low && tick < high);
  const into = bin().domain([low, high]).thresholds(inside);
  const old = before === null ? [] : into([...before]);
  return into([...amounts]).map((one, i) => ({
    from: one.x0 ?? low,
    to: one.x1 ?? high,
    count: one.length,
    before: old[i]?.length ?? 0,
  }));
}

export interface Group {
  readonly text: string;
  readonly members: number;
  /** Exact, as a plain decimal. */
  readonly sum: string;
  /** To the last place of the amounts, halves up. */
  readonly average: string;
}

/** Sums by a label, the largest first. The amounts are plain decimals of 0 or more. */
export function groupsOf(texts: readonly string[], amounts: readonly string[]): readonly Group[] {
  const places = amounts.reduce((most, amount) => Math.max(most, placesOf(amount)), 0);
  const groups = new Map<string, { text: string; members: number; sum: bigint }>();
  texts.forEach((text, i) => {
    // Texts are the same without regard to case, as in the rules.
    const id = text.toLowerCase();
    const group = groups.get(id) ?? { text, members: 0, sum: 0n };
    group.members++;
    group.sum += scaled(amounts[i] ?? '0', places);
    groups.set(id, group);
  });
  return [...groups.values()]
    .sort((a, b) => (a.sum < b.sum ? 1 : a.sum > b.sum ? -1 : 0))
    .map(({ text, members, sum }) => ({
      text,
      members,
      sum: plain(sum, places),
      average: plain((2n * sum + BigInt(members)) / (2n * BigInt(members)), places),
    }));
}

const placesOf = (amount: string): number =>
  amount.includes('.') ? amount.length - amount.indexOf('.') - 1 : 0;

function scaled(amount: string, places: number): bigint {
  const [whole = '0', fraction = ''] = amount.split('.');
  return BigInt(whole + fraction.padEnd(places, '0'));
}

function plain(units: bigint, places: number): string {
  const digits = units.toString().padStart(places + 1, '0');
  const fraction = digits.slice(digits.length - places).replace(/0+$/, '');
  const whole = digits.slice(0, digits.length - places);
  return places === 0 || fraction === '' ? whole : `${whole}.${fraction}`;
}

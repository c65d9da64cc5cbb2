import { type Chance, chance } from '../../samples/make/random.ts';

/** The data set in plain columns: the same numbers every time. Doubles are the closest to their decimals. */
export interface Data {
  readonly tickets: number;
  readonly people: number;
  /** The first so many people are front: they earn commissions. The others are back: they answer tickets. */
  readonly front: number;
  /** By person. */
  readonly ids: readonly string[];
  /** By person, in thousandths; 0 for back. */
  readonly commissionMills: Int32Array;
  readonly commission: Float64Array;
  /** By ticket: the person. */
  readonly engineer: Int32Array;
  readonly minutesHundredths: Int32Array;
  readonly minutes: Float64Array;
  readonly resolved: Uint8Array;
  readonly feedbackTenths: Int32Array;
  readonly feedback: Float64Array;
}

/** Two in five people are back. Ids rise with the row, so that the smaller key is the smaller row. */
const FRONT = 0.6;
/** Of the back people, the share that come in pairs of exactly the same score, reached by different averages. */
const TWINS = 0.4;

export function makeData(tickets: number, people: number): Data {
  const random = chance('bench');
  const front = Math.ceil(people * FRONT);
  const back = people - front;
  const twins = Math.floor((back * TWINS) / 2) * 2;
  const commissionMills = Int32Array.from({ length: people }, (_, i) =>
    i < front ? commissionOf(random) : 0,
  );
  const quality = Float64Array.from({ length: back }, () => random.unit());
  const engineer = new Int32Array(tickets);
  const minutesHundredths = new Int32Array(tickets);
  const resolved = new Uint8Array(tickets);
  const feedbackTenths = new Int32Array(tickets);
  for (let i = 0; i < tickets; i++) {
    // everybody gets a first ticket: a score needs all its inputs
    const one = i < back ? i : random.between(0, back - 1);
    const twin = i > 0 && i >= back ? (engineer[i - 1] ?? 0) - front : -1;
    if ((i < back && one < twins && one % 2 === 1) || (twin >= 0 && twin < twins && twin % 2 === 0)) {
      // The twin: answered as fast; the one's solved tickets are the other's liked ones.
      engineer[i] = (engineer[i - 1] ?? 0) + 1;
      minutesHundredths[i] = minutesHundredths[i - 1] ?? 0;
      resolved[i] = feedbackTenths[i - 1] === 50 ? 1 : 0;
      feedbackTenths[i] = resolved[i - 1] === 1 ? 50 : 10;
      continue;
    }
    const late = i >= back && one < twins && one % 2 === 1 ? one - 1 : one;
    const good = quality[late] ?? 0;
    engineer[i] = front + late;
    minutesHundredths[i] = minutesOf(random, good);
    resolved[i] = random.happens(0.55 + 0.4 * good) ? 1 : 0;
    feedbackTenths[i] =
      late < twins ? (random.happens(0.5 + 0.4 * good) ? 50 : 10) : feedbackOf(random, good);
  }
  // The last one may have been left without its twin.
  const last = (engineer[tickets - 1] ?? 0) - front;
  if (tickets > back && last < twins && last % 2 === 0) engineer[tickets - 1] = front + back - 1;
  return {
    tickets,
    people,
    front,
    ids: Array.from({ length: people }, (_, i) => `E${String(i + 1).padStart(5, '0')}`),
    commissionMills,
    commission: Float64Array.from(commissionMills, (mills) => mills / 1000),
    engineer,
    minutesHundredths,
    minutes: Float64Array.from(minutesHundredths, (x) => x / 100),
    resolved,
    feedbackTenths,
    feedback: Float64Array.from(feedbackTenths, (x) => x / 10),
  };
}

/** Every fifth has exactly half a cent in its twelve per cent: 0.125 of commission are 0.015. */
function commissionOf(random: Chance): number {
  const whole = random.between(100, 3_000) * 1000;
  return random.happens(0.2) ? whole + random.pick([125, 375, 625, 875]) : whole + random.between(0, 999);
}

/** Every tenth stands on a bound of the band. */
function minutesOf(random: Chance, good: number): number {
  if (random.happens(0.1)) return random.pick([30, 60, 240]) * 100;
  return Math.max(1, Math.round(random.wait() * (180 - 150 * good) * 100));
}

function feedbackOf(random: Chance, good: number): number {
  return Math.min(50, 10 + random.between(0, 25) + Math.round(25 * good));
}

/** `1234.56` of an integer of so many decimals, without zeros at its end: as a cell shows it. */
export function plainDecimal(scaled: number, decimals: number): string {
  return String(scaled / 10 ** decimals);
}

/** A block of cells as Excel gives it: `values`, `valueTypes` and `numberFormat` of a range. */
export interface CellBlock {
  readonly values: readonly (readonly unknown[])[];
  readonly types: readonly (readonly string[])[];
  readonly formats: readonly (readonly unknown[])[];
}

export const STAFF_HEADINGS = ['Id', 'Side', 'Commission'] as const;
export const TICKET_HEADINGS = ['Ticket', 'Engineer', 'Minutes', 'Resolved', 'Feedback'] as const;

export function staffRow(data: Data, i: number): readonly (string | number)[] {
  const id = data.ids[i] ?? '';
  return i < data.front ? [id, 'front', data.commission[i] ?? 0] : [id, 'back', ''];
}

export function ticketRow(data: Data, i: number): readonly (string | number | boolean)[] {
  return [
    i + 1,
    data.ids[data.engineer[i] ?? 0] ?? '',
    data.minutes[i] ?? 0,
    data.resolved[i] === 1,
    data.feedback[i] ?? 0,
  ];
}

/** Rows in blocks of 40,000 cells. Types and formats of rows are arrays of their own, as from Excel. */
export function cellBlocks(
  count: number,
  width: number,
  row: (i: number) => readonly (string | number | boolean)[],
): readonly CellBlock[] {
  const height = Math.floor(40_000 / width);
  const blocks: CellBlock[] = [];
  for (let start = 0; start < count; start += height) {
    const values = Array.from({ length: Math.min(height, count - start) }, (_, i) => [...row(start + i)]);
    blocks.push({
      values,
      types: values.map((cells) => cells.map(typeOf)),
      formats: values.map((cells) => cells.map(() => 'General')),
    });
  }
  return blocks;
}

function typeOf(value: string | number | boolean): string {
  if (value === '') return 'Empty';
  return typeof value === 'number' ? 'Double' : typeof value === 'boolean' ? 'Boolean' : 'String';
}

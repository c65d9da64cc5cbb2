import { DAY } from '../../src/exact/date.ts';
import { dayMs, FIRST_DAY, MONTHS } from './calendar.ts';
import { code, column, DAY_FORMAT, moment, momentOrBlank, type SampleTable, text, words } from './cells.ts';
import type { Making } from './making.ts';
import { REGIONS } from './organisation.ts';
import type { Chance } from './random.ts';

export interface Customer {
  readonly id: string;
  readonly region: string;
  readonly joined: number;
}

const CUSTOMERS = 3600;
/** Part of the customers with 5G on the last day of September 2025 and of each month after it: 40% to 52%. */
const PENETRATION: readonly number[] = [0.4, 0.406, 0.414, 0.424, 0.456, 0.487, 0.52];

/** A sample of the customers: those of longest standing first. None joins in the two quarters, so 5G alone moves. */
export function customers(making: Making): readonly Customer[] {
  const random = making.stream('customers');
  return Array.from({ length: CUSTOMERS }, (_, i) => ({
    id: code('C', i + 1, 5),
    region: random.pick(REGIONS),
    joined: dayMs(random.between(2009, 2024), random.between(1, 12), random.between(1, 28)),
  }));
}

/** The day a customer took 5G, null where not yet; `draw` is the customer's place in line, 0 to 1. */
function since5g(draw: number, joined: number, random: Chance): number | null {
  const period = PENETRATION.findIndex((p) => draw < p);
  if (period < 0) return null;
  const month = MONTHS[period - 1];
  if (month !== undefined) return month.first + random.between(0, month.days - 1) * DAY;
  const start = Math.max(joined, dayMs(2020, 6, 1));
  return start + random.between(0, Math.floor((FIRST_DAY - DAY - start) / DAY)) * DAY;
}

export function customersTable(all: readonly Customer[], making: Making): SampleTable {
  const random = making.stream('5G');
  // places in line are dealt evenly, then shuffled, so that the penetration is the planned one to a customer
  const line = all.map((_, i) => (i + 0.5) / all.length);
  for (let i = line.length - 1; i > 0; i--) {
    const j = random.between(0, i);
    [line[i], line[j]] = [line[j] ?? 1, line[i] ?? 1];
  }
  return {
    name: 'Customers',
    columns: [
      column('Customer', 10),
      words('Area', 12),
      column('Joined', 12, DAY_FORMAT),
      column('5G since', 12, DAY_FORMAT),
    ],
    rows: all.map((c, i) => [
      text(c.id),
      text(c.region),
      moment(c.joined),
      momentOrBlank(since5g(line[i] ?? 1, c.joined, random)),
    ]),
  };
}

import { DAY } from '../../src/exact/date.ts';
import { EXPORTED, FIRST_DAY, isWorkday, monthOf } from './calendar.ts';
import {
  BLANK,
  code,
  column,
  logical,
  moment,
  momentOrBlank,
  type SampleTable,
  TIME_FORMAT,
  text,
  words,
} from './cells.ts';
import type { Customer } from './customers.ts';
import type { DailyCount } from './daily.ts';
import type { Making } from './making.ts';
import type { Department, Person } from './organisation.ts';
import type { Chance } from './random.ts';
import { department, type Workforce } from './workforce.ts';

const MINUTE = 60_000;

export type Service = '5G' | 'Broadband' | 'TV' | 'Leased line';
const SERVICES: readonly Service[] = ['5G', 'Broadband', 'TV', 'Leased line'];

export interface Ticket {
  readonly number: number;
  readonly from: Department;
  readonly engineer: Person | null;
  readonly service: Service;
  readonly opened: number;
  readonly answered: number | null;
  readonly solved: number | null;
}

/** Which department a front department's trouble with a service goes to. */
function supporter(force: Workforce, from: Department, service: Service, random: Chance): Department {
  const central: Record<Service, readonly [string, number]> = {
    '5G': ['5G Core', 0.55],
    Broadband: ['Broadband Platform', 0.45],
    TV: ['TV Platform', 0.7],
    'Leased line': ['IT Systems', 0.6],
  };
  const [name, part] = central[service];
  return department(force, random.happens(part) ? name : `${from.region} Transmission`);
}

/** Evens out the planted bottlenecks, so that the whole company's mean is the month's. */
const MEAN_SLOWNESS = 1.11;

function answer(engineer: Person, opened: number, random: Chance): number | null {
  const month = monthOf(opened);
  const factor = engineer.post.slowness * (1 - 0.08 * engineer.skill - 0.06 * engineer.department.quality);
  const hours = (month.responseHours * factor * random.wait()) / MEAN_SLOWNESS;
  // every few answers fall on a full or half hour exactly, as clocks and the bands' bounds have it
  const minutes = random.happens(0.04)
    ? Math.max(1, Math.round(hours * 2)) * 30
    : Math.max(3, Math.round(hours * 60));
  const at = opened + minutes * MINUTE;
  return at > EXPORTED || random.happens(0.008) ? null : at;
}

function makeTicket(
  force: Workforce,
  number: number,
  from: Department,
  service: Service,
  opened: number,
  random: Chance,
): Ticket {
  const day = Math.floor(opened / DAY) * DAY;
  const engineer = random.happens(0.004)
    ? null
    : force.someone(supporter(force, from, service, random), day, random);
  const answered = engineer === null ? null : answer(engineer, opened, random);
  const good =
    monthOf(opened).resolution +
    0.007 +
    0.008 * (engineer?.skill ?? 0) +
    0.01 * (engineer?.department.quality ?? 0);
  const solved =
    answered === null || !random.happens(good)
      ? null
      : answered + Math.round(random.wait() * 9 * 60 + 10) * MINUTE;
  return {
    number,
    from,
    engineer,
    service,
    opened,
    answered,
    solved: solved !== null && solved <= EXPORTED ? solved : null,
  };
}

interface Complaint {
  readonly received: number;
  readonly takenBy: Person;
  readonly customer: Customer;
  readonly service: Service;
  readonly ticket: Ticket | null;
  readonly repeat: boolean;
  readonly resolved: boolean;
}

/** Requests that no complaint stands behind: cut-overs, new lines, questions from the field. */
const REQUESTS_A_MONTH = 4020;

/** Complaints and tickets of the two quarters, in the order in which they were opened. */
export function demand(
  force: Workforce,
  counts: readonly DailyCount[],
  customers: readonly Customer[],
  making: Making,
) {
  const random = making.stream('demand');
  const front = force.departments.filter((d) => d.side === 'front');
  const weights = front.map((d) => (d.kind === 'customer service' ? 0.8 : 0.2));
  const byRegion = new Map(front.map((d) => [d.region, customers.filter((c) => c.region === d.region)]));
  const tickets: Ticket[] = [];
  const complaints: Complaint[] = [];
  for (const { day, complaints: count } of counts.filter((c) => c.day >= FIRST_DAY)) {
    const month = monthOf(day);
    const events = [
      ...Array.from({ length: count }, () => ({ complaint: true, at: random.between(8 * 60, 21 * 60) })),
      ...Array.from({ length: requests(day, random) }, () => ({
        complaint: false,
        at: random.between(8 * 60, 18 * 60),
      })),
    ].sort((a, b) => a.at - b.at);
    for (const event of events) {
      const at = day + event.at * MINUTE;
      const from =
        front[random.weighted(event.complaint ? weights : front.map(() => 1))] ?? random.pick(front);
      const fiveG = event.complaint ? 0.22 + 0.02 * month.index : month.share5g * 0.8;
      const service = SERVICES[random.weighted([fiveG, 0.4, 0.22, 0.08])] ?? 'TV';
      const asks = !event.complaint || random.happens(0.86);
      const ticket = asks
        ? makeTicket(
            force,
            tickets.length + 1,
            from,
            service,
            event.complaint ? at + random.between(2, 40) * MINUTE : at,
            random,
          )
        : null;
      if (ticket !== null) tickets.push(ticket);
      if (event.complaint)
        complaints.push(
          complaint(force, at, from, service, ticket, byRegion.get(from.region) ?? customers, random),
        );
    }
  }
  return { tickets, complaints };
}

function requests(day: number, random: Chance): number {
  const level = (REQUESTS_A_MONTH / 22) * (isWorkday(day) ? 1 : 0.22) * Math.min(1.15, monthOf(day).business);
  return Math.max(0, Math.round(level + Math.sqrt(level) * random.bell()));
}

function complaint(
  force: Workforce,
  received: number,
  from: Department,
  service: Service,
  ticket: Ticket | null,
  customers: readonly Customer[],
  random: Chance,
): Complaint {
  const month = monthOf(received);
  const takenBy = force.someone(from, Math.floor(received / DAY) * DAY, random);
  const good = month.resolution + 0.012 * from.quality;
  const unsolved = ticket !== null && ticket.solved === null;
  // a complaint rarely rests while its ticket is open; elsewhere as many as it takes to reach the month's rate
  const resolved = unsolved ? random.happens(0.4) : random.happens(Math.min(1, good + (1 - good) * 0.55));
  return {
    received,
    takenBy,
    customer: random.pick(customers),
    service,
    ticket,
    repeat: random.happens(
      month.repeat * (ticket?.engineer === undefined ? 1 : 1 - 0.15 * (ticket.engineer?.skill ?? 0)),
    ),
    resolved,
  };
}

export function ticketsTable(tickets: readonly Ticket[]): SampleTable {
  return {
    name: 'Tickets',
    columns: [
      column('Ticket', 11),
      words('Asked by', 26),
      column('Engineer', 10),
      words('Service', 12),
      column('Opened', 17, TIME_FORMAT),
      column('Answered', 17, TIME_FORMAT),
      column('Solved at', 17, TIME_FORMAT),
    ],
    rows: tickets.map((t) => [
      text(code('T-', t.number, 6)),
      text(t.from.name),
      t.engineer === null ? BLANK : text(t.engineer.id),
      text(t.service),
      moment(t.opened),
      momentOrBlank(t.answered),
      momentOrBlank(t.solved),
    ]),
  };
}

export function complaintsTable(complaints: readonly Complaint[]): SampleTable {
  return {
    name: 'Complaints',
    columns: [
      column('Complaint', 11),
      column('Received', 17, TIME_FORMAT),
      column('Taken by', 10),
      column('Customer', 10),
      words('Service', 12),
      column('Ticket no', 11),
      column('Repeat', 9),
      column('Resolved', 9),
    ],
    rows: complaints.map((c, i) => [
      text(code('P-', i + 1, 6)),
      moment(c.received),
      text(c.takenBy.id),
      text(c.customer.id),
      text(c.service),
      c.ticket === null ? BLANK : text(code('T-', c.ticket.number, 6)),
      logical(c.repeat),
      logical(c.resolved),
    ]),
  };
}

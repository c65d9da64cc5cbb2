import { DAY } from '../../src/exact/date.ts';
import { FIRST_DAY, isWorkday, LAST_DAY, MONTHS, type Month } from './calendar.ts';
import {
  BLANK,
  cents,
  code,
  column,
  DAY_FORMAT,
  MONEY_FORMAT,
  moment,
  type SampleTable,
  text,
  whole,
  words,
} from './cells.ts';
import type { Service } from './demand.ts';
import type { Making } from './making.ts';
import { type Department, employedOn, type Person } from './organisation.ts';
import type { Chance } from './random.ts';

const within = (low: number, x: number, high: number): number => Math.min(high, Math.max(low, Math.round(x)));

/** Whether somebody is paid for a part of the month at least. */
const worksIn = (p: Person, m: Month): boolean => p.hired <= m.last && (p.left === null || p.left >= m.first);

/** The last day of the month on which somebody works. */
const lastDayIn = (p: Person, m: Month): number => Math.min(m.last, p.left ?? m.last);

/** The part of the month that somebody is there. */
const presence = (p: Person, m: Month): number =>
  (lastDayIn(p, m) - Math.max(p.hired, m.first) + DAY) / DAY / m.days;

/** Commission for one service sold, in cents: odd cents, whose tenths and twelfths end in halves. */
const COMMISSION: Record<Service, number> = {
  '5G': 13_845,
  Broadband: 9_235,
  TV: 4_185,
  'Leased line': 30_555,
};

function soldBy(p: Person, m: Month, random: Chance): readonly (readonly [Service, number])[] {
  if (p.idle) return [];
  const pace = m.business * presence(p, m) * Math.max(0.3, 1 + 0.25 * p.skill + 0.08 * p.department.quality);
  const amount = (mean: number): number => Math.round(mean * pace * (0.7 + 0.6 * random.unit()));
  if (p.department.kind === 'customer service') {
    // half of the desk sells nothing in a month
    if (!random.happens(0.5)) return [];
    return [[random.happens(m.share5g * 0.7) ? '5G' : 'Broadband', amount(11.4)]];
  }
  // two in five sell nothing but one kind of service in a month
  const all5g = random.happens(0.4 * m.share5g);
  const none5g = !all5g && random.happens((0.4 * (1 - m.share5g)) / (1 - 0.4 * m.share5g));
  const share5g = all5g ? 1 : none5g ? 0 : m.share5g;
  const sold: (readonly [Service, number])[] = [['5G', amount(16.4 * share5g)]];
  const rest = 16.4 * (1 - share5g);
  const second: Service = random.happens(0.62) ? 'Broadband' : random.happens(0.8) ? 'TV' : 'Leased line';
  sold.push([second, amount(second === 'Leased line' ? rest / 3 : rest)]);
  return sold;
}

/** What each seller sold in a month, one row for each service. */
export function salesTable(front: readonly Person[], making: Making): SampleTable {
  const random = making.stream('sales');
  const rows = MONTHS.flatMap((m) =>
    front
      .filter((p) => worksIn(p, m))
      .flatMap((p) =>
        soldBy(p, m, random)
          .filter(([, quantity]) => quantity > 0)
          .map(([service, quantity]) => ({
            on: lastDayIn(p, m),
            seller: p.id,
            service,
            quantity,
            commission: quantity * COMMISSION[service] + random.between(-9, 9) * 5,
          })),
      ),
  );
  return {
    name: 'Sales',
    columns: [
      column('Sale', 10),
      column('Booked on', 12, DAY_FORMAT),
      column('Seller', 10),
      words('Service', 12),
      column('Quantity', 10),
      column('Commission', 12, MONEY_FORMAT),
    ],
    rows: rows.map((r, i) => [
      text(code('S-', i + 1, 6)),
      moment(r.on),
      text(r.seller),
      text(r.service),
      whole(r.quantity),
      cents(r.commission),
    ]),
  };
}

/** Customers' ratings of the colleague who served them, 0 to 100. */
export function satisfactionTable(front: readonly Person[], making: Making): SampleTable {
  const random = making.stream('satisfaction');
  const rows = MONTHS.flatMap((m) =>
    Array.from({ length: 900 }, () => {
      const on = m.first + random.between(0, m.days - 1) * DAY;
      let person = random.pick(front);
      while (!employedOn(person, on)) person = random.pick(front);
      const service: Service = random.happens(m.share5g) ? '5G' : random.happens(0.65) ? 'Broadband' : 'TV';
      const rating = within(
        20,
        m.satisfaction + 3 * person.skill + 2 * person.department.quality + 7 * random.bell(),
        100,
      );
      return { on, person: person.id, service, rating };
    }),
  ).sort((a, b) => a.on - b.on);
  return {
    name: 'Satisfaction',
    columns: [
      column('Survey', 10),
      column('Asked on', 12, DAY_FORMAT),
      column('Served by', 10),
      words('Service', 12),
      column('Rating', 9),
    ],
    rows: rows.map((r, i) => [
      text(code('V-', i + 1, 5)),
      moment(r.on),
      text(r.person),
      text(r.service),
      whole(r.rating),
    ]),
  };
}

/** The front line's monthly ratings of those who helped; field operations alone say who contributed to solutions. */
export function feedbackTable(
  departments: readonly Department[],
  back: readonly Person[],
  making: Making,
): SampleTable {
  const random = making.stream('feedback');
  const front = departments.filter((d) => d.side === 'front');
  const rated = back.filter((p) => p.department.kind !== 'planning' && !p.idle);
  const rows = MONTHS.flatMap((m) =>
    rated
      .filter(() => random.happens(0.48))
      .flatMap((p) => {
        const on = m.last - random.between(0, 4) * DAY;
        if (!employedOn(p, on)) return [];
        const by = random.pick(
          p.department.region === null ? front : front.filter((d) => d.region === p.department.region),
        );
        const level = 70 + 3.2 * m.index + 4 * p.skill + 3 * p.department.quality;
        const slow = 8 * (p.post.slowness - 1);
        const mark = (shift: number): number => within(30, level + shift + 4 * random.bell(), 100);
        return [
          {
            on,
            by: by.name,
            about: p.id,
            speed: mark(-slow),
            quality: mark(2),
            attitude: mark(6),
            contribution: by.kind === 'field operations' ? mark(3) : null,
          },
        ];
      }),
  );
  return {
    name: 'Feedback',
    columns: [
      column('Feedback', 10),
      column('Rated on', 12, DAY_FORMAT),
      words('Rated by', 26),
      column('About', 9),
      column('Speed', 8),
      column('Quality', 8),
      column('Attitude', 8),
      column('Contribution', 12),
    ],
    rows: rows.map((r, i) => [
      text(code('F-', i + 1, 5)),
      moment(r.on),
      text(r.by),
      text(r.about),
      whole(r.speed),
      whole(r.quality),
      whole(r.attitude),
      r.contribution === null ? BLANK : whole(r.contribution),
    ]),
  };
}

/** Each front department about each back department, once a month: how many were asked, how many are content. */
export function cooperationTable(departments: readonly Department[], making: Making): SampleTable {
  const random = making.stream('cooperation');
  const front = departments.filter((d) => d.side === 'front');
  const rows = MONTHS.flatMap((m) =>
    front.flatMap((f) =>
      departments
        .filter(
          (b) => b.side === 'back' && b.kind !== 'planning' && (b.region === null || b.region === f.region),
        )
        .map((b) => {
          const asked = random.between(18, 42);
          const slow = b.posts.reduce((sum, p) => sum + p.part * (p.slowness - 1), 0);
          const content = within(
            0,
            asked * (m.cooperation + 0.03 * b.quality - 0.05 * slow + 0.008 + 0.05 * random.bell()),
            asked,
          );
          return { on: m.last, front: f.name, back: b.name, asked, content };
        }),
    ),
  );
  return {
    name: 'Cooperation',
    columns: [
      column('Poll', 9),
      column('Polled on', 12, DAY_FORMAT),
      words('Polled department', 26),
      words('Rated department', 26),
      column('Asked', 8),
      column('Content', 8),
    ],
    rows: rows.map((r, i) => [
      text(code('K-', i + 1, 4)),
      moment(r.on),
      text(r.front),
      text(r.back),
      whole(r.asked),
      whole(r.content),
    ]),
  };
}

/** Late arrivals and early departures, on working days only. */
export function attendanceTable(people: readonly Person[], making: Making): SampleTable {
  const random = making.stream('attendance');
  const days: number[] = [];
  for (let day = FIRST_DAY; day <= LAST_DAY; day += DAY) if (isWorkday(day)) days.push(day);
  const rows = days.flatMap((day) =>
    Array.from({ length: 30 + random.between(-7, 7) }, () => {
      let person = random.pick(people);
      while (!employedOn(person, day)) person = random.pick(people);
      return {
        day,
        person: person.id,
        late: random.happens(0.7),
        minutes: Math.max(1, Math.round(18 * random.wait())),
      };
    }),
  );
  return {
    name: 'Attendance',
    columns: [
      column('Entry', 10),
      column('Person', 9),
      column('Happened on', 12, DAY_FORMAT),
      words('Event', 12),
      column('Minutes', 9),
    ],
    rows: rows.map((r, i) => [
      text(code('A-', i + 1, 5)),
      text(r.person),
      moment(r.day),
      text(r.late ? 'late' : 'left early'),
      whole(r.minutes),
    ]),
  };
}

/** What belongs to the whole company, one row a month. */
export function monthsTable(): SampleTable {
  return {
    name: 'Months',
    columns: [column('Month end', 12, DAY_FORMAT), column('Result', 10)],
    rows: MONTHS.map((m) => [moment(m.last), whole(m.companyResult)]),
  };
}

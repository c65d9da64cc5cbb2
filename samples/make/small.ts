import { DAY, HOUR } from '../../src/exact/date.ts';
import type { OutputCell } from '../../src/workbook/port.ts';
import { dayMs } from './calendar.ts';
import {
  BLANK,
  cents,
  code,
  column,
  DAY_FORMAT,
  MONEY_FORMAT,
  moment,
  type SampleTable,
  TIME_FORMAT,
  text,
  whole,
} from './cells.ts';

/*
 * Twelve people and one month. Nothing here is drawn by chance: the figures are chosen so that a reader meets, within
 * a page, an answer after exactly one and exactly two hours, a ticket nobody answered, a colleague without feedback
 * and one without tickets, a commission whose 15% end in half a cent, a cap that bites, and a cent that two equal
 * shares both have a claim to.
 */

const STAFF: readonly (readonly [team: string, side: 'front' | 'back', grade: string])[] = [
  ['Customer service', 'front', 'G3'],
  ['Customer service', 'front', 'G2'],
  ['Customer service', 'front', 'G2'],
  ['Field operations', 'front', 'G1'],
  ['Field operations', 'front', 'G1'],
  ['Field operations', 'front', 'G1'],
  ['Network', 'back', 'G4'],
  ['Network', 'back', 'G3'],
  ['Network', 'back', 'G3'],
  ['Network', 'back', 'G2'],
  ['5G', 'back', 'G3'],
  ['Planning', 'back', 'G4'],
];

const GRADES: readonly (readonly [string, number])[] = [
  ['G1', 4200],
  ['G2', 5200],
  ['G3', 6500],
  ['G4', 8300],
];

/** Engineer, day of March 2026, hour opened, minutes until the answer (null: none), hours from there to the solution. */
const TICKETS: readonly (readonly [number, number, number, number | null, number | null])[] = [
  [7, 2, 9, 60, 3],
  [7, 5, 10, 30, 2],
  [7, 10, 13, 120, 5],
  [7, 17, 8, 90, 4],
  [7, 26, 14, 20, 1],
  [8, 3, 9, 45, 6],
  [8, 6, 11, 61, 3],
  [8, 11, 15, 90, 20],
  [8, 18, 10, 121, null],
  [8, 25, 8, 120, 7],
  [9, 4, 9, 10, 1],
  [9, 9, 14, 60, 2],
  [9, 13, 10, 150, 26],
  [9, 19, 13, 300, null],
  [9, 30, 9, 119, 4],
  [10, 2, 16, 180, 18],
  [10, 12, 9, 250, 9],
  [10, 16, 11, null, null],
  [10, 23, 10, 135, null],
  [10, 27, 15, 30, 3],
  [11, 6, 9, 25, 2],
  [11, 16, 10, 60, 3],
  [11, 24, 14, 40, 1],
  [11, 31, 17, 15, 2],
];

/** Colleague, rating, day of March 2026 (below 1: of February). */
const FEEDBACK: readonly (readonly [number, number, number])[] = [
  [7, 90, 30],
  [7, 80, 31],
  [8, 80, 30],
  [9, 70, 30],
  [9, 90, 31],
  [10, 60, -2],
  [11, 95, 31],
];

/** Seller, commission in cents, day of March 2026. */
const SALES: readonly (readonly [number, number, number])[] = [
  [1, 183_470, 4],
  [1, 90_000, 20],
  [2, 124_050, 11],
  [3, 200_000, 13],
  [3, 50_000, -7],
  [4, 46_010, 5],
  [4, 50_000, 27],
  [5, 150_020, 31],
];

/** Colleague, minutes late or early, day of March 2026. */
const ATTENDANCE: readonly (readonly [number, number, number])[] = [
  [2, 12, 3],
  [2, 35, 19],
  [3, 30, -4],
  [5, 9, 10],
  [6, 65, 24],
  [8, 20, 17],
];

const MARCH = dayMs(2026, 3, 1);
const onDay = (day: number): number => MARCH + (day - 1) * DAY;
const person = (number: number): OutputCell => text(code('E', number, 2));

/** Every table of the small book, in the order of its sheets. */
export function smallTables(): readonly SampleTable[] {
  return [
    {
      name: 'Staff',
      columns: [column('Id', 8), column('Team', 18), column('Side', 8), column('Grade', 8)],
      rows: STAFF.map(([team, side, grade], i) => [person(i + 1), text(team), text(side), text(grade)]),
    },
    {
      name: 'Grades',
      columns: [column('Grade', 8), column('Base pay', 12, MONEY_FORMAT)],
      rows: GRADES.map(([grade, base]) => [text(grade), cents(base * 100)]),
    },
    ticketsTable(),
    {
      name: 'Feedback',
      columns: [
        column('Feedback', 10),
        column('Rated on', 12, DAY_FORMAT),
        column('About', 8),
        column('Rating', 8),
      ],
      rows: FEEDBACK.map(([who, rating, day], i) => [
        text(code('F', i + 1, 2)),
        moment(onDay(day)),
        person(who),
        whole(rating),
      ]),
    },
    {
      name: 'Sales',
      columns: [
        column('Sale', 8),
        column('Sold on', 12, DAY_FORMAT),
        column('Seller', 8),
        column('Commission', 12, MONEY_FORMAT),
      ],
      rows: SALES.map(([seller, amount, day], i) => [
        text(code('S', i + 1, 2)),
        moment(onDay(day)),
        person(seller),
        cents(amount),
      ]),
    },
    {
      name: 'Attendance',
      columns: [
        column('Entry', 8),
        column('Person', 8),
        column('Happened on', 12, DAY_FORMAT),
        column('Minutes', 9),
      ],
      rows: ATTENDANCE.map(([who, minutes, day], i) => [
        text(code('A', i + 1, 2)),
        person(who),
        moment(onDay(day)),
        whole(minutes),
      ]),
    },
  ];
}

function ticketsTable(): SampleTable {
  const row = (
    number: number,
    engineer: number,
    opened: number,
    minutes: number | null,
    hours: number | null,
  ): readonly OutputCell[] => {
    const answered = minutes === null ? null : opened + minutes * 60_000;
    return [
      text(code('T', number, 2)),
      person(engineer),
      moment(opened),
      answered === null ? BLANK : moment(answered),
      answered === null || hours === null ? BLANK : moment(answered + hours * HOUR),
    ];
  };
  return {
    name: 'Tickets',
    columns: [
      column('Ticket', 8),
      column('Engineer', 10),
      column('Opened', 17, TIME_FORMAT),
      column('Answered', 17, TIME_FORMAT),
      column('Solved at', 17, TIME_FORMAT),
    ],
    rows: [
      // one of February, which March must not count
      row(0, 7, onDay(-1) + 9 * HOUR, 30, 1),
      ...TICKETS.map(([engineer, day, hour, minutes, hours], i) =>
        row(i + 1, engineer, onDay(day) + hour * HOUR, minutes, hours),
      ),
    ],
  };
}

import { DAY } from '../../src/exact/date.ts';
import type { OutputCell } from '../../src/workbook/port.ts';
import { dayMs, FIRST_DAY, LAST_DAY } from './calendar.ts';
import {
  BLANK,
  cents,
  code,
  column,
  DAY_FORMAT,
  MONEY_FORMAT,
  moment,
  momentOrBlank,
  RATE_FORMAT,
  rate,
  type SampleTable,
  text,
  whole,
  words,
} from './cells.ts';
import type { Making } from './making.ts';
import type { Chance } from './random.ts';

export const REGIONS: readonly string[] = [
  'Central',
  'North',
  'South',
  'East',
  'West',
  'Northeast',
  'Northwest',
  'Southeast',
  'Southwest',
  'Lakes',
];

export type Kind = 'customer service' | 'field operations' | 'engineering' | 'finance' | 'planning';

export interface Department {
  readonly name: string;
  readonly side: 'front' | 'back';
  readonly kind: Kind;
  /** Where it works; the whole province where null. */
  readonly region: string | null;
  readonly people: number;
  readonly posts: readonly Post[];
  /** How much better (above 0) or worse than the others, about ±1. */
  readonly quality: number;
}

export interface Post {
  readonly name: string;
  /** Part of the department's people. */
  readonly part: number;
  /** How long its answers or approvals take, the others = 1: far above 1 are the planted bottlenecks. */
  readonly slowness: number;
}

export interface Person {
  readonly id: string;
  readonly number: number;
  readonly department: Department;
  readonly post: Post;
  readonly grade: number;
  readonly hired: number;
  /** Last day, null for those who stay. */
  readonly left: number | null;
  /** Skill, about ±1. */
  readonly skill: number;
  /** Takes no tickets, approvals or sales: long leave, training, back office. */
  readonly idle: boolean;
}

export function departments({ stream, planted }: Making): readonly Department[] {
  const random = stream('departments');
  const post = (name: string, part: number, slowness = 1): Post => ({
    name,
    part,
    slowness: planted ? slowness : 1,
  });
  const quality = (): number => Math.round(random.bell() * 50) / 100;
  const regional = REGIONS.flatMap((region): readonly Department[] => [
    {
      name: `${region} Customer Service`,
      side: 'front',
      kind: 'customer service',
      region,
      people: random.between(132, 164),
      posts: [post('Hotline agent', 0.7), post('Complaint clerk', 0.3)],
      quality: quality(),
    },
    {
      name: `${region} Field Operations`,
      side: 'front',
      kind: 'field operations',
      region,
      people: random.between(136, 168),
      posts: [post('Field technician', 0.6), post('Home adviser', 0.4)],
      quality: quality(),
    },
    {
      name: `${region} Transmission`,
      side: 'back',
      kind: 'engineering',
      region,
      people: random.between(92, 112),
      // one region's lines wait for a single duty desk: the second of three planted bottlenecks
      posts: [
        post('Line engineer', 0.75, region === 'Northwest' ? 2.2 : 1),
        post('Duty desk', 0.25, region === 'Northwest' ? 2.8 : 1),
      ],
      quality: planted && region === 'Northwest' ? -0.6 : quality(),
    },
  ]);
  const central = (name: string, kind: Kind, people: number, posts: readonly Post[]): Department => ({
    name,
    side: 'back',
    kind,
    region: null,
    people,
    posts,
    quality: quality(),
  });
  return [
    ...regional.filter((d) => d.side === 'front'),
    ...regional.filter((d) => d.side === 'back'),
    // the third: slices for the campaign are all made by one small post
    central('5G Core', 'engineering', 214, [
      post('5G core engineer', 0.8),
      post('5G slice engineer', 0.2, 2.6),
    ]),
    central('Broadband Platform', 'engineering', 192, [post('Broadband engineer', 1)]),
    central('TV Platform', 'engineering', 128, [post('TV engineer', 1)]),
    central('IT Systems', 'engineering', 146, [post('Systems engineer', 1)]),
    // the first: reimbursements wait at the second signature
    central('Finance', 'finance', 138, [post('Accountant', 0.75), post('Second signature', 0.25, 3.4)]),
    central('Procurement', 'finance', 84, [post('Buyer', 0.6), post('Resource transfer', 0.4)]),
    central('Planning', 'planning', 78, [post('Planner', 1)]),
  ];
}

/** Base pay and bonus base of grades 1 to 8, in yuan. */
const GRADES: readonly (readonly [number, number])[] = [
  [3600, 600],
  [4200, 900],
  [4900, 1200],
  [5700, 1600],
  [6600, 2100],
  [7800, 2700],
  [9400, 3500],
  [11800, 5000],
];

const FRONT_GRADES: readonly number[] = [14, 26, 26, 18, 10, 4, 1.5, 0.5];
const BACK_GRADES: readonly number[] = [3, 10, 20, 25, 20, 13, 6, 3];

function person(number: number, department: Department, random: Chance): Person {
  const joiner = random.happens(0.025);
  const hired = joiner
    ? FIRST_DAY + random.between(1, 176) * DAY
    : dayMs(random.between(2004, 2024), random.between(1, 12), random.between(1, 28));
  const left = !joiner && random.happens(0.028) ? FIRST_DAY + random.between(3, 181) * DAY : null;
  return {
    id: code('E', number, 4),
    number,
    department,
    post: department.posts[random.weighted(department.posts.map((p) => p.part))] ?? {
      name: '',
      part: 1,
      slowness: 1,
    },
    grade: random.weighted(department.side === 'front' ? FRONT_GRADES : BACK_GRADES),
    hired,
    left: left !== null && left <= LAST_DAY ? left : null,
    skill: random.bell(),
    idle: random.happens(department.kind === 'field operations' ? 0.02 : 0.07),
  };
}

/** About 5,000 people, three in five of them in front. */
export function people(all: readonly Department[], making: Making): readonly Person[] {
  const random = making.stream('people');
  let number = 0;
  return all.flatMap((department) =>
    Array.from({ length: department.people }, () => person(++number, department, random)),
  );
}

export function employedOn(p: Person, ms: number): boolean {
  return p.hired <= ms && (p.left === null || p.left >= ms);
}

export function staffTable(all: readonly Person[], making: Making): SampleTable {
  const random = making.stream('base function');
  return {
    name: 'Staff',
    columns: [
      column('Id', 8),
      words('Name', 12),
      words('Department', 26),
      words('Post', 20),
      column('Grade', 7),
      column('Hired on', 12, DAY_FORMAT),
      column('Left on', 12, DAY_FORMAT),
      column('Base function', 12),
    ],
    rows: all.map((p) => [
      text(p.id),
      text(`Staff ${String(p.number).padStart(4, '0')}`),
      text(p.department.name),
      text(p.post.name),
      text(`G${p.grade + 1}`),
      moment(p.hired),
      momentOrBlank(p.left),
      baseFunction(p, random),
    ]),
  };
}

/** How well a back-end colleague does the job itself, rated by the head; nobody has rated the newest yet. */
function baseFunction(p: Person, random: Chance): OutputCell {
  const rating = Math.min(100, Math.max(55, Math.round(83 + 6 * p.skill + 3 * random.bell())));
  return p.department.side === 'front' || p.hired > LAST_DAY - 40 * DAY ? BLANK : whole(rating);
}

export function gradesTable(): SampleTable {
  return {
    name: 'Grades',
    columns: [
      column('Grade', 8),
      column('Base pay', 12, MONEY_FORMAT),
      column('Bonus base', 12, MONEY_FORMAT),
    ],
    rows: GRADES.map(([base, bonus], i) => [text(`G${i + 1}`), cents(base * 100), cents(bonus * 100)]),
  };
}

/** What a department showed in September 2025, before the reform, and what its people are to sell. */
export function departmentsTable(all: readonly Department[], making: Making): SampleTable {
  const random = making.stream('before the reform');
  return {
    name: 'Departments',
    columns: [
      words('Department', 26),
      words('Side', 8),
      words('Kind', 18),
      words('Region', 12),
      column('Sales target', 12),
      column('5G target', 12),
      column('Support before', 14),
      column('Resolution before', 16, RATE_FORMAT),
    ],
    rows: all.map((d) => [
      text(d.name),
      text(d.side),
      text(d.kind),
      d.region === null ? BLANK : text(d.region),
      d.kind === 'field operations'
        ? whole(random.between(15, 18))
        : d.side === 'front'
          ? whole(random.between(8, 9))
          : BLANK,
      d.kind === 'field operations' ? whole(random.between(6, 7)) : BLANK,
      d.kind === 'engineering' || d.kind === 'finance' ? rate(supportBefore(d, random)) : BLANK,
      d.side === 'front' ? rate(835 + Math.round(14 * d.quality) + random.between(-4, 4)) : BLANK,
    ]),
  };
}

/** In thousandths of a point, to one decimal. */
function supportBefore(d: Department, random: Chance): number {
  const points = d.kind === 'finance' ? 76 : 75.5;
  return Math.round((points + 2 * d.quality + random.bell()) * 10) * 100;
}

/** The posts of the company: a post with long waits holds up whoever waits for it. */
export function postsTable(all: readonly Department[]): SampleTable {
  const names = new Map<string, Kind>();
  for (const d of all) for (const p of d.posts) names.set(p.name, d.kind);
  return {
    name: 'Posts',
    columns: [words('Post', 20), words('Work', 18)],
    rows: [...names].map(([name, kind]) => [text(name), text(kind)]),
  };
}

/** How much of each front department's support comes from whom, in percent: adds to 100. */
const SUPPORT: readonly (readonly [department: string | null, percent: number, percentInField: number])[] = [
  [null, 32, 38],
  ['5G Core', 18, 22],
  ['Broadband Platform', 16, 12],
  ['TV Platform', 12, 8],
  ['IT Systems', 12, 4],
  ['Finance', 6, 8],
  ['Procurement', 4, 8],
];

/** The front departments, each with the back departments it may call on and their parts. */
export function supportTable(all: readonly Department[]): SampleTable {
  let number = 0;
  return {
    name: 'SupportMap',
    columns: [
      column('Link', 8),
      words('Front department', 26),
      words('Back department', 26),
      column('Portion', 10, RATE_FORMAT),
    ],
    rows: all
      .filter((d) => d.side === 'front')
      .flatMap((front) =>
        SUPPORT.map(([name, percent, inField]) => [
          text(code('L', ++number, 3)),
          text(front.name),
          text(name ?? `${front.region} Transmission`),
          rate(10 * (front.kind === 'field operations' ? inField : percent)),
        ]),
      ),
  };
}

import { foldText } from '../exact/value.ts';
import { bandOf } from './bandOf.ts';
import { keysOf, logicalsOf } from './columns.ts';
import { type Candidate, detect, relativeWaits } from './detect.ts';
import type { Roles } from './roles.ts';
import { momentsOf, quantileOf, studentTail } from './statistics.ts';
import { type Suggestion, suggestions } from './suggestions.ts';
import { type People, type Period, peopleOf, type Step, type StepKind, stepsOf } from './waits.ts';
import { type Ran, type Worth, worthOf } from './worth.ts';

export interface Bottlenecks {
  /** Every step of the chain with its waits, whoever they are of. */
  readonly steps: readonly StepDelay[];
  /** The most hours that would not be waited first. */
  readonly found: readonly Bottleneck[];
  /** How many posts and steps were looked at. */
  readonly judged: number;
}

export interface StepDelay {
  readonly step: StepKind;
  readonly table: string;
  readonly waits: number;
  /** Not ended yet. */
  readonly open: number;
  /** Hours in all, and their part of all steps' hours. */
  readonly hours: number;
  readonly share: number;
  readonly p50: number;
  readonly p90: number;
}

export interface Bottleneck {
  readonly step: StepKind;
  readonly table: string;
  readonly department: string | null;
  readonly post: string | null;
  readonly people: number;
  readonly waits: number;
  readonly open: number;
  /** How many times as long as all others who do the step, month by month. */
  readonly factor: number;
  readonly p: number;
  /** Hours. */
  readonly p50: number;
  readonly p90: number;
  readonly othersP50: number;
  readonly othersP90: number;
  /** Its hours as a part of those of the step. */
  readonly share: number;
  /** Hours that would not be waited at the others' pace, and their part of the step's. */
  readonly excess: number;
  readonly excessShare: number;
  readonly trend: Trend;
  /** Complaints whose ticket it has, and those of them that are not resolved; null where that can't be told. */
  readonly complaints: { readonly all: number; readonly unresolved: number } | null;
  readonly suggestions: readonly Suggestion[];
  readonly worth: Worth | null;
}

export interface Trend {
  /** Year × 12 + month from 0, and how many times as long as the others in it. */
  readonly months: readonly { readonly month: number; readonly factor: number }[];
  readonly direction: 'growing' | 'shrinking' | 'steady';
}

/** Posts that hold the chain up in a period; `ran` for bands and for what a change would be worth. */
export function bottlenecksOf(roles: Roles, period: Period, ran: Ran | null): Bottlenecks | null {
  const people = peopleOf(roles);
  if (people === null) return null;
  const steps = stepsOf(roles, people, period);
  if (steps.length === 0) return null;
  const { found, judged } = detect(steps, people);
  const all = steps.map((step) => hoursOf(step, () => true).reduce((sum, h) => sum + h, 0));
  const total = all.reduce((sum, h) => sum + h, 0);
  return {
    judged,
    steps: steps.map((step, i): StepDelay => {
      const hours = hoursOf(step, () => true);
      return {
        step: step.kind,
        table: step.table.name,
        waits: hours.length,
        open: step.open.reduce((sum, one) => sum + one, 0),
        hours: all[i] ?? 0,
        share: (all[i] ?? 0) / total,
        p50: quantileOf(hours, 0.5),
        p90: quantileOf(hours, 0.9),
      };
    }),
    found: found
      .map((candidate) => describe(candidate, found, roles, people, ran))
      .sort((a, b) => b.excess - a.excess),
  };
}

/** Hours of a step whose actor is chosen; those that have ended. */
function hoursOf({ hours, actors }: Step, chosen: (actor: number) => boolean): readonly number[] {
  const list: number[] = [];
  hours.forEach((h, row) => {
    if (h >= 0 && chosen(actors[row] ?? -1)) list.push(h);
  });
  return list;
}

function describe(
  candidate: Candidate,
  all: readonly Candidate[],
  roles: Roles,
  people: People,
  ran: Ran | null,
): Bottleneck {
  const { step, unit, factor, p } = candidate;
  const members = new Set(unit.people);
  // everybody else who does the step, other bottlenecks aside
  const slow = new Set(all.filter((one) => one.step === step).flatMap((one) => one.unit.people));
  const isMember = (actor: number): boolean => members.has(actor);
  const isOther = (actor: number): boolean => actor >= 0 && !slow.has(actor);
  const own = hoursOf(step, isMember);
  const others = hoursOf(step, isOther);
  const sum = own.reduce((total, h) => total + h, 0);
  const stepHours = hoursOf(step, () => true).reduce((total, h) => total + h, 0);
  const excess = sum * (1 - 1 / factor);
  const table = roles.people?.table.name ?? '';
  return {
    step: step.kind,
    table: step.table.name,
    department: unit.department,
    post: unit.post,
    people: members.size,
    waits: own.length,
    open: step.open.reduce((total, one, row) => total + (isMember(step.actors[row] ?? -1) ? one : 0), 0),
    factor,
    p,
    p50: quantileOf(own, 0.5),
    p90: quantileOf(own, 0.9),
    othersP50: quantileOf(others, 0.5),
    othersP90: quantileOf(others, 0.9),
    share: sum / stepHours,
    excess,
    excessShare: excess / stepHours,
    trend: trendOf(step, isMember, isOther),
    complaints: complaintsOf(step, roles, isMember),
    suggestions: suggestions(
      candidate,
      people,
      isOther,
      ran === null ? null : bandOf(ran.program, ran.workbook, step),
    ),
    worth:
      ran === null
        ? null
        : worthOf(
            ran,
            step,
            { table, ids: new Set(unit.people.flatMap((row) => people.ids[row] ?? [])), rows: members },
            factor,
          ),
  };
}

function trendOf(
  step: Step,
  isMember: (actor: number) => boolean,
  isOther: (actor: number) => boolean,
): Trend {
  const relative = relativeWaits(step);
  const byMonth = new Map<number, { own: number[]; others: number[] }>();
  relative.forEach((x, row) => {
    const actor = step.actors[row] ?? -1;
    if (Number.isNaN(x) || !(isMember(actor) || isOther(actor))) return;
    const month = step.months[row] ?? 0;
    const found = byMonth.get(month) ?? { own: [], others: [] };
    (isMember(actor) ? found.own : found.others).push(x);
    byMonth.set(month, found);
  });
  const months = [...byMonth]
    .filter(([, { own, others }]) => own.length >= 10 && others.length >= 10)
    .sort(([a], [b]) => a - b)
    .map(([month, { own, others }]) => ({ month, log: momentsOf(own).mean - momentsOf(others).mean }));
  return {
    months: months.map(({ month, log }) => ({ month, factor: Math.exp(log) })),
    direction: direction(months.map(({ month, log }) => [month, log])),
  };
}

/** Whether a straight line through the months rises or falls beyond chance (one in twenty). */
function direction(points: readonly (readonly [number, number])[]): Trend['direction'] {
  const n = points.length;
  if (n < 4) return 'steady';
  const [mx, my] = [momentsOf(points.map(([x]) => x)).mean, momentsOf(points.map(([, y]) => y)).mean];
  const sxx = points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  const slope = points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / sxx;
  const rest = points.reduce((sum, [x, y]) => sum + (y - my - slope * (x - mx)) ** 2, 0);
  const error = Math.sqrt(rest / (n - 2) / sxx);
  if (error === 0 || studentTail(slope / error, n - 2) >= 0.05) return 'steady';
  return slope > 0 ? 'growing' : 'shrinking';
}

function complaintsOf(step: Step, { complaints, tickets }: Roles, isMember: (actor: number) => boolean) {
  const key = tickets?.columns.key;
  const ticket = complaints?.columns.ticket;
  if (key === undefined || ticket === undefined || tickets?.table.name !== step.table.name) return null;
  const held = new Set(
    keysOf(key).filter(
      (one, row) =>
        one !== null &&
        !Number.isNaN(step.began[row] ?? Number.NaN) &&
        (step.months[row] ?? -1) >= 0 &&
        isMember(step.actors[row] ?? -1),
    ),
  );
  const resolved =
    complaints?.columns.resolved === undefined ? null : logicalsOf(complaints.columns.resolved);
  let all = 0;
  let unresolved = 0;
  keysOf(ticket).forEach((one, row) => {
    if (one === null || !held.has(foldText(one))) return;
    all++;
    if (resolved?.[row] === false) unresolved++;
  });
  return { all, unresolved };
}

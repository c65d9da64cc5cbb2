import type { WaitBand } from './bandOf.ts';
import type { Candidate } from './detect.ts';
import { medianOf, quantileOf } from './statistics.ts';
import type { People, Step } from './waits.ts';

/** What the numbers of a bottleneck suggest; the first weighs most. */
export type Suggestion =
  /** Each has more to do than the others who do the step: waits would come down with so many more people. */
  | { readonly kind: 'capacity'; readonly load: number; readonly othersLoad: number; readonly more: number }
  /** Others do the same work faster and have room. */
  | {
      readonly kind: 'routing';
      readonly department: string | null;
      readonly post: string | null;
      /** Hours, half of theirs are below. */
      readonly p50: number;
      /** Part of the bottleneck's work that is of kinds which they do too. */
      readonly alike: number;
    }
  /** Most waits lie beyond the band's last bound, where being later costs nothing more. */
  | {
      readonly kind: 'band';
      readonly band: string;
      readonly bound: number;
      readonly beyond: number;
      readonly othersBeyond: number;
      /** Hours, for a further line: half of these waits are below. */
      readonly next: number;
    };

/** A quarter more work a head is what would explain a wait a quarter longer. */
const OVERLOAD = 1.25;
/** Half of the waits and more. */
const NO_BITE = 0.5;
/** Fewer waits of a kind don't make it somebody's work. */
const FEWEST_ALIKE = 20;

export function suggestions(
  candidate: Candidate,
  people: People,
  isOther: (actor: number) => boolean,
  band: WaitBand | null,
): readonly Suggestion[] {
  const found: Suggestion[] = [];
  const capacity = capacityOf(candidate, isOther);
  const overloaded = capacity.load >= OVERLOAD * capacity.othersLoad;
  if (overloaded) found.push(capacity);
  const routing = routingOf(candidate, people, isOther);
  if (routing !== null) found.push(routing);
  const bite = bandThatBitesNot(candidate, isOther, band);
  if (bite !== null) found.push(bite);
  // Nobody else can take the work and every late answer costs: what is left is more hands.
  return found.length > 0 ? found : [capacity];
}

/** Rows a head and month of those who have any. */
function loadOf({ step }: Candidate, chosen: (actor: number) => boolean): number {
  const counts = new Map<number, number>();
  const months = new Set<number>();
  step.actors.forEach((actor, row) => {
    if (!chosen(actor) || !((step.hours[row] ?? -1) >= 0 || step.open[row] === 1)) return;
    counts.set(actor, (counts.get(actor) ?? 0) + 1);
    months.add(step.months[row] ?? 0);
  });
  return counts.size === 0 ? 0 : medianOf([...counts.values()]) / Math.max(1, months.size);
}

function capacityOf(
  candidate: Candidate,
  isOther: (actor: number) => boolean,
): Extract<Suggestion, { kind: 'capacity' }> {
  const members = new Set(candidate.unit.people);
  const load = loadOf(candidate, (actor) => members.has(actor));
  const othersLoad = loadOf(candidate, isOther);
  // at the others' load a head; where that is no less, in the measure of the wait
  const times = load > othersLoad && othersLoad > 0 ? load / othersLoad : candidate.factor;
  return { kind: 'capacity', load, othersLoad, more: Math.ceil(members.size * (times - 1)) };
}

/** First colleagues of the department, then those of the same post elsewhere, who do the same kinds of work faster. */
function routingOf(
  { step, unit }: Candidate,
  people: People,
  isOther: (actor: number) => boolean,
): Extract<Suggestion, { kind: 'routing' }> | null {
  const members = new Set(unit.people);
  const posts = new Set(unit.people.map((row) => people.posts[row]));
  const beside = (actor: number): boolean =>
    isOther(actor) && unit.department !== null && people.departments[actor] === unit.department;
  const alikeElsewhere = (actor: number): boolean => isOther(actor) && posts.has(people.posts[actor] ?? null);
  const groups = [
    { department: unit.department, post: postBeside(step, people, beside), has: beside },
    { department: null, post: posts.size === 1 ? ([...posts][0] ?? null) : null, has: alikeElsewhere },
  ];
  for (const { department, post, has } of groups) {
    const kinds = new Map<string | null, number>();
    const hours: number[] = [];
    step.hours.forEach((h, row) => {
      if (!(h >= 0) || !has(step.actors[row] ?? -1)) return;
      hours.push(h);
      const kind = step.kinds?.[row] ?? null;
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    });
    if (hours.length < FEWEST_ALIKE) continue;
    let own = 0;
    let alike = 0;
    step.hours.forEach((h, row) => {
      if (!(h >= 0) || !members.has(step.actors[row] ?? -1)) return;
      own++;
      if ((kinds.get(step.kinds?.[row] ?? null) ?? 0) >= FEWEST_ALIKE) alike++;
    });
    if (alike / own < 0.5) continue;
    return { kind: 'routing', department, post, p50: quantileOf(hours, 0.5), alike: alike / own };
  }
  return null;
}

/** The one other post of a department that does the step, null where there are several. */
function postBeside({ hours, actors }: Step, people: People, has: (actor: number) => boolean): string | null {
  const posts = new Set<string | null>();
  hours.forEach((h, row) => {
    const actor = actors[row] ?? -1;
    if (h >= 0 && has(actor)) posts.add(people.posts[actor] ?? null);
  });
  return posts.size === 1 ? ([...posts][0] ?? null) : null;
}

function bandThatBitesNot(
  { step, unit }: Candidate,
  isOther: (actor: number) => boolean,
  band: WaitBand | null,
): Extract<Suggestion, { kind: 'band' }> | null {
  const bound = band?.bounds.at(-1);
  if (band === null || bound === undefined) return null;
  const members = new Set(unit.people);
  const beyond = (chosen: (actor: number) => boolean): { part: number; over: readonly number[] } => {
    const hours = Array.from(step.hours).filter((h, row) => h >= 0 && chosen(step.actors[row] ?? -1));
    const over = hours.filter((h) => h > bound);
    return { part: over.length / hours.length, over };
  };
  const own = beyond((actor) => members.has(actor));
  if (own.part < NO_BITE) return null;
  return {
    kind: 'band',
    band: band.name,
    bound,
    beyond: own.part,
    othersBeyond: beyond(isOther).part,
    next: quantileOf(own.over, 0.5),
  };
}

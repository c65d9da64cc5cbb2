import { benjaminiHochberg, medianOf, momentsOf, welch } from './statistics.ts';
import type { People, Step } from './waits.ts';

/**
 * When a post is a bottleneck. A wait is taken as its logarithm less the median of its month, so that a month in which
 * all are slow accuses nobody; a colleague's waits are one observation, their mean, since waits of one person
 * are alike. Then
 * - it must be sure that the post takes a quarter longer than all others who do the same step (Welch, one side against
 *   1.25, not against 1: of enough rows every difference is sure, not every one matters),
 * - over all posts and steps that are looked at, at most one finding in a hundred may be chance (Benjamini-Hochberg),
 * - and it must be half as long again in fact: what the field itself calls a bottleneck (150% of the company's mean).
 */
const SURELY = 1.25;
const FACTOR = 1.5;
const CHANCE = 0.01;
/** Fewer are not judged: their mean is anybody's. */
const FEWEST_PEOPLE = 5;
const FEWEST_WAITS = 30;
/** A post of fewer people is judged by its weeks. */
const FEWEST_WEEKS = 8;

/** People whose waits are looked at together. */
export interface Unit {
  readonly department: string | null;
  /** Null for all posts of the department. */
  readonly post: string | null;
  /** Rows of the people's table. */
  readonly people: readonly number[];
}

export interface Candidate {
  readonly step: Step;
  readonly unit: Unit;
  /** How many times as long as the others', in the geometric mean. */
  readonly factor: number;
  /** That it is no more than a quarter longer. */
  readonly p: number;
}

/** Logarithms of the waits of a step less their month's median; NaN where there is no wait. */
export function relativeWaits({ hours, months, actors }: Step): Float64Array {
  const logs = Float64Array.from(hours, (h, row) =>
    h >= 0 && (actors[row] ?? -1) >= 0 ? Math.log(Math.max(h, 1 / 60)) : Number.NaN,
  );
  const byMonth = new Map<number, number[]>();
  logs.forEach((log, row) => {
    if (Number.isNaN(log)) return;
    const month = months[row] ?? -1;
    const list = byMonth.get(month);
    if (list === undefined) byMonth.set(month, [log]);
    else list.push(log);
  });
  const medians = new Map([...byMonth].map(([month, list]) => [month, medianOf(list)]));
  return logs.map((log, row) => log - (medians.get(months[row] ?? -1) ?? 0));
}

interface Observed {
  readonly step: Step;
  readonly people: People;
  /** By row of the people's table: mean relative wait; absent without one. */
  readonly means: ReadonlyMap<number, number>;
  readonly counts: ReadonlyMap<number, number>;
  readonly cells: readonly Cell[];
}

interface Cell extends Unit {
  /** What is compared: means of people, or of weeks where there are few people. */
  readonly observations: readonly number[];
}

const WEEK = 7 * 86_400_000;

function observe(step: Step, people: People): Observed {
  const relative = relativeWaits(step);
  const sums = new Map<number, { sum: number; n: number }>();
  relative.forEach((x, row) => {
    if (Number.isNaN(x)) return;
    const actor = step.actors[row] ?? -1;
    const found = sums.get(actor);
    if (found === undefined) sums.set(actor, { sum: x, n: 1 });
    else {
      found.sum += x;
      found.n++;
    }
  });
  const means = new Map([...sums].map(([actor, { sum, n }]) => [actor, sum / n]));
  const counts = new Map([...sums].map(([actor, { n }]) => [actor, n]));
  const groups = new Map<string, number[]>();
  for (const actor of means.keys()) {
    const name = JSON.stringify([people.departments[actor], people.posts[actor]]);
    const list = groups.get(name);
    if (list === undefined) groups.set(name, [actor]);
    else list.push(actor);
  }
  const cells = [...groups.values()].flatMap((members): readonly Cell[] => {
    const waits = members.reduce((sum, actor) => sum + (counts.get(actor) ?? 0), 0);
    if (waits < FEWEST_WAITS) return [];
    const [first = 0] = members;
    const unit = {
      department: people.departments[first] ?? null,
      post: people.posts[first] ?? null,
      people: members,
    };
    if (members.length >= FEWEST_PEOPLE)
      return [{ ...unit, observations: members.flatMap((actor) => means.get(actor) ?? []) }];
    const weeks = meansByWeek(relative, step, new Set(members));
    return weeks.length < FEWEST_WEEKS ? [] : [{ ...unit, observations: weeks }];
  });
  return { step, people, means, counts, cells };
}

function meansByWeek(
  relative: Float64Array,
  { actors, began }: Step,
  members: ReadonlySet<number>,
): readonly number[] {
  const weeks = new Map<number, number[]>();
  relative.forEach((x, row) => {
    if (Number.isNaN(x) || !members.has(actors[row] ?? -1)) return;
    const week = Math.floor((began[row] ?? 0) / WEEK);
    const list = weeks.get(week);
    if (list === undefined) weeks.set(week, [x]);
    else list.push(x);
  });
  return [...weeks.values()].map((list) => momentsOf(list).mean);
}

/** The posts that hold a step up; posts of one department, or one post everywhere, are told as one where all of them do. */
export function detect(
  steps: readonly Step[],
  people: People,
): { readonly found: readonly Candidate[]; readonly judged: number } {
  const observed = steps.map((step) => observe(step, people));
  const all = observed.flatMap((one) => one.cells.map((cell) => ({ one, cell })));
  let accepted: ReadonlySet<Cell> = new Set();
  let tests: readonly (ReturnType<typeof test> & object)[] = [];
  // Slow posts are among the others of the first round and hide one another there: they are left out in the next.
  for (let round = 0; round < 6; round++) {
    tests = all.flatMap(({ one, cell }) => test(one, cell, accepted) ?? []);
    const passed = benjaminiHochberg(
      tests.map(({ p }) => p),
      CHANCE,
    );
    const next = new Set(
      tests.filter(({ factor }, i) => passed[i] === true && factor >= FACTOR).map(({ cell }) => cell),
    );
    const same = next.size === accepted.size && [...next].every((cell) => accepted.has(cell));
    accepted = next;
    if (same) break;
  }
  const found = observed
    .flatMap((one) => merged(one, accepted))
    .flatMap(({ one, unit }): readonly Candidate[] => {
      const members = new Set(unit.people);
      const own = one.cells.filter(({ people: [first = -1] }) => members.has(first));
      const { factor, p } = test(
        one,
        { ...unit, observations: own.flatMap(({ observations }) => observations) },
        accepted,
      ) ?? {
        factor: Number.NaN,
        p: 1,
      };
      return [{ step: one.step, unit, factor, p }];
    });
  return { found, judged: tests.length };
}

function test(one: Observed, cell: Cell, accepted: ReadonlySet<Cell>) {
  const out = new Set(cell.people);
  for (const other of accepted)
    if (one.cells.includes(other)) for (const actor of other.people) out.add(actor);
  const others: number[] = [];
  for (const [actor, mean] of one.means) if (!out.has(actor)) others.push(mean);
  const result = welch(momentsOf(cell.observations), momentsOf(others), Math.log(SURELY));
  return result === null ? null : { cell, factor: Math.exp(result.difference), p: result.p };
}

/** Accepted cells of a step, those of a department or of a post together where it has several and all are accepted. */
function merged(
  one: Observed,
  accepted: ReadonlySet<Cell>,
): readonly { readonly one: Observed; readonly unit: Unit }[] {
  const own = one.cells.filter((cell) => accepted.has(cell));
  const done = new Set<Cell>();
  const units: { one: Observed; unit: Unit }[] = [];
  for (const by of ['department', 'post'] as const)
    for (const name of new Set(own.map((cell) => cell[by]))) {
      const cells = one.cells.filter((cell) => cell[by] === name);
      if (name === null || cells.length < 2 || !cells.every((cell) => accepted.has(cell) && !done.has(cell)))
        continue;
      for (const cell of cells) done.add(cell);
      units.push({
        one,
        unit: {
          department: by === 'department' ? name : null,
          post: by === 'post' ? name : null,
          people: cells.flatMap(({ people }) => people),
        },
      });
    }
  for (const cell of own)
    if (!done.has(cell))
      units.push({ one, unit: { department: cell.department, post: cell.post, people: cell.people } });
  return units;
}

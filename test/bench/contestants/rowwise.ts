import type { Data } from '../data.ts';
import { ANSWER_BAND, ANSWER_LATE, FEEDBACK_BAND } from '../job.ts';
import { peer } from '../peers.ts';
import { type Contestant, ready } from './contestant.ts';
import { freshSums, type Sums, settleScores } from './float.ts';

/**
 * Rule engines that know one case at a time: they say what a ticket's points and a person's score are. Adding up by
 * person and sharing the pool is done around them, in doubles.
 */
interface Engine {
  /** Points of some tickets: answer, solution, liking of each. */
  points(tickets: readonly Ticket[]): readonly (readonly number[])[];
  scores(means: readonly Means[]): readonly number[];
}

interface Ticket {
  readonly minutes: number;
  readonly resolved: boolean;
  readonly feedback: number;
}
interface Means {
  readonly response: number;
  readonly resolution: number;
  readonly satisfaction: number;
}

/** Tickets that are handed over at once, where an engine takes several. */
const AT_ONCE = 1000;

const around = (start: () => Promise<Engine>): Contestant => ({
  async prepare(data) {
    const engine = await start();
    const tickets = Array.from(
      data.minutes,
      (minutes, i): Ticket => ({
        minutes,
        resolved: data.resolved[i] === 1,
        feedback: data.feedback[i] ?? 0,
      }),
    );
    return ready(() => {
      const sums = freshSums(data.people);
      for (let start = 0; start < tickets.length; start += AT_ONCE)
        engine.points(tickets.slice(start, start + AT_ONCE)).forEach(([answer, solution, liking], i) => {
          const who = data.engineer[start + i] ?? 0;
          sums.answer[who] = (sums.answer[who] ?? 0) + (answer ?? 0);
          sums.solution[who] = (sums.solution[who] ?? 0) + (solution ?? 0);
          sums.liking[who] = (sums.liking[who] ?? 0) + (liking ?? 0);
          sums.tickets[who] = (sums.tickets[who] ?? 0) + 1;
        });
      return settleScores(data.commission, data.front, engine.scores(meansOf(data, sums)));
    });
  },
});

const meansOf = (data: Data, sums: Sums): readonly Means[] =>
  Array.from({ length: data.people - data.front }, (_, i) => {
    const mean = (of: Float64Array): number =>
      (of[data.front + i] ?? 0) / (sums.tickets[data.front + i] ?? 0);
    return {
      response: mean(sums.answer),
      resolution: mean(sums.solution),
      satisfaction: mean(sums.liking),
    };
  });

const chain = (
  lines: readonly (readonly [string, number])[],
  otherwise: number,
  line: (condition: string, value: number) => string,
): string => `${lines.map(([condition, value]) => line(condition, value)).join('')}${otherwise}`;

const answers = (name: string): readonly (readonly [string, number])[] =>
  ANSWER_BAND.map(([bound, points]) => [`${name} <= ${bound}`, points]);
const likings = (name: string): readonly (readonly [string, number])[] =>
  FEEDBACK_BAND.map(([bound, points]) => [`${name} >= ${bound}`, points]);

export const zen: Contestant = around(async () => {
  const { default: engine } = await peer<{
    readonly default: { evaluateExpressionSync(expression: string, context: unknown): unknown };
  }>('@gorules/zen-engine');
  const line = (condition: string, value: number): string => `${condition} ? ${value} : `;
  const points = `map(rows, [${chain(answers('#.minutes'), ANSWER_LATE, line)}, #.resolved ? 100 : 0, ${chain(likings('#.feedback'), 0, line)}])`;
  const scores = 'map(rows, 0.4 * #.response + 0.3 * #.resolution + 0.3 * #.satisfaction)';
  return {
    points: (rows) => engine.evaluateExpressionSync(points, { rows }) as number[][],
    scores: (rows) => engine.evaluateExpressionSync(scores, { rows }) as number[],
  };
});

export const feelin: Contestant = around(async () => {
  const { evaluate } = await peer<{
    evaluate(expression: string, context: unknown): { readonly value: unknown };
  }>('feelin');
  const line = (condition: string, value: number): string => `if ${condition} then ${value} else `;
  const points = `for t in rows return [${chain(answers('t.minutes'), ANSWER_LATE, line)}, if t.resolved then 100 else 0, ${chain(likings('t.feedback'), 0, line)}]`;
  const scores = 'for p in rows return 0.4 * p.response + 0.3 * p.resolution + 0.3 * p.satisfaction';
  return {
    points: (rows) => evaluate(points, { rows }).value as number[][],
    scores: (rows) => evaluate(scores, { rows }).value as number[],
  };
});

interface Publicodes {
  setSituation(situation: Readonly<Record<string, number | string>>): unknown;
  evaluate(rule: string): { readonly nodeValue: unknown };
}

export const publicodes: Contestant = around(async () => {
  const loaded = await peer<{ readonly default: unknown }>('publicodes');
  const found = loaded.default as { readonly default?: unknown };
  const Engine = (found.default ?? found) as new (rules: object) => Publicodes;
  const variations = (lines: readonly (readonly [string, number])[], otherwise: number): object => ({
    variations: [...lines.map(([si, alors]) => ({ si, alors })), { sinon: otherwise }],
  });
  const input = { 'par défaut': 0 };
  const engine = new Engine({
    minutes: input,
    resolved: { 'par défaut': 'non' },
    feedback: input,
    response: input,
    resolution: input,
    satisfaction: input,
    answer: variations(answers('minutes'), ANSWER_LATE),
    solution: variations([['resolved', 100]], 0),
    liking: variations(likings('feedback'), 0),
    support: { valeur: '0.4 * response + 0.3 * resolution + 0.3 * satisfaction' },
  });
  const number = (rule: string): number => Number(engine.evaluate(rule).nodeValue);
  return {
    points: (rows) =>
      rows.map(({ minutes, resolved, feedback }) => {
        engine.setSituation({ minutes, resolved: resolved ? 'oui' : 'non', feedback });
        return [number('answer'), number('solution'), number('liking')];
      }),
    scores: (rows) =>
      rows.map((means) => {
        engine.setSituation({ ...means });
        return number('support');
      }),
  };
});

import Decimal from 'decimal.js';
import { ANSWER_BAND, ANSWER_LATE, type Cents, FEEDBACK_BAND } from '../job.ts';
import { type Contestant, ready } from './contestant.ts';

const D = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_UP });
const ANSWERS = ANSWER_BAND.map(([bound, points]) => [new D(bound), new D(points)] as const);
const STARS = FEEDBACK_BAND.map(([bound, points]) => [new D(bound), new D(points)] as const);
const LATE = new D(ANSWER_LATE);
const ZERO = new D(0);
const HUNDRED = new D(100);

const answerPoints = (minutes: Decimal): Decimal =>
  ANSWERS.find(([bound]) => minutes.lessThanOrEqualTo(bound))?.[1] ?? LATE;
const feedbackPoints = (stars: Decimal): Decimal =>
  STARS.find(([bound]) => stars.greaterThanOrEqualTo(bound))?.[1] ?? ZERO;

/** The same loop with decimal.js in place of doubles, forty digits. */
export const decimalColumns: Contestant = {
  async prepare({ people, front, commission, engineer, minutes, resolved, feedback, tickets }) {
    return ready(() => {
      const fresh = (): Decimal[] => Array.from({ length: people }, () => ZERO);
      const [answer, solution, liking, counts] = [fresh(), fresh(), fresh(), new Float64Array(people)];
      for (let i = 0; i < tickets; i++) {
        const who = engineer[i] ?? 0;
        answer[who] = (answer[who] ?? ZERO).plus(answerPoints(new D(minutes[i] ?? 0)));
        solution[who] = (solution[who] ?? ZERO).plus(resolved[i] === 1 ? HUNDRED : ZERO);
        liking[who] = (liking[who] ?? ZERO).plus(feedbackPoints(new D(feedback[i] ?? 0)));
        counts[who] = (counts[who] ?? 0) + 1;
      }
      const score = Array.from({ length: people - front }, (_, i) => {
        const of = (sums: readonly Decimal[], weight: string): Decimal =>
          (sums[front + i] ?? ZERO).div(counts[front + i] ?? 0).times(weight);
        return of(answer, '0.4').plus(of(solution, '0.3')).plus(of(liking, '0.3'));
      });
      return settle(commission, front, score);
    });
  },
};

function settle(commission: Float64Array, front: number, score: readonly Decimal[]): Cents {
  const cents = new Float64Array(commission.length);
  let pool = ZERO;
  for (let i = 0; i < front; i++) {
    const given = new D(commission[i] ?? 0).times('0.12').toDecimalPlaces(2);
    cents[i] = given.times(100).toNumber();
    pool = pool.plus(given);
  }
  const fair = pool.times(100).div(score.length);
  const floor = fair.times('0.8').ceil();
  const cap = fair.times('1.2').floor();
  cents.set(shareUnits(pool.times(100), score, floor, cap), front);
  return cents;
}

function shareUnits(
  total: Decimal,
  weight: readonly Decimal[],
  floor: Decimal,
  cap: Decimal,
): readonly number[] {
  const turns = weight.flatMap((w) => [
    { level: floor.div(w), weight: w, fixed: floor.neg() },
    { level: cap.div(w), weight: w.neg(), fixed: cap },
  ]);
  turns.sort((a, b) => a.level.comparedTo(b.level));
  let fixed = floor.times(weight.length);
  let slope = ZERO;
  for (const turn of turns) {
    if (slope.greaterThan(0) && slope.times(turn.level).plus(fixed).greaterThanOrEqualTo(total)) break;
    slope = slope.plus(turn.weight);
    fixed = fixed.plus(turn.fixed);
  }
  const level = total.minus(fixed).div(slope);
  let left = total;
  const rests: { i: number; rest: Decimal }[] = [];
  const units = weight.map((w, i) => {
    const quota = level.times(w);
    const isFree = quota.greaterThan(floor) && quota.lessThan(cap);
    const whole = isFree ? quota.floor() : quota.lessThanOrEqualTo(floor) ? floor : cap;
    if (isFree) rests.push({ i, rest: quota.minus(whole) });
    left = left.minus(whole);
    return whole.toNumber();
  });
  rests.sort((a, b) => b.rest.comparedTo(a.rest) || a.i - b.i);
  for (const { i } of rests.slice(0, left.toNumber())) units[i] = (units[i] ?? 0) + 1;
  return units;
}

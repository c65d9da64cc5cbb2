import { cellBlocks, type Data, staffRow, ticketRow } from '../data.ts';
import {
  ANSWER_BAND,
  ANSWER_LATE,
  CAP,
  type Cents,
  FEEDBACK_BAND,
  FLOOR,
  POOL_RATE,
  WEIGHTS,
} from '../job.ts';
import { type Contestant, ready } from './contestant.ts';

const [[ANSWER_1, POINTS_1], [ANSWER_2, POINTS_2], [ANSWER_3, POINTS_3]] = ANSWER_BAND;
const [[STARS_1, LIKING_1], [STARS_2, LIKING_2], [STARS_3, LIKING_3]] = FEEDBACK_BAND;

export const answerPoints = (minutes: number): number =>
  minutes <= ANSWER_1
    ? POINTS_1
    : minutes <= ANSWER_2
      ? POINTS_2
      : minutes <= ANSWER_3
        ? POINTS_3
        : ANSWER_LATE;

export const feedbackPoints = (stars: number): number =>
  stars >= STARS_1 ? LIKING_1 : stars >= STARS_2 ? LIKING_2 : stars >= STARS_3 ? LIKING_3 : 0;

/** Sums of points by person. */
export interface Sums {
  readonly answer: Float64Array;
  readonly solution: Float64Array;
  readonly liking: Float64Array;
  readonly tickets: Float64Array;
}

export const freshSums = (people: number): Sums => ({
  answer: new Float64Array(people),
  solution: new Float64Array(people),
  liking: new Float64Array(people),
  tickets: new Float64Array(people),
});

/** The loop that somebody writes who trusts doubles, over plain columns. */
export const floatColumns: Contestant = {
  async prepare({ people, front, commission, engineer, minutes, resolved, feedback, tickets }) {
    return ready(() => {
      const { answer, solution, liking, tickets: counts } = freshSums(people);
      for (let i = 0; i < tickets; i++) {
        const who = engineer[i] ?? 0;
        answer[who] = (answer[who] ?? 0) + answerPoints(minutes[i] ?? 0);
        solution[who] = (solution[who] ?? 0) + (resolved[i] === 1 ? 100 : 0);
        liking[who] = (liking[who] ?? 0) + feedbackPoints(feedback[i] ?? 0);
        counts[who] = (counts[who] ?? 0) + 1;
      }
      return settle(commission, front, { answer, solution, liking, tickets: counts });
    });
  },
};

/** The same over arrays of rows, as Excel gives them. */
export const floatValues: Contestant = {
  async prepare(data) {
    const staff = cellBlocks(data.people, 3, (i) => staffRow(data, i)).flatMap((block) => block.values);
    const blocks = cellBlocks(data.tickets, 5, (i) => ticketRow(data, i)).map((block) => block.values);
    return ready(() => {
      const people = staff.length;
      const rows = new Map<unknown, number>();
      const commission = new Float64Array(people);
      let front = 0;
      staff.forEach(([id, side, earned], row) => {
        rows.set(id, row);
        commission[row] = Number(earned);
        if (side === 'front') front++;
      });
      const { answer, solution, liking, tickets } = freshSums(people);
      for (const block of blocks) {
        for (let i = 0; i < block.length; i++) {
          const row = block[i];
          if (row === undefined) continue;
          const who = rows.get(row[1]) ?? 0;
          answer[who] = (answer[who] ?? 0) + answerPoints(row[2] as number);
          solution[who] = (solution[who] ?? 0) + (row[3] === true ? 100 : 0);
          liking[who] = (liking[who] ?? 0) + feedbackPoints(row[4] as number);
          tickets[who] = (tickets[who] ?? 0) + 1;
        }
      }
      return settle(commission, front, { answer, solution, liking, tickets });
    });
  },
};

/** Score, pool and share in doubles. */
export function settle(commission: Float64Array, front: number, sums: Sums): Cents {
  const score = new Float64Array(commission.length - front);
  for (let i = 0; i < score.length; i++) {
    const who = front + i;
    const n = sums.tickets[who] ?? 0;
    const [a, b, c] = WEIGHTS;
    score[i] =
      (a * (sums.answer[who] ?? 0)) / n +
      (b * (sums.solution[who] ?? 0)) / n +
      (c * (sums.liking[who] ?? 0)) / n;
  }
  return settleScores(commission, front, score);
}

/** Pool and share in doubles, for who comes with scores. */
export function settleScores(commission: Data['commission'], front: number, score: ArrayLike<number>): Cents {
  const cents = new Float64Array(commission.length);
  let pool = 0;
  for (let i = 0; i < front; i++) {
    const given = Math.round((commission[i] ?? 0) * POOL_RATE * 100) / 100;
    cents[i] = Math.round(given * 100);
    pool += given;
  }
  const fair = pool / score.length;
  const floor = Math.ceil(FLOOR * fair * 100);
  const cap = Math.floor(CAP * fair * 100);
  cents.set(shareUnits(Math.round(pool * 100), score, floor, cap), front);
  return cents;
}

/** `total` units by weight between one floor and one cap, by largest remainder. */
function shareUnits(total: number, weight: ArrayLike<number>, floor: number, cap: number): Float64Array {
  const n = weight.length;
  const turns: { level: number; weight: number; fixed: number }[] = [];
  let fixed = floor * n;
  for (let i = 0; i < n; i++) {
    const w = weight[i] ?? 0;
    turns.push({ level: floor / w, weight: w, fixed: -floor }, { level: cap / w, weight: -w, fixed: cap });
  }
  turns.sort((a, b) => a.level - b.level);
  let slope = 0;
  let level = 0;
  for (const turn of turns) {
    if (fixed + slope * turn.level >= total && slope > 0) break;
    slope += turn.weight;
    fixed += turn.fixed;
    level = turn.level;
  }
  if (slope > 0) level = (total - fixed) / slope;
  const units = new Float64Array(n);
  const rests: { i: number; rest: number }[] = [];
  let left = total;
  for (let i = 0; i < n; i++) {
    const quota = level * (weight[i] ?? 0);
    const whole = quota <= floor ? floor : quota >= cap ? cap : Math.floor(quota);
    if (quota > floor && quota < cap) rests.push({ i, rest: quota - whole });
    units[i] = whole;
    left -= whole;
  }
  rests.sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of rests.slice(0, Math.max(0, left))) units[i] = (units[i] ?? 0) + 1;
  return units;
}

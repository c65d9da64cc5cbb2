/** The job that every contestant does, once as rules and once as the numbers in them. */
export const RULES = `# Answer times, solved or not and feedback become points; twelve per cent of commissions are shared by score
unit 0.01
table Staff key id
table Tickets key ticket
  engineer in Staff

pool_rate = 12%

band answer_points
  up to 30  -> 100
  up to 60  -> 82.5
  up to 240 -> 57.6
  otherwise -> 20

band feedback_points
  at least 4.5 -> 100
  at least 4   -> 81.4
  at least 3   -> 52.5
  otherwise    -> 0

each Tickets
  answer = answer_points(minutes)
  solution = if(resolved, 100, 0)
  liking = feedback_points(feedback)

each Staff where side = "back"
  response = average(Tickets[answer] where engineer = id)
  resolution = average(Tickets[solution] where engineer = id)
  satisfaction = average(Tickets[liking] where engineer = id)

score support for Staff where side = "back"
  40% response
  30% resolution
  30% satisfaction

each Staff where side = "front"
  to_pool = round(commission * pool_rate)

pool = sum(Staff[to_pool])
fair = pool / count(Staff where side = "back")

share pool among Staff where side = "back" by support as reward
  floor 80% * fair
  cap 120% * fair
  rest as carried_over
`;

/** Minutes up to which an answer has so many points. */
export const ANSWER_BAND = [
  [30, 100],
  [60, 82.5],
  [240, 57.6],
] as const;
export const ANSWER_LATE = 20;

/** Feedback from which a ticket has so many points; less has none. */
export const FEEDBACK_BAND = [
  [4.5, 100],
  [4, 81.4],
  [3, 52.5],
] as const;

export const WEIGHTS = [0.4, 0.3, 0.3] as const;
export const POOL_RATE = 0.12;
export const FLOOR = 0.8;
export const CAP = 1.2;

/** The day for which rules are evaluated. */
export const AS_OF = '2026-03-31';

/**
 * What everybody hands over: by person, in whole cents, what a front person gives to the pool or a back person gets
 * from it.
 */
export type Cents = ArrayLike<number>;

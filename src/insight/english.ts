import type { InsightWords } from './words.ts';

const plural = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

export const ENGLISH: InsightWords = {
  title: (asOf) => `Insight as of ${asOf}`,
  period: (from, to) => `Data from ${from} to ${to}`,
  missing: (roles) =>
    `No table was found for: ${roles}. A sheet "Insight" can say which tables and columns they are.`,
  role: {
    people: 'staff',
    tickets: 'tickets',
    expenses: 'expenses',
    complaints: 'complaints',
    sales: 'sales',
  },
  yes: 'yes',
  no: 'no',
  all: 'all',
  comma: ', ',
  list: '; ',
  reform: 'Effect of the reform',
  bottlenecks: 'Bottlenecks',
  forecast: 'Forecast',
  pay: 'Pay and performance',
  noReform: 'The data do not have two whole months to compare.',
  periods: (before, after) => `${before} against ${after}`,
  indicator: 'Indicator',
  before: 'Before',
  after: 'After',
  change: 'Change',
  significance: 'p',
  significant: 'Beyond chance',
  test: 'Test',
  month: 'Month',
  indicators: {
    response: 'Hours until the first answer',
    resolution: 'Complaints resolved',
    complaints: 'Complaints for each service sold',
    business: 'Services sold',
    satisfaction: 'Customer satisfaction',
    cooperation: 'Cooperation found good',
    penetration: '5G penetration',
  },
  tests: {
    welch: "Welch's t",
    proportions: 'z of two proportions',
    rates: 'z of two rates',
    sign: 'sign test',
  },
  noBottlenecks:
    'Without staff, departments or posts, and the times of tickets or expenses, waits can not be told apart.',
  noBottleneck: (judged) =>
    `No bottleneck: ${plural(judged, 'post and step', 'posts and steps')} were compared.`,
  step: 'Step',
  steps: { response: 'first answer', solution: 'solution', approval: 'approval' },
  waits: 'Waits',
  open: 'Still open',
  hours: 'Hours',
  shareOfDelay: 'Share of delay',
  p50: 'p50, hours',
  p90: 'p90, hours',
  where: 'Where',
  people: 'People',
  times: 'Times as long',
  othersP50: "Others' p50",
  othersP90: "Others' p90",
  excess: 'Hours too many',
  excessShare: "Part of step's",
  trend: 'Trend',
  trends: { growing: 'growing', shrinking: 'shrinking', steady: 'steady' },
  complaints: 'Complaints',
  unresolved: 'Unresolved',
  suggestion: 'Suggestion',
  worth: 'Worth',
  unit: ({ department, post }) => [department, post].filter((part) => part !== null).join(' · '),
  found: (rank, unit, step, times) => `${rank}. ${unit}: ${step} takes ${times} times as long as elsewhere`,
  facts: (p50, others, p90, share, excess) =>
    `Half wait over ${p50} h (elsewhere ${others} h), one in ten over ${p90} h. It holds ${share} of the step's hours; ${excess} h would not be waited at the others' pace.`,
  trendFact: (direction) =>
    direction === 'steady'
      ? 'The gap to the others is steady.'
      : direction === 'growing'
        ? 'The gap to the others is growing.'
        : 'The gap to the others is shrinking.',
  complaintFact: (all, unresolved) =>
    `${plural(all, 'complaint')} waited on it, ${unresolved} of them unresolved.`,
  suggested: (one, number, part) => {
    switch (one.kind) {
      case 'capacity':
        return `Capacity: ${number(one.load)} a head and month, elsewhere ${number(one.othersLoad)}; ${one.more} more people would bring that level.`;
      case 'routing': {
        const to = [one.department, one.post].filter((name) => name !== null).join(' · ');
        return `Routing: ${part(one.alike)} of its work is of kinds that are also done by ${to === '' ? 'the same posts elsewhere' : to}, where half of the waits are below ${number(one.p50)} h.`;
      }
      case 'band':
        return `A band that does not bite: ${part(one.beyond)} of its waits (elsewhere ${part(one.othersBeyond)}) are past the last bound of ${one.band}, ${number(one.bound)} h, where being later costs nothing more; a further line at ${number(one.next)} h would.`;
      default: {
        const never: never = one;
        return never;
      }
    }
  },
  worthScore: (name, before, after) => `${name} ${before} → ${after}`,
  worthShare: (name, before, after, pool) => `${name} ${before} → ${after} of a pool of ${pool}`,
  worthPool: (pool, after) => `the pool ${pool} → ${after}`,
  worthStatement: (name, theirs, others) => `${name} ${theirs} for them, ${others} for all others`,
  worthIs: (asOf) => `Worth at the others' pace, by the rules as of ${asOf}: `,
  worthNone: 'nothing changes',
  series: { complaints: 'complaints', tickets: 'tickets' },
  noForecast: 'No complaints or tickets by day to forecast from.',
  short: (series, days) =>
    `${series}: ${plural(days, 'day')} are too few to forecast from and to try the forecast on.`,
  holidays: {
    'new-year': 'New Year',
    'spring-festival': 'Spring Festival',
    qingming: 'Qingming',
    'labour-day': 'Labour Day',
    'dragon-boat': 'Dragon Boat Festival',
    'mid-autumn': 'Mid-Autumn Festival',
    'national-day': 'National Day',
    other: 'other public holiday',
  },
  noPeak: 'No holiday brings surely more complaints than ordinary days.',
  peak: (holiday, times) => `${holiday}: ${times} times as many complaints as on an ordinary day`,
  ahead: (series, from, to, mean, low, high) =>
    `${series}, ${from} to ${to}: ${mean} a day on average; four days of five between ${low} and ${high} (mean bounds)`,
  busiest: (day, count, holiday) =>
    `busiest day ${day} with ${count}${holiday === '' ? '' : ` (${holiday})`}`,
  unknownHolidays: (year) =>
    `The public holidays after ${year} have not been announced: days ahead beyond that are taken as ordinary.`,
  way: 'Error over',
  by: 'Forecast by',
  model: 'this forecast',
  naive: 'naive (last day)',
  seasonal: 'seasonal naive (last week)',
  rolling: (origins) => `${plural(origins, 'forecast')} before that`,
  holdOut: (days) => `last ${plural(days, 'day')}, held out`,
  mae: 'MAE',
  smape: 'sMAPE',
  mase: 'MASE',
  coverage: (part) => `${part} of the days held out lay within the interval of 80%.`,
  day: 'Day',
  expected: 'Expected',
  low: 'Low (80%)',
  high: 'High (80%)',
  actual: 'Actual',
  holiday: 'Holiday',
  makeUp: 'worked to make up',
  staffing: 'Staffing',
  staffingIs: (band, bound, kept, perHead) =>
    `People who answer a day so that ${kept} of the tickets stay within ${bound} h (${band}), as on the better half of recent days: ${perHead} tickets a head.`,
  week: 'Week from',
  mean: 'Tickets a day',
  peakDay: 'Busiest day',
  heads: 'People, mean day',
  peakHeads: 'Busiest day, people',
  safeHeads: 'Busiest, to be safe',
  noPay: 'Pay and scores are told of a run without errors.',
  payColumn: 'Pay',
  scoreColumn: 'Score',
  correlation: 'Rank correlation',
  withinGrade: 'Within a grade',
  group: 'Group',
  gini: 'Gini',
  p10: 'p10',
  bin: 'From',
  clamp: (share, members, floor, cap, left, pool) =>
    [
      `${share}: ${plural(members, 'member')}`,
      ...(floor === null ? [] : [`${floor} at the floor`]),
      ...(cap === null ? [] : [`${cap} at the cap`]),
      `${left} of ${pool} not given out`,
    ].join(', '),
  unmet: 'Rules that nobody meets',
  unmetRule: (name, where, at) => `${name}${where === '' ? '' : ` where ${where}`} (${at}): no row`,
  unhitLine: (name, line, at) => `${name}: ${line} (${at}): no value falls into it`,
  allMet: 'Every rule is met by somebody.',
  part: 'Part',
  finding: 'Finding',
  key: 'Who',
  wrote: (path) => `Wrote ${path}`,
  charts: {
    change: 'Change by indicator',
    course: 'Month by month',
    median: 'Half of the waits are below (hours)',
    trend: 'Times as long as elsewhere, by month',
    delay: 'Share of all hours waited, by step',
    forecast: (series) => `Expected ${series} a day`,
    holdOut: (series) => `The last weeks, forecast beforehand: ${series}`,
    staffing: 'People a day that keep the band',
    spread: (pay) => `How ${pay} is spread (people)`,
    groups: (pay, by) => `Median of ${pay} by ${by}`,
    points: (pay, score) => `${pay} by ${score}`,
    aDay: 'a day',
    percent: '% of the first month',
  },
};

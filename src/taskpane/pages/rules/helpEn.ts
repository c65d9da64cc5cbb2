import type { HelpCatalogue } from './help.ts';

export const EN_HELP: HelpCatalogue = {
  keywords: {
    unit: { text: 'What money is settled to; 0.01 where nothing is said.', example: 'unit 0.01' },
    table: {
      text: 'Names a table’s key and which of its rows count; without it the first column is the key.',
      example: 'table Tickets key ticket where date(opened) <= as_of',
    },
    key: { text: 'The column whose values tell the rows apart.', example: 'table Staff key id' },
    band: {
      text: 'A function of one value, read downwards: the first line that fits gives the result.',
      example: 'band points\n  up to 1   -> 100\n  otherwise -> 60',
    },
    marginal: {
      text: 'Tiers: every slice of the value counts at its own rate.',
      example: 'band commission marginal\n  up to 1000 -> 3%\n  otherwise  -> 5%',
    },
    upTo: {
      text: 'Fits values that are at most the bound.',
      example: 'band b\n  up to 2 -> 80\n  otherwise -> 60',
    },
    below: {
      text: 'Fits values that are less than the bound.',
      example: 'band b\n  below 2 -> 80\n  otherwise -> 60',
    },
    atLeast: {
      text: 'Fits values that are the bound or more.',
      example: 'band b\n  at least 90 -> "A"\n  otherwise -> "B"',
    },
    above: {
      text: 'Fits values that are greater than the bound.',
      example: 'band b\n  above 90 -> "A"\n  otherwise -> "B"',
    },
    otherwise: {
      text: 'The last line of a band: whatever no line before it fitted.',
      example: 'band b\n  up to 2 -> 80\n  otherwise -> 60',
    },
    each: {
      text: 'Computes columns for every row of a table, one value a row.',
      example: 'each Staff where side = "back"\n  closed = count(Tickets where engineer = id)',
    },
    asOf: { text: 'The date of the run.', example: 'table Sales where date(sold_on) <= as_of' },
    score: {
      text: 'A weighted score of every row; the weights add to exactly 100%.',
      example: 'score support for Staff\n  60% response\n  40% feedback',
    },
    outOf: {
      text: 'The scale of a score’s inputs, 100 where nothing is said.',
      example: 'score support for Staff out of 5\n  100% rating',
    },
    skipBlank: {
      text: 'Inputs that are blank are left out, and the other weights scaled up to 100%.',
      example: 'score support for Staff skip blank\n  60% response\n  40% feedback',
    },
    share: {
      text: 'Shares a pool among rows by a weight, to the last unit.',
      example: 'share pool among Staff where side = "back" by support as reward\n  cap 3000',
    },
    among: {
      text: 'The table whose rows a pool is shared among.',
      example: 'share pool among Staff by support as reward',
    },
    by: {
      text: 'The weight: of a share, or of an average.',
      example: 'share pool among Staff by support as reward',
    },
    as: {
      text: 'Names the column that a share adds.',
      example: 'share pool among Staff by support as reward',
    },
    floor: {
      text: 'The least that a member of a share gets.',
      example: 'share pool among Staff by support as reward\n  floor 100',
    },
    cap: {
      text: 'The most that a member of a share gets.',
      example: 'share pool among Staff by support as reward\n  cap 3000',
    },
    rest: {
      text: 'Names what the caps left of a pool.',
      example: 'share pool among Staff by support as reward\n  cap 3000\n  rest as carried_over',
    },
    check: {
      text: 'A condition that must hold; a run in which it fails pays nothing.',
      example: 'check sum(Staff[reward]) <= pool, "more than the pool"',
    },
    blank: {
      text: 'An empty cell. It is not zero, and equals only another blank.',
      example: 'open = solved_at = blank',
    },
    where: {
      text: 'Leaves only the rows for which the condition is true.',
      example: 'closed = count(Tickets where engineer = id)',
    },
    from: { text: 'The first day of a version.', example: 'pool_rate = 15% from 2026-01-01' },
    until: {
      text: 'The last day of a version.',
      example: 'pool_rate = 15% from 2026-01-01 until 2026-06-30',
    },
    and: { text: 'True where both sides are.', example: 'both = a = 1 and b = 1' },
    or: { text: 'True where one side is.', example: 'any = a = 1 or b = 1' },
    not: { text: 'True where the condition is false.', example: 'open = not solved' },
    in: { text: 'Whether a value is one of a list.', example: 'senior = level in ("A", "B")' },
    statement: {
      text: 'A pay statement: one line a component, and the total is a column.',
      example: 'statement net_pay for Staff\n  add base "Base pay"\n  less deductions "Attendance"',
    },
    add: { text: 'A component that is paid.', example: 'statement net_pay for Staff\n  add base "Base pay"' },
    less: {
      text: 'A component that is taken off.',
      example: 'statement net_pay for Staff\n  add base "Base pay"\n  less deductions "Attendance"',
    },
    for: { text: 'The table of a score or statement.', example: 'score support for Staff\n  100% response' },
    true: { text: 'The logical value true.', example: 'solved = TRUE' },
    false: { text: 'The logical value false.', example: 'solved = FALSE' },
  },
  calls: {
    if: {
      text: 'One of two values; only the chosen one is computed.',
      example: 'if(1 > 0, "yes", "no") = "yes"',
    },
    abs: { text: 'The number without its sign.', example: 'abs(-3) = 3' },
    min: { text: 'The least of several values, or of a column’s.', example: 'min(3, 1, 2) = 1' },
    max: { text: 'The greatest of several values, or of a column’s.', example: 'max(3, 1, 2) = 3' },
    round: {
      text: 'Rounds half away from zero, to digits or, without them, to the settling unit.',
      example: 'round(2.345, 2) = 2.35',
    },
    round_even: { text: 'Rounds half to the even digit.', example: 'round_even(2.5, 0) = 2' },
    mround: { text: 'The nearest multiple of a unit.', example: 'mround(7, 5) = 5' },
    floor: { text: 'The multiple of a unit at or below the number.', example: 'floor(7, 2) = 6' },
    ceiling: { text: 'The multiple of a unit at or above the number.', example: 'ceiling(7, 2) = 8' },
    year: { text: 'The year of a date.', example: 'year(2026-03-31) = 2026' },
    month: { text: 'The month of a date, 1 to 12.', example: 'month(2026-03-31) = 3' },
    day: { text: 'The day of the month.', example: 'day(2026-03-31) = 31' },
    eomonth: {
      text: 'The last day of the month that is n months on.',
      example: 'eomonth(2026-01-31, 1) = 2026-02-28',
    },
    edate: {
      text: 'The same day n months on, or that month’s last.',
      example: 'edate(2026-01-31, 1) = 2026-02-28',
    },
    default: { text: 'The second value where the first is blank.', example: 'default(blank, 0) = 0' },
    blank: { text: 'Whether the value is blank.', example: 'blank(blank)' },
    clamp: { text: 'The value, held between two bounds.', example: 'clamp(120, 0, 100) = 100' },
    steps: { text: 'How many whole steps of a size fit into a value.', example: 'steps(0.25, 10%) = 2' },
    date: { text: 'The date without its time of day.', example: 'date(2026-01-31 09:30) = 2026-01-31' },
    hours: {
      text: 'The exact hours between two times.',
      example: 'hours(2026-01-01 09:00, 2026-01-01 10:30) = 1.5',
    },
    months: {
      text: 'The whole months between two dates.',
      example: 'months(2026-01-31, 2026-02-28) = 1',
    },
    starts_with: { text: 'Whether a text begins with another.', example: 'starts_with("T-100", "t")' },
    sum: {
      text: 'Adds a column over the rows of a table that the condition leaves; 0 of none.',
      example: 'sum(Sales[amount] where Sales[seller] = id)',
    },
    average: {
      text: 'The mean of a column, weighted with `by`; blank of no rows.',
      example: 'average(Tickets[points] where engineer = id)',
    },
    count: { text: 'How many rows of a table fit.', example: 'count(Tickets where engineer = id)' },
    median: { text: 'The middle value of a column.', example: 'median(Tickets[points] where engineer = id)' },
    lookup: {
      text: 'A column’s value in the row with that key, or in the one row that fits.',
      example: 'lookup(Grades[base], grade)',
    },
    last: {
      text: 'A column’s value in the row with the greatest day.',
      example: 'last(Rates[rate] by day where day <= as_of)',
    },
    rank: { text: 'This row’s place by a value, 1 for the greatest.', example: 'rank(points)' },
  },
};

/** What the two databases say differently. */
export interface Dialect {
  /** Something divided, as a decimal with enough places. */
  quotient(dividend: string, divisor: string): string;
  /** A sum of decimals, narrow enough to be multiplied. */
  narrow(sum: string): string;
}

/** PostgreSQL's numeric divides exactly enough by itself. */
export const POSTGRES: Dialect = {
  quotient: (dividend, divisor) => `(${dividend})::numeric / (${divisor})`,
  narrow: (sum) => sum,
};

/** DuckDB's decimals divide as doubles: the quotient becomes a decimal again. */
export const DUCKDB: Dialect = {
  quotient: (dividend, divisor) => `cast((${dividend}) / (${divisor}) as decimal(18, 10))`,
  narrow: (sum) => `cast(${sum} as decimal(18, 10))`,
};

/** The whole job as one statement over `staff` and `tickets`; rows `id, cents` in order of `id`. */
export function jobSql({ quotient, narrow }: Dialect): string {
  return `
with points as (
  select engineer,
    case when minutes <= 30 then 100 when minutes <= 60 then 82.5 when minutes <= 240 then 57.6 else 20 end as answer,
    case when resolved then 100 else 0 end as solution,
    case when feedback >= 4.5 then 100 when feedback >= 4 then 81.4 when feedback >= 3 then 52.5 else 0 end as liking
  from tickets
), scores as materialized (
  select engineer as id,
    ${quotient('0.4 * sum(answer) + 0.3 * sum(solution) + 0.3 * sum(liking)', 'count(*)')} as weight
  from points group by engineer
), given as materialized (
  select id, round(commission * 0.12, 2) as to_pool from staff where side = 'front'
), whole as materialized (
  select round(sum(to_pool) * 100) as total, (select count(*) from staff where side = 'back') as members from given
), bounds as materialized (
  select total, members, ceil(${quotient('total * 0.8', 'members')}) as low, floor(${quotient('total * 1.2', 'members')}) as high
  from whole
), turns as (
  select ${quotient('low', 'weight')} as level, weight, -low as fixed from scores, bounds
  union all
  select ${quotient('high', 'weight')}, -weight, high from scores, bounds
), running as (
  select level, sum(weight) over w as slope, sum(fixed) over w as fixed, lead(level) over (order by level) as next
  from turns window w as (order by level rows between unbounded preceding and current row)
), found as materialized (
  select ${quotient('total - (low * members + fixed)', 'slope')} as level
  from running, bounds
  where slope > 0 and low * members + fixed + ${narrow('slope')} * next >= total
  order by running.level limit 1
), quotas as (
  select id, low, high, total, found.level * weight as quota from scores, bounds, found
), units as (
  select id, total,
    case when quota <= low then low when quota >= high then high else floor(quota) end as units,
    case when quota <= low or quota >= high then -1 else quota - floor(quota) end as rest
  from quotas
), ranked as (
  select id, units, row_number() over (order by rest desc, id) as place, total - sum(units) over () as spare from units
)
select id, units + case when place <= spare then 1 else 0 end as cents from ranked
union all
select id, to_pool * 100 from given
order by id`;
}

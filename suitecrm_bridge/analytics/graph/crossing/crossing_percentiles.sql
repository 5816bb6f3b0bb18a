-- reads: crossing_members
-- makes: one row per cell and measure that has a value: cell, measure (response, resolution or
--   age), median, p90: the least value that this share of all do not exceed. Equal values are
--   counted together first, which keeps what must be sorted small.
with measured as (
  select cell, 'response' as measure, response_minutes as value
  from crossing_members where response_minutes is not null
  union all
  select cell, 'resolution' as measure, resolution_minutes as value
  from crossing_members where resolution_minutes is not null
  union all
  select cell, 'age' as measure, age_days as value
  from crossing_members where age_days is not null
),
counted as (
  select cell, measure, value, cast(count(*) as bigint) as n
  from measured
  group by cell, measure, value
),
summed as (
  select
    cell,
    measure,
    value,
    sum(n) over (
      partition by cell, measure order by value rows between unbounded preceding and current row
    ) as upto,
    sum(n) over (partition by cell, measure) as total
  from counted
)
select
  cell,
  measure,
  cast(min(case when 100 * upto >= 50 * total then value end) as bigint) as median,
  cast(min(case when 100 * upto >= 90 * total then value end) as bigint) as p90
from summed
group by cell, measure

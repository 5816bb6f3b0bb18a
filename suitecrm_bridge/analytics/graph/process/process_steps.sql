-- reads: business_time, process_reached
-- makes: one row per step that a complaint has reached: step, reached, timed (complaints of
--   which is known when), lasted (of those: with an earlier step before), median, p90 (business
--   minutes since the latest step before)
with placed as (
  select
    r.case_id as case_id,
    r.step as step,
    r.moment as moment,
    b.before + b.open * (r.moment - b.from_minute) as passed
  from process_reached as r
  inner join business_time as b
    on b.utc_day = cast(floor(cast(r.moment as double) / cast(1440 as double)) as bigint)
    and r.moment >= b.from_minute and r.moment < b.to_minute
),
stepped as (
  select
    step,
    passed - lag(passed) over (partition by case_id order by moment, step) as minutes
  from placed
),
counted as (
  select step, minutes, cast(count(*) as bigint) as n
  from stepped
  where minutes is not null
  group by step, minutes
),
summed as (
  select
    step,
    minutes,
    sum(n) over (
      partition by step order by minutes rows between unbounded preceding and current row
    ) as upto,
    sum(n) over (partition by step) as total
  from counted
),
durations as (
  select
    step,
    cast(max(total) as bigint) as lasted,
    min(case when 100 * upto >= 50 * total then minutes end) as median,
    min(case when 100 * upto >= 90 * total then minutes end) as p90
  from summed
  group by step
),
sizes as (
  select step, cast(count(*) as bigint) as reached, cast(count(moment) as bigint) as timed
  from process_reached
  group by step
)
select
  s.step as step,
  s.reached as reached,
  s.timed as timed,
  coalesce(d.lasted, cast(0 as bigint)) as lasted,
  d.median as median,
  d.p90 as p90
from sizes as s
left join durations as d on d.step = s.step
order by step

-- reads: as_of, offer_parameters, purchases
-- makes: what is looked at from where, a row per kind of customer and side: entity, side ("now" from
--   the as-of day; "then" from before the days held out, where the history is long enough to hold
--   some out: half of it, at most horizon_days), known_day (the last that is known).
with spans as (
  select p.entity as entity, max(t.as_of_day) as as_of_day, min(p.day) as first_day
  from purchases as p
  cross join as_of as t
  where p.day <= t.as_of_day and p.cents > 0
  group by p.entity
),
held as (
  select
    s.entity as entity,
    s.as_of_day as as_of_day,
    least(a.horizon_days, cast(floor(cast(s.as_of_day - s.first_day as double) / cast(2 as double)) as bigint))
      as days,
    a.least_horizon_days as least_days
  from spans as s
  cross join offer_parameters as a
),
sides as (
  select entity, 'now' as side, as_of_day as known_day
  from held
  union all
  select entity, 'then' as side, as_of_day - days as known_day
  from held
  where days >= least_days
)
select entity, side, known_day
from sides

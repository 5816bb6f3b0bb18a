-- reads: action_parameters, as_of, clv, customer_days, lifecycle
-- makes: one row per customer who bought: entity, customer_id, overdue_days (since the next purchase
--   was due), kept_cents (what a year brings who keeps their rhythm: as much as the year up to the
--   last purchase), lost_cents (that, times the probability that they have left), stake_cents (what
--   contact can still save of it)
--
-- Whoever bought once has no rhythm to keep, and nothing to lose. Where there is no forecast, whoever
-- has lapsed counts as gone, and whoever is at risk as half gone.
with years as (
  select
    c.entity as entity,
    c.customer_id as customer_id,
    cast(sum(d.cents) as bigint) as cents
  from clv as c
  inner join customer_days as d on d.entity = c.entity and d.customer_id = c.customer_id
  where d.day > c.last_day - 365
  group by c.entity, c.customer_id
),
measured as (
  select
    c.entity as entity,
    c.customer_id as customer_id,
    case when l.due_day < a.as_of_day then a.as_of_day - l.due_day else cast(0 as bigint) end
      as overdue_days,
    case when y.cents > 0 then y.cents else cast(0 as bigint) end as kept_cents,
    case
      when c.frequency = 0 then cast(0 as double)
      when c.alive_probability is not null then 1 - c.alive_probability
      when l.lifecycle = 'lapsed' then cast(1 as double)
      when l.lifecycle = 'at_risk' then cast(0.5 as double)
      else cast(0 as double)
    end as gone,
    m.half_life_days as half_life_days
  from clv as c
  inner join lifecycle as l on l.entity = c.entity and l.customer_id = c.customer_id
  inner join years as y on y.entity = c.entity and y.customer_id = c.customer_id
  cross join as_of as a
  cross join action_parameters as m
)
select
  entity,
  customer_id,
  overdue_days,
  kept_cents,
  cast(round(kept_cents * gone) as bigint) as lost_cents,
  cast(round(
    kept_cents * gone
    * power(cast(0.5 as double), cast(overdue_days as double) / cast(half_life_days as double))
  ) as bigint) as stake_cents
from measured

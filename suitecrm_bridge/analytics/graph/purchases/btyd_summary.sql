-- reads: customer_days, summary_days
-- makes: one row per customer who bought up to the as-of day: entity, customer_id, first_day,
--   last_day, frequency (days with a purchase after the first), recency and age (days from the
--   first purchase to the last and to the as-of day), first_cents (what the first day with a
--   purchase brought), repeat_cents (everything else, refunds deducted: together their total).
with known as (
  select
    d.entity as entity,
    d.customer_id as customer_id,
    min(case when d.bought = 1 then d.day end) as first_day,
    max(case when d.bought = 1 then d.day end) as last_day,
    cast(sum(d.bought) as bigint) as days,
    -- days without a purchase come after all others
    min_by(d.cents, d.day + 1000000 * (1 - d.bought)) as first_cents,
    cast(sum(d.cents) as bigint) as cents,
    min(a.as_of_day) as as_of_day
  from customer_days as d
  inner join summary_days as a on a.entity = d.entity
  where d.day <= a.as_of_day
  group by d.entity, d.customer_id
)
select
  entity,
  customer_id,
  first_day,
  last_day,
  days - 1 as frequency,
  last_day - first_day as recency,
  as_of_day - first_day as age,
  first_cents,
  cents - first_cents as repeat_cents
from known
where days > 0
order by entity, customer_id

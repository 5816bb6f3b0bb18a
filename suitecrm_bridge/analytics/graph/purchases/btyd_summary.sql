-- reads: customer_days, summary_days
-- makes: one row per customer who bought up to the as-of day: entity, customer_id, first_day,
--   last_day, frequency (days with a purchase after the first), recency and age (days from the
--   first purchase to the last and to the as-of day), first_cents, repeat_cents (what the first
--   day and the later ones brought).
with known as (
  select
    d.entity as entity,
    d.customer_id as customer_id,
    min(d.day) as first_day,
    max(d.day) as last_day,
    cast(count(*) as bigint) as days,
    min_by(d.cents, d.day) as first_cents,
    cast(sum(d.cents) as bigint) as cents,
    min(a.as_of_day) as as_of_day
  from customer_days as d
  inner join summary_days as a on a.entity = d.entity
  where d.day <= a.as_of_day and d.cents > 0
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
order by entity, customer_id

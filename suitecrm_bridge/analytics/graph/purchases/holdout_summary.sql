-- reads: customer_days, summary_days
-- makes: one row per customer who bought up to the as-of day of a holdout: entity, customer_id,
--   frequency, recency, age, first_cents, repeat_cents, all as in btyd_summary.
with known as (
  select
    d.entity as entity,
    d.customer_id as customer_id,
    min(case when d.bought = 1 then d.day end) as first_day,
    max(case when d.bought = 1 then d.day end) as last_day,
    cast(sum(d.bought) as bigint) as days,
    min_by(d.cents, case when d.bought = 1 then d.day end) as first_cents,
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
  days - 1 as frequency,
  last_day - first_day as recency,
  as_of_day - first_day as age,
  first_cents,
  cents - first_cents as repeat_cents
from known
where days > 0
order by entity, customer_id

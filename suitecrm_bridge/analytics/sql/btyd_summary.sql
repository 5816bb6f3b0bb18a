-- purchase_days, parameters -> one row per customer who bought up to the as-of day:
-- customer_id, first_day, last_day, frequency (days with a purchase after the first), recency and
-- age (days from the first purchase to the last and to the as-of day), first_cents, repeat_cents
-- (what the first day and the later ones brought).
with known as (
  select
    d.customer_id as customer_id,
    d.day as day,
    d.cents as cents,
    a.as_of_day as as_of_day
  from purchase_days as d
  cross join parameters as a
  where d.day <= a.as_of_day
),
customers_known as (
  select
    customer_id,
    min(as_of_day) as as_of_day,
    min(day) as first_day,
    max(day) as last_day,
    cast(count(*) as bigint) as days,
    cast(sum(cents) as bigint) as cents
  from known
  group by customer_id
)
select
  c.customer_id as customer_id,
  c.first_day as first_day,
  c.last_day as last_day,
  c.days - 1 as frequency,
  c.last_day - c.first_day as recency,
  c.as_of_day - c.first_day as age,
  f.cents as first_cents,
  c.cents - f.cents as repeat_cents
from customers_known as c
inner join purchase_days as f on f.customer_id = c.customer_id and f.day = c.first_day
order by customer_id

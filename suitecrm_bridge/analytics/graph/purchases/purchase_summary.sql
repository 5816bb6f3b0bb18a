-- reads: as_of, purchases
-- makes: one row per customer with a row up to the as-of day: entity, customer_id, first_day,
--   last_day, purchase_count (days with a purchase), total_cents (net). Rows without a positive
--   amount lower the total, but are no purchase: a customer who has only such rows has
--   purchase_count 0 and no days.
with known as (
  select
    p.entity as entity,
    p.customer_id as customer_id,
    p.cents as cents,
    case when p.cents > 0 then p.day end as purchase_day
  from purchases as p
  cross join as_of as a
  where p.day <= a.as_of_day
)
select
  entity,
  customer_id,
  min(purchase_day) as first_day,
  max(purchase_day) as last_day,
  cast(count(distinct purchase_day) as bigint) as purchase_count,
  cast(sum(cents) as bigint) as total_cents
from known
group by entity, customer_id

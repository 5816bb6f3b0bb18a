-- reads: as_of, purchases
-- makes: one row per customer and day with a purchase or a refund up to the as-of day: entity,
--   customer_id, day, cents (what the day brought, refunds deducted), bought (1 where that is more
--   than nothing, else 0)
--
-- This is the one place that says what a purchase is: a day on which a customer bought for more
-- than was refunded to them. What was refunded on another day lowers what that day brought, and
-- with it the customer's total and the revenue of its month and year.
select
  n.entity as entity,
  n.customer_id as customer_id,
  n.day as day,
  n.cents as cents,
  cast(case when n.cents > 0 then 1 else 0 end as tinyint) as bought
from (
  select
    p.entity as entity,
    p.customer_id as customer_id,
    p.day as day,
    cast(sum(p.cents) as bigint) as cents
  from purchases as p
  cross join as_of as a
  where p.day <= a.as_of_day
  group by p.entity, p.customer_id, p.day
) as n

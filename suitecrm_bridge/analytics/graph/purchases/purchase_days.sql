-- reads: as_of, purchases
-- makes: one row per customer and day with a purchase up to the as-of day: entity, customer_id,
--   day, cents (net). A day whose refunds eat up its purchases is no purchase.
select
  p.entity as entity,
  p.customer_id as customer_id,
  p.day as day,
  cast(sum(p.cents) as bigint) as cents
from purchases as p
cross join as_of as a
where p.day <= a.as_of_day
group by p.entity, p.customer_id, p.day
having sum(p.cents) > 0

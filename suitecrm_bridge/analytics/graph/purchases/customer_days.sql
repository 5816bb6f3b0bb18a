-- reads: as_of, purchases
-- makes: one row per customer and day with a row up to the as-of day: entity, customer_id, day,
--   cents (net), bought (1 where a row has a positive amount, else 0)
select
  p.entity as entity,
  p.customer_id as customer_id,
  p.day as day,
  cast(sum(p.cents) as bigint) as cents,
  max(cast(case when p.cents > 0 then 1 else 0 end as tinyint)) as bought
from purchases as p
cross join as_of as a
where p.day <= a.as_of_day
group by p.entity, p.customer_id, p.day

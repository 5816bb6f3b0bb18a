-- reads: as_of, line_facts, purchases
-- makes: one row per customer and product that they bought up to the as-of day: entity,
--   customer_id, product_id, first_day, last_day, days (with a purchase of it).
select
  p.entity as entity,
  p.customer_id as customer_id,
  l.product_id as product_id,
  min(p.day) as first_day,
  max(p.day) as last_day,
  cast(count(distinct p.day) as bigint) as days
from purchases as p
inner join line_facts as l on l.invoice_id = p.purchase_id
cross join as_of as a
where p.day <= a.as_of_day and p.cents > 0 and l.cents > 0
group by p.entity, p.customer_id, l.product_id

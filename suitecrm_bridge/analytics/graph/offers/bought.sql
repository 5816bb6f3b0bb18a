-- reads: as_of, line_facts, offer_sides, purchases
-- makes: one row per customer and product that they bought up to the as-of day: entity,
--   customer_id, product_id, first_day, last_day, days (with a purchase of it); and of the side
--   "then" the last two: then_last_day, then_days (0 where they did not have it yet).
with product_days as (
  select distinct
    p.entity as entity,
    p.customer_id as customer_id,
    l.product_id as product_id,
    p.day as day
  from purchases as p
  inner join line_facts as l on l.invoice_id = p.purchase_id
  cross join as_of as a
  where p.day <= a.as_of_day and p.cents > 0 and l.cents > 0
)
select
  d.entity as entity,
  d.customer_id as customer_id,
  d.product_id as product_id,
  min(d.day) as first_day,
  max(d.day) as last_day,
  cast(count(*) as bigint) as days,
  max(case when d.day <= s.known_day then d.day end) as then_last_day,
  cast(sum(case when d.day <= s.known_day then 1 else 0 end) as bigint) as then_days
from product_days as d
left join offer_sides as s on s.entity = d.entity and s.side = 'then'
group by d.entity, d.customer_id, d.product_id

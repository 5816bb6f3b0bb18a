-- reads: as_of, lifecycle_parameters, line_facts, product_facts, purchases
-- makes: one row per customer and product (or category) that they bought: entity, customer_id,
--   first_day.
with bought as (
  select
    p.entity as entity,
    p.customer_id as customer_id,
    case
      when a.by_category = 1 and f.category <> '' then f.category
      else l.product_id
    end as product,
    p.day as day
  from purchases as p
  inner join line_facts as l on l.invoice_id = p.purchase_id
  cross join lifecycle_parameters as a
  cross join as_of as t
  left join product_facts as f on f.product_id = l.product_id
  where p.day <= t.as_of_day and p.cents > 0 and l.cents > 0
)
select entity, customer_id, min(day) as first_day
from bought
group by entity, customer_id, product

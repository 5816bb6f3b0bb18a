-- reads: as_of, bought, line_facts, next_offers, offer_parameters, popular_offers, purchases
-- makes: one row: customers who bought a product new to them after the as-of day and up to the
--   last day, and to how many of them that very product was offered, by the rules and by the
--   most bought one.
with later as (
  select distinct
    p.entity as entity,
    p.customer_id as customer_id,
    l.product_id as product_id
  from purchases as p
  inner join line_facts as l on l.invoice_id = p.purchase_id
  cross join offer_parameters as a
  cross join as_of as t
  where p.day > t.as_of_day and p.day <= a.last_day and p.cents > 0 and l.cents > 0
),
new_products as (
  select n.entity as entity, n.customer_id as customer_id, n.product_id as product_id
  from later as n
  left join bought as b
    on b.entity = n.entity and b.customer_id = n.customer_id
    and b.product_id = n.product_id
  where b.product_id is null
),
customers_tested as (
  select distinct n.entity as entity, n.customer_id as customer_id
  from new_products as n
  inner join bought as b on b.entity = n.entity and b.customer_id = n.customer_id
)
select
  cast(count(*) as bigint) as customers,
  cast(sum(case when o.product_id is not null then 1 else 0 end) as bigint) as rule_hits,
  cast(sum(case when m.product_id is not null then 1 else 0 end) as bigint) as popular_hits
from customers_tested as c
left join next_offers as r on r.entity = c.entity and r.customer_id = c.customer_id
left join new_products as o
  on o.entity = c.entity and o.customer_id = c.customer_id
  and o.product_id = r.product_id
left join popular_offers as p on p.entity = c.entity and p.customer_id = c.customer_id
left join new_products as m
  on m.entity = c.entity and m.customer_id = c.customer_id
  and m.product_id = p.product_id

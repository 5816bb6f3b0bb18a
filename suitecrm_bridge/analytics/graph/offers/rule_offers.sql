-- reads: basket_customers, baskets, product_rules
-- makes: the best rule of each customer: entity, customer_id, product_id (offered), because_id
--   (what they have), together, buyers, confidence, lift. Never what they have, where it is
--   bought once.
with best as (
  select
    b.entity as entity,
    b.customer as customer,
    min(r.place) as place
  from baskets as b
  inner join product_rules as r on r.entity = b.entity and r.product = b.product
  left join baskets as h
    on h.entity = b.entity and h.customer = b.customer and h.product = r.offered
  where h.product is null or r.repeatable = 1
  group by b.entity, b.customer
)
select
  b.entity as entity,
  c.customer_id as customer_id,
  r.offered_id as product_id,
  r.product_id as because_id,
  r.together as together,
  r.buyers as buyers,
  r.confidence as confidence,
  r.lift as lift
from best as b
inner join product_rules as r on r.entity = b.entity and r.place = b.place
inner join basket_customers as c on c.entity = b.entity and c.number = b.customer

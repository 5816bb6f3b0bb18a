-- reads: basket_customers, product_rules, side_baskets
-- makes: the best rule of each customer: entity, customer_id, side, customer and product (the
--   customer's number and that of what is offered), because_id (what they have), together, buyers,
--   confidence, lift. Never what they have, where it is bought once.
with best as (
  select b.customer as customer, min(r.place) as place
  from side_baskets as b
  inner join product_rules as r on r.product = b.product
  left join side_baskets as h on h.customer = b.customer and h.product = r.offered
  where h.product is null or r.repeatable = 1
  group by b.customer
)
select
  c.entity as entity,
  c.customer_id as customer_id,
  r.side as side,
  b.customer as customer,
  r.offered as product,
  r.product_id as because_id,
  r.together as together,
  r.buyers as buyers,
  r.confidence as confidence,
  r.lift as lift
from best as b
inner join basket_customers as c on c.number = abs(b.customer)
inner join product_rules as r
  on r.entity = c.entity and r.place = b.place
  and r.side = case when b.customer > 0 then 'now' else 'then' end

-- reads: bought, product_rules, products_sold
-- makes: the best rule of each customer: entity, customer_id, product_id (offered), because_id
--   (what they have), together, buyers, confidence, lift. Never what they have, where it is
--   bought once.
with candidates as (
  select
    b.entity as entity,
    b.customer_id as customer_id,
    r.offered_id as product_id,
    r.product_id as because_id,
    r.together as together,
    r.buyers as buyers,
    r.confidence as confidence,
    r.lift as lift
  from bought as b
  inner join product_rules as r on r.entity = b.entity and r.product_id = b.product_id
  inner join products_sold as s on s.entity = r.entity and s.product_id = r.offered_id
  left join bought as h
    on h.entity = b.entity and h.customer_id = b.customer_id
    and h.product_id = r.offered_id
  where h.product_id is null or s.repeatable = 1
),
ranked as (
  select
    entity,
    customer_id,
    product_id,
    because_id,
    together,
    buyers,
    confidence,
    lift,
    row_number() over (
      partition by entity, customer_id order by confidence desc, lift desc, product_id, because_id
    ) as place
  from candidates
)
select entity, customer_id, product_id, because_id, together, buyers, confidence, lift
from ranked
where place = 1

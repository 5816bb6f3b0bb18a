-- reads: basket_customers, popular_offers, rule_offers
-- makes: one offer per customer who can be made one: entity, customer_id, product_id, basis
--   ("rule" or "popular"), because_id, together, buyers, confidence, lift; of a popular product
--   only its buyers are known.
select
  c.entity as entity,
  c.customer_id as customer_id,
  coalesce(r.product_id, p.product_id) as product_id,
  case when r.product_id is null then 'popular' else 'rule' end as basis,
  r.because_id as because_id,
  r.together as together,
  coalesce(r.buyers, p.buyers) as buyers,
  r.confidence as confidence,
  r.lift as lift
from basket_customers as c
left join rule_offers as r on r.entity = c.entity and r.customer_id = c.customer_id
left join popular_offers as p on p.entity = c.entity and p.customer_id = c.customer_id
where coalesce(r.product_id, p.product_id) is not null
order by entity, customer_id

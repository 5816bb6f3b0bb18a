-- reads: bought
-- makes: one row per customer who bought a product: entity, customer_id, number (of the customer).
select
  entity,
  customer_id,
  row_number() over (partition by entity order by customer_id) as number
from bought
group by entity, customer_id

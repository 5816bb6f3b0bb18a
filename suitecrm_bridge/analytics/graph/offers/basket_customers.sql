-- reads: bought
-- makes: one row per customer who bought a product: entity, customer_id, number (of the customer,
--   in an order that has nothing to do with them and stays when others come: the first of them
--   are a sample; on the side "then" they have it with a minus).
with everyone as (
  select distinct entity, customer_id from bought
)
select
  entity,
  customer_id,
  cast(row_number() over (
    order by md5(cast(customer_id as string)), entity, customer_id
  ) as int) as number
from everyone

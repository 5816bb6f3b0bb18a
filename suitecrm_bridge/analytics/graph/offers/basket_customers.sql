-- reads: bought
-- makes: one row per customer who bought a product: entity, customer_id, number (of the customer,
--   in an order that has nothing to do with them and stays when others come: the first of them
--   are a sample; on the side "then" they have it with a minus), lot (0 to 65535, their own).
with everyone as (
  select distinct entity, customer_id from bought
),
shuffled as (
  select entity, customer_id, md5(cast(customer_id as string)) as hash
  from everyone
)
select
  entity,
  customer_id,
  cast(row_number() over (order by hash, entity, customer_id) as int) as number,
  cast(
    4096 * (instr('0123456789abcdef', substring(hash, 1, 1)) - 1)
    + 256 * (instr('0123456789abcdef', substring(hash, 2, 1)) - 1)
    + 16 * (instr('0123456789abcdef', substring(hash, 3, 1)) - 1)
    + instr('0123456789abcdef', substring(hash, 4, 1)) - 1
  as int) as lot
from shuffled

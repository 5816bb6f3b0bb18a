-- reads: customer_days, customers
-- makes: one row per customer and day with a purchase but their first: entity, customer_id, gap
--   (days since the one before), place (1 is the latest)
with everyone as (
  select distinct entity, customer_id from customers
),
bought as (
  select d.entity as entity, d.customer_id as customer_id, d.day as day
  from customer_days as d
  inner join everyone as e on e.entity = d.entity and e.customer_id = d.customer_id
  where d.bought = 1
),
followed as (
  select
    entity,
    customer_id,
    day - lag(day) over (partition by entity, customer_id order by day) as gap,
    cast(
      count(*) over (partition by entity, customer_id)
      - row_number() over (partition by entity, customer_id order by day) + 1
    as bigint) as place
  from bought
)
select entity, customer_id, gap, place
from followed
where gap is not null

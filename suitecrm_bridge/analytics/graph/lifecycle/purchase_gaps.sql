-- reads: as_of, customers, purchases
-- makes: one row per customer and day with a purchase but their first: entity, customer_id, gap
--   (days since the one before), place (1 is the latest)
with everyone as (
  select distinct entity, customer_id from customers
),
bought as (
  select distinct p.entity as entity, p.customer_id as customer_id, p.day as day
  from purchases as p
  inner join everyone as e on e.entity = p.entity and e.customer_id = p.customer_id
  cross join as_of as a
  where p.day <= a.as_of_day and p.cents > 0
),
followed as (
  select
    entity,
    customer_id,
    day - lag(day) over (partition by entity, customer_id order by day) as gap,
    cast(row_number() over (partition by entity, customer_id order by day desc) as bigint) as place
  from bought
)
select entity, customer_id, gap, place
from followed
where gap is not null

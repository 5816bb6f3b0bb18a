-- reads: basket_customers, baskets, offer_parameters, offer_sides
-- makes: who is to be made an offer, and what they have: now everybody; then, with a minus before
--   each number, a sample of those who bought a product in the days held out and one before:
--   customer and product (numbers), first_day, last_day, days.
with active as (
  select
    c.entity as entity,
    b.customer as customer,
    row_number() over (partition by c.entity order by b.customer) as place
  from baskets as b
  inner join basket_customers as c on c.number = b.customer
  inner join offer_sides as s on s.entity = c.entity and s.side = 'then'
  group by c.entity, b.customer
  having max(b.then_days) > 0 and max(case when b.last_day > s.known_day then 1 else 0 end) = 1
),
tested as (
  select p.customer as customer
  from active as p
  cross join offer_parameters as a
  where p.place <= a.tested_customers
),
sides as (
  select customer, product, first_day, last_day, days
  from baskets
  union all
  select
    -b.customer as customer,
    -b.product as product,
    b.first_day as first_day,
    b.then_last_day as last_day,
    b.then_days as days
  from baskets as b
  inner join tested as t on t.customer = b.customer
  where b.then_days > 0
)
select customer, product, first_day, last_day, days
from sides

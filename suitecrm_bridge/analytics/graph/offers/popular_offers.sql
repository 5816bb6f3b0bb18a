-- reads: basket_customers, baskets, offer_parameters, products_sold
-- makes: the most bought product that each customer lacks: entity, customer_id, product_id,
--   buyers. What is bought again and again may be offered to who has it.
with ranked as (
  select
    entity,
    product_id,
    number,
    buyers,
    repeatable,
    row_number() over (partition by entity order by buyers desc, product_id) as place
  from products_sold
  where offered = 1
),
popular as (
  select
    r.entity as entity,
    r.product_id as product_id,
    r.number as number,
    r.buyers as buyers,
    r.repeatable as repeatable,
    r.place as place
  from ranked as r
  cross join offer_parameters as a
  where r.place <= a.popular_products
),
best as (
  select
    c.entity as entity,
    c.customer_id as customer_id,
    min(p.place) as place
  from basket_customers as c
  inner join popular as p on p.entity = c.entity
  left join baskets as h
    on h.entity = c.entity and h.customer = c.number and h.product = p.number
  where h.product is null or p.repeatable = 1
  group by c.entity, c.customer_id
)
select
  b.entity as entity,
  b.customer_id as customer_id,
  p.product_id as product_id,
  p.buyers as buyers
from best as b
inner join popular as p on p.entity = b.entity and p.place = b.place

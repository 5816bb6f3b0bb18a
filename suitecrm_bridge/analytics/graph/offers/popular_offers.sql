-- reads: bought, offer_parameters, products_sold
-- makes: the most bought product that each customer lacks: entity, customer_id, product_id,
--   buyers. What is bought again and again may be offered to who has it.
with ranked_products as (
  select
    entity,
    product_id,
    buyers,
    repeatable,
    row_number() over (partition by entity order by buyers desc, product_id) as place
  from products_sold
  where offered = 1
),
popular as (
  select r.entity as entity, r.product_id as product_id, r.buyers as buyers,
    r.repeatable as repeatable
  from ranked_products as r
  cross join offer_parameters as a
  where r.place <= a.popular_products
),
customers_who_bought as (
  select distinct entity, customer_id from bought
),
candidates as (
  select
    c.entity as entity,
    c.customer_id as customer_id,
    p.product_id as product_id,
    p.buyers as buyers,
    row_number() over (
      partition by c.entity, c.customer_id order by p.buyers desc, p.product_id
    ) as place
  from customers_who_bought as c
  inner join popular as p on p.entity = c.entity
  left join bought as h
    on h.entity = c.entity and h.customer_id = c.customer_id
    and h.product_id = p.product_id
  where h.product_id is null or p.repeatable = 1
)
select entity, customer_id, product_id, buyers
from candidates
where place = 1

-- reads: basket_segments, baskets, offer_parameters, products_sold
-- makes: what most customers bought, of all ("popular", segment '') and of each segment ("segment"):
--   entity, side, way, segment, product (number), buyers, repeatable, place (1 the best seller).
with known as (
  select customer, product
  from baskets
  union all
  select -customer as customer, -product as product
  from baskets
  where then_days > 0
),
counted as (
  select
    s.entity as entity,
    s.side as side,
    s.segment as segment,
    b.product as product,
    cast(count(*) as bigint) as buyers
  from known as b
  inner join basket_segments as s on s.customer = b.customer
  group by s.entity, s.side, s.segment, b.product
),
named as (
  select
    c.entity as entity,
    c.side as side,
    'segment' as way,
    c.segment as segment,
    c.product as product,
    c.buyers as buyers,
    p.buyers as all_buyers,
    p.repeatable as repeatable
  from counted as c
  inner join products_sold as p on p.number = c.product
  where p.offered = 1
  union all
  select
    entity,
    side,
    'popular' as way,
    '' as segment,
    number as product,
    buyers,
    buyers as all_buyers,
    repeatable
  from products_sold
  where offered = 1
),
ranked as (
  select
    entity,
    side,
    way,
    segment,
    product,
    buyers,
    repeatable,
    row_number() over (
      partition by entity, side, way, segment order by buyers desc, all_buyers desc, abs(product)
    ) as place
  from named
)
select
  r.entity as entity,
  r.side as side,
  r.way as way,
  r.segment as segment,
  r.product as product,
  r.buyers as buyers,
  r.repeatable as repeatable,
  r.place as place
from ranked as r
cross join offer_parameters as a
where r.place <= a.popular_products

-- reads: basket_customers, baskets, offer_parameters, products_sold
-- makes: one row per pair of products that go together: entity, product_id, offered_id, product
--   and offered (their numbers), together (customers who bought the second with the first or after
--   it), buyers (of the first), support, confidence and lift, each in millionths, repeatable (of
--   the second), place (1 the best rule).
--
-- Agrawal, Imielinski and Swami (1993) for support and confidence; the lift compares the confidence
-- with the share of all customers who bought the second product. Only what is bought more often
-- than by chance is a rule.
with everyone as (
  select entity, cast(count(*) as bigint) as n from basket_customers group by entity
),
pairs as (
  select
    b.entity as entity,
    b.product as product,
    l.product as offered,
    cast(count(*) as bigint) as together
  from baskets as b
  inner join baskets as l
    on l.entity = b.entity and l.customer = b.customer
    and l.product <> b.product
    and l.first_day >= b.first_day
  group by b.entity, b.product, l.product
),
rules as (
  select
    r.entity as entity,
    s.product_id as product_id,
    o.product_id as offered_id,
    r.product as product,
    r.offered as offered,
    r.together as together,
    s.buyers as buyers,
    cast(floor(cast(1000000 * r.together as double) / cast(e.n as double)) as bigint) as support,
    cast(floor(cast(1000000 * r.together as double) / cast(s.buyers as double)) as bigint)
      as confidence,
    cast(floor(
      cast(1000000 * r.together * e.n as double) / cast(s.buyers * o.buyers as double)
    ) as bigint) as lift,
    o.repeatable as repeatable
  from pairs as r
  inner join products_sold as s on s.entity = r.entity and s.number = r.product
  inner join products_sold as o on o.entity = r.entity and o.number = r.offered
  inner join everyone as e on e.entity = r.entity
  cross join offer_parameters as a
  where r.together >= a.min_customers and r.together * e.n > s.buyers * o.buyers and o.offered = 1
)
select
  entity,
  product_id,
  offered_id,
  product,
  offered,
  together,
  buyers,
  support,
  confidence,
  lift,
  repeatable,
  row_number() over (
    partition by entity order by confidence desc, lift desc, offered_id, product_id
  ) as place
from rules

-- reads: bought, offer_parameters, products_sold
-- makes: one row per pair of products that go together: product_id, offered_id, together
--   (customers who bought the second with the first or after it), buyers (of the first),
--   support, confidence and lift, each in millionths.
--
-- Agrawal, Imielinski and Swami (1993) for support and confidence; the lift compares the confidence
-- with the share of all customers who bought the second product. Only what is bought more often
-- than by chance is a rule.
with everyone as (
  select entity, cast(count(distinct customer_id) as bigint) as n from bought group by entity
),
pairs as (
  select
    b.entity as entity,
    b.product_id as product_id,
    l.product_id as offered_id,
    cast(count(*) as bigint) as together
  from bought as b
  inner join bought as l
    on l.entity = b.entity and l.customer_id = b.customer_id
    and l.product_id <> b.product_id
    and l.first_day >= b.first_day
  group by b.entity, b.product_id, l.product_id
)
select
  r.entity as entity,
  r.product_id as product_id,
  r.offered_id as offered_id,
  r.together as together,
  s.buyers as buyers,
  cast(floor(cast(1000000 * r.together as double) / cast(e.n as double)) as bigint) as support,
  cast(floor(cast(1000000 * r.together as double) / cast(s.buyers as double)) as bigint)
    as confidence,
  cast(floor(
    cast(1000000 * r.together * e.n as double) / cast(s.buyers * o.buyers as double)
  ) as bigint) as lift
from pairs as r
inner join products_sold as s on s.entity = r.entity and s.product_id = r.product_id
inner join products_sold as o on o.entity = r.entity and o.product_id = r.offered_id
inner join everyone as e on e.entity = r.entity
cross join offer_parameters as a
where r.together >= a.min_customers and r.together * e.n > s.buyers * o.buyers and o.offered = 1

-- reads: basket_customers, baskets, offer_parameters, offer_sides, products_sold
-- makes: one row per side and pair of products that go together: entity, side, product_id,
--   offered_id, product and offered (their numbers), together (customers who bought the second with
--   the first or after it), buyers (of the first), support, confidence and lift, each in millionths,
--   repeatable (of the second), place (1 the best rule).
--
-- Agrawal, Imielinski and Swami (1993) for support and confidence; the lift compares the confidence
-- with the share of all customers who bought the second product. Only what is bought more often
-- than by chance is a rule: by that many standard deviations of the number who would by chance,
-- which is about binomial.
with customers_known as (
  select
    c.entity as entity,
    b.customer as customer,
    max(case when b.then_days > 0 then 1 else 0 end) as known_then
  from baskets as b
  inner join basket_customers as c on c.number = b.customer
  group by c.entity, b.customer
),
everyone as (
  select
    s.entity as entity,
    s.side as side,
    cast(sum(case when s.side = 'now' then 1 else k.known_then end) as bigint) as n
  from customers_known as k
  inner join offer_sides as s on s.entity = k.entity
  group by s.entity, s.side
),
pairs as (
  select
    b.product as product,
    l.product as offered,
    cast(count(*) as bigint) as now_together,
    cast(sum(case when l.then_days > 0 then 1 else 0 end) as bigint) as then_together
  from baskets as b
  inner join baskets as l
    on l.customer = b.customer and l.product <> b.product and l.first_day >= b.first_day
  group by b.product, l.product
),
known as (
  select product, offered, now_together as together
  from pairs
  union all
  select -product as product, -offered as offered, then_together as together
  from pairs
),
rules as (
  select
    s.entity as entity,
    s.side as side,
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
  from known as r
  inner join products_sold as s on s.number = r.product
  inner join products_sold as o on o.number = r.offered
  inner join everyone as e on e.entity = s.entity and e.side = s.side
  cross join offer_parameters as a
  where r.together >= a.min_customers and o.offered = 1
    and r.together * e.n > s.buyers * o.buyers
    and cast(r.together * e.n - s.buyers * o.buyers as double)
      * cast(r.together * e.n - s.buyers * o.buyers as double)
    >= cast(a.deviations * a.deviations as double) * cast(s.buyers * o.buyers as double)
      * cast(e.n - o.buyers as double)
)
select
  entity,
  side,
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
    partition by entity, side order by confidence desc, lift desc, offered_id, product_id
  ) as place
from rules

-- reads: basket_customers, basket_segments, best_sellers, side_baskets
-- makes: the best seller that each customer lacks, of their segment ("segment") and of all
--   ("popular"): way, customer and product (numbers), segment ('' for all), buyers. What is bought
--   again and again may be offered to who has it.
with asked as (
  select customer, cast(count(*) as bigint) as owned
  from side_baskets
  group by customer
),
groups as (
  select
    s.entity as entity,
    s.side as side,
    'segment' as way,
    a.customer as customer,
    a.owned as owned,
    s.segment as segment
  from asked as a
  inner join basket_segments as s on s.customer = a.customer
  union all
  select
    c.entity as entity,
    case when a.customer > 0 then 'now' else 'then' end as side,
    'popular' as way,
    a.customer as customer,
    a.owned as owned,
    '' as segment
  from asked as a
  inner join basket_customers as c on c.number = abs(a.customer)
),
best as (
  select
    g.entity as entity,
    g.side as side,
    g.way as way,
    g.customer as customer,
    g.segment as segment,
    min(p.place) as place
  from groups as g
  inner join best_sellers as p
    on p.entity = g.entity and p.side = g.side and p.way = g.way and p.segment = g.segment
    -- of one more than they have, they lack one
    and p.place <= g.owned + 1
  left join side_baskets as h on h.customer = g.customer and h.product = p.product
  where h.product is null or p.repeatable = 1
  group by g.entity, g.side, g.way, g.customer, g.segment
)
select
  b.way as way,
  b.customer as customer,
  p.product as product,
  b.segment as segment,
  p.buyers as buyers
from best as b
inner join best_sellers as p
  on p.entity = b.entity and p.side = b.side and p.way = b.way and p.segment = b.segment
  and p.place = b.place

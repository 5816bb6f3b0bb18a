-- reads: basket_customers, offer_sides, purchases, rfm_cuts, segment_cells
-- makes: the segment in which each customer was by then, the number with a minus then: entity, side,
--   customer (number), segment. By the cut-points of today on either side.
with known as (
  select
    p.entity as entity,
    s.side as side,
    p.customer_id as customer_id,
    max(s.known_day) - max(p.day) as recency_days,
    cast(count(distinct p.day) as bigint) as purchase_count
  from purchases as p
  inner join offer_sides as s on s.entity = p.entity
  where p.day <= s.known_day and p.cents > 0
  group by p.entity, s.side, p.customer_id
),
scored as (
  select
    k.entity as entity,
    k.side as side,
    k.customer_id as customer_id,
    cast(case
      when k.recency_days <= c.recency_5 then 5
      when k.recency_days <= c.recency_4 then 4
      when k.recency_days <= c.recency_3 then 3
      when k.recency_days <= c.recency_2 then 2
      else 1
    end as bigint) as recency,
    cast(case
      when k.purchase_count >= c.frequency_5 then 5
      when k.purchase_count >= c.frequency_4 then 4
      when k.purchase_count >= c.frequency_3 then 3
      when k.purchase_count >= c.frequency_2 then 2
      else 1
    end as bigint) as frequency
  from known as k
  inner join rfm_cuts as c on c.entity = k.entity
)
select
  s.entity as entity,
  s.side as side,
  case when s.side = 'now' then b.number else -b.number end as customer,
  g.segment as segment
from scored as s
inner join basket_customers as b on b.entity = s.entity and b.customer_id = s.customer_id
inner join segment_cells as g on g.recency = s.recency and g.frequency = s.frequency

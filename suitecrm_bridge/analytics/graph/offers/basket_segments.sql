-- reads: basket_customers, customer_days, offer_sides, rfm_cuts, segment_cells
-- makes: the segment in which each customer was by then, the number with a minus then: entity, side,
--   customer (number), segment. By the cut-points of today on either side; none where these are
--   parts of the customers' rhythm, which then was another.
with counted as (
  select
    d.entity as entity,
    d.customer_id as customer_id,
    max(d.day) as last_day,
    cast(count(*) as bigint) as days,
    max(case when d.day <= s.known_day then d.day end) as then_last_day,
    cast(sum(case when d.day <= s.known_day then 1 else 0 end) as bigint) as then_days
  from customer_days as d
  left join offer_sides as s on s.entity = d.entity and s.side = 'then'
  where d.bought = 1
  group by d.entity, d.customer_id
),
known as (
  select
    c.entity as entity,
    s.side as side,
    c.customer_id as customer_id,
    s.known_day - case when s.side = 'now' then c.last_day else c.then_last_day end as recency_days,
    case when s.side = 'now' then c.days else c.then_days end as purchase_count
  from counted as c
  inner join offer_sides as s on s.entity = c.entity
  where s.side = 'now' or c.then_days > 0
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
  inner join rfm_cuts as c on c.entity = k.entity and c.basis <> 'rhythm'
)
select
  s.entity as entity,
  s.side as side,
  case when s.side = 'now' then b.number else -b.number end as customer,
  g.segment as segment
from scored as s
inner join basket_customers as b on b.entity = s.entity and b.customer_id = s.customer_id
inner join segment_cells as g on g.recency = s.recency and g.frequency = s.frequency

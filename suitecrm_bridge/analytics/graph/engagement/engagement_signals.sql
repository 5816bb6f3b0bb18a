-- reads: as_of, customers, engagement_facts, engagement_weights, wish_mentions
-- makes: one row per customer and signal of the last 365 days: entity, customer_id, signal, number (how
--   often), points (what it adds to the score).
with done as (
  select f.entity as entity, f.customer_id as customer_id, f.signal as signal, f.record_id as record_id
  from engagement_facts as f
  cross join as_of as a
  where f.day <= a.as_of_day and f.day > a.as_of_day - 365
  union all
  select w.entity as entity, w.customer_id as customer_id, 'suggested' as signal, w.record_id as record_id
  from wish_mentions as w
  cross join as_of as a
  where w.theme = 'ideas' and w.day > a.as_of_day - 365
),
counted as (
  select d.entity as entity, d.customer_id as customer_id, d.signal as signal,
    cast(count(distinct d.record_id) as bigint) as number
  from done as d
  inner join (select distinct entity, customer_id from customers) as c
    on c.entity = d.entity and c.customer_id = d.customer_id
  group by d.entity, d.customer_id, d.signal
)
select
  c.entity as entity,
  c.customer_id as customer_id,
  c.signal as signal,
  c.number as number,
  cast(floor(
    cast(w.points * least(c.number, w.times) as double) / cast(w.times as double)
  ) as bigint) as points
from counted as c
inner join engagement_weights as w on w.signal = c.signal

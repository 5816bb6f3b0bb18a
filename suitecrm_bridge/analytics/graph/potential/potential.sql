-- reads: as_of, customer_days, customers, potential_parameters, potential_signals,
--   potential_weights, wallet_facts
-- makes: one row per customer: entity, customer_id, potential_score (0 to 100, null with too few
--   signals), wallet_share (ten-thousandths of what they need a year, null where nobody
--   estimated it).
with weighed as (
  select
    s.entity as entity,
    s.customer_id as customer_id,
    cast(count(*) as bigint) as signals,
    cast(sum(w.weight * s.strength) as bigint) as points,
    cast(sum(w.weight) as bigint) as weights
  from potential_signals as s
  inner join potential_weights as w on w.signal = s.signal
  where w.weight > 0
  group by s.entity, s.customer_id
),
scored as (
  select
    w.entity as entity,
    w.customer_id as customer_id,
    cast(round(cast(w.points as double) / cast(w.weights as double)) as bigint) as potential_score
  from weighed as w
  cross join potential_parameters as a
  where w.signals >= a.min_signals
),
years as (
  select d.entity as entity, d.customer_id as customer_id,
    cast(sum(d.cents) as bigint) as this_cents
  from customer_days as d
  cross join as_of as a
  where d.day > a.as_of_day - 365
  group by d.entity, d.customer_id
),
shares as (
  select
    w.entity as entity,
    w.customer_id as customer_id,
    -- more than a hundred times what they need is no share any more, and may leave 64 bits
    cast(floor(least(cast(1000000 as double), cast(
      cast(10000 as double) * case when y.this_cents > 0 then y.this_cents else 0 end as double
    ) / cast(w.wallet_cents as double))) as bigint) as wallet_share
  from wallet_facts as w
  left join years as y on y.entity = w.entity and y.customer_id = w.customer_id
  where w.wallet_cents > 0
)
select
  c.entity as entity,
  c.customer_id as customer_id,
  s.potential_score as potential_score,
  h.wallet_share as wallet_share
from (select distinct entity, customer_id from customers) as c
left join scored as s on s.entity = c.entity and s.customer_id = c.customer_id
left join shares as h on h.entity = c.entity and h.customer_id = c.customer_id
order by entity, customer_id

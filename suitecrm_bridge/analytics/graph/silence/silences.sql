-- reads: purchase_days
-- makes: one row per purchase day and the silence after it: entity, customer_id, day, next_day (null
--   for the last), gaps (between the purchase days up to it), so_far (days from the first one), habit
--   (0 with fewer than four gaps, else 1 where they are even, 3 where they are uneven, 2 between)
--
-- Even are gaps whose squared coefficient of variation is below 0.2, uneven from 0.6 on; it is
-- gaps * squares / so_far ^ 2 - 1.
with followed as (
  select
    entity,
    customer_id,
    day,
    day - lag(day) over (partition by entity, customer_id order by day) as gap,
    lead(day) over (partition by entity, customer_id order by day) as next_day,
    day - min(day) over (partition by entity, customer_id) as so_far
  from purchase_days
),
counted as (
  select
    entity,
    customer_id,
    day,
    next_day,
    cast(so_far as bigint) as so_far,
    cast(count(gap) over (partition by entity, customer_id order by day) as bigint) as gaps,
    cast(coalesce(
      sum(cast(gap as bigint) * gap) over (partition by entity, customer_id order by day), 0
    ) as bigint) as squares
  from followed
)
select
  entity,
  customer_id,
  day,
  next_day,
  gaps,
  so_far,
  cast(case
    when gaps < 4 then 0
    when 5 * gaps * squares < 6 * so_far * so_far then 1
    when 5 * gaps * squares < 8 * so_far * so_far then 2
    else 3
  end as bigint) as habit
from counted

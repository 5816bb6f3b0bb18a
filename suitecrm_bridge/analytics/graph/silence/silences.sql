-- reads: purchase_days
-- makes: one row per purchase day and the silence after it: entity, customer_id, day, next_day (null
--   for the last), gaps (between the purchase days up to it), so_far (days from the first one)
select
  entity,
  customer_id,
  day,
  lead(day) over (partition by entity, customer_id order by day) as next_day,
  cast(row_number() over (partition by entity, customer_id order by day) - 1 as bigint) as gaps,
  day - min(day) over (partition by entity, customer_id) as so_far
from purchase_days

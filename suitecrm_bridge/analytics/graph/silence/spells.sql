-- reads: as_of, silence_limits, silence_steps
-- makes: one row per purchase day and what followed it: entity, customer_id, day, next_day (null for the
--   last), risk_day and lapse_day (the last days of silence before a customer is at risk, or has
--   lapsed), lost_day (the day after lapse_day where the customer was still silent then, else null)
--
-- The limits were set on the day of the purchase: nothing that comes later changes them.
select
  s.entity as entity,
  s.customer_id as customer_id,
  s.day as day,
  s.next_day as next_day,
  s.day + l.risk_days as risk_day,
  s.day + l.lapse_days as lapse_day,
  case
    when coalesce(s.next_day, a.as_of_day + 1) > s.day + l.lapse_days + 1 then s.day + l.lapse_days + 1
  end as lost_day
from silence_steps as s
inner join silence_limits as l
  on l.entity = s.entity and l.era = s.era and l.habit = s.habit and l.gaps = s.gaps
  and l.so_far = s.so_far
cross join as_of as a

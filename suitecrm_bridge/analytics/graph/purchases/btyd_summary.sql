-- reads: as_of, purchase_summary
-- makes: one row per customer who bought up to the as-of day: entity, customer_id, first_day,
--   last_day, frequency (days with a purchase after the first), recency and age (days from the
--   first purchase to the last and to the as-of day), first_cents (what the first day with a
--   purchase brought), repeat_cents (everything else, refunds deducted: together their total).
select
  s.entity as entity,
  s.customer_id as customer_id,
  s.first_day as first_day,
  s.last_day as last_day,
  s.purchase_count - 1 as frequency,
  s.last_day - s.first_day as recency,
  a.as_of_day - s.first_day as age,
  s.first_cents as first_cents,
  s.total_cents - s.first_cents as repeat_cents
from purchase_summary as s
cross join as_of as a
where s.purchase_count > 0
order by entity, customer_id

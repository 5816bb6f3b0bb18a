-- reads: customer_days
-- makes: one row per customer with a row up to the as-of day: entity, customer_id, first_day,
--   last_day, purchase_count (days with a purchase), total_cents (refunds deducted), first_cents
--   (what the first day with a purchase brought). A customer whose refunds ate up each of their
--   days has purchase_count 0 and no days.
select
  entity,
  customer_id,
  min(case when bought = 1 then day end) as first_day,
  max(case when bought = 1 then day end) as last_day,
  cast(sum(bought) as bigint) as purchase_count,
  cast(sum(cents) as bigint) as total_cents,
  min_by(cents, case when bought = 1 then day end) as first_cents
from customer_days
group by entity, customer_id

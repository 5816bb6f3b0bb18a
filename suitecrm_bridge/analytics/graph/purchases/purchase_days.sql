-- reads: customer_days
-- makes: one row per customer and day with a purchase up to the as-of day: entity, customer_id,
--   day, cents (what the day brought, refunds deducted)
select entity, customer_id, day, cents
from customer_days
where bought = 1

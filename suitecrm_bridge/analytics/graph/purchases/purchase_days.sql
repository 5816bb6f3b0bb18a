-- reads: customer_days
-- makes: one row per customer and day with a purchase up to the as-of day: entity, customer_id,
--   day, cents (net). A day whose refunds eat up its purchases is no purchase.
select entity, customer_id, day, cents
from customer_days
where cents > 0

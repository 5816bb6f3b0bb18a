-- reads: customer_days
-- makes: one row per kind of customer with a purchase: entity, first_day
select entity, min(day) as first_day
from customer_days
where bought = 1
group by entity

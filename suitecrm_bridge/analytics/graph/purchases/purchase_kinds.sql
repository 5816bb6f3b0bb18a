-- reads: purchase_days
-- makes: one row per kind of customer with a purchase: entity
select distinct entity
from purchase_days

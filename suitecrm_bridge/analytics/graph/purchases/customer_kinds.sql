-- reads: customers
-- makes: one row per kind of customer: entity
select distinct entity
from customers

-- reads: purchases
-- makes: customers: everyone who has purchases.
select distinct entity, customer_id
from purchases

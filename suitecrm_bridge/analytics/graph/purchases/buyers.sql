-- reads: purchases
-- makes: customers: everyone who has purchases.
select distinct customer_id
from purchases

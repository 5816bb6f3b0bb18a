-- purchases -> customers: everyone who has purchases.
select distinct customer_id
from purchases

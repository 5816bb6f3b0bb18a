-- opportunity_facts -> purchases (customer_id, purchase_id, day, cents), customers are accounts.
select distinct
  account_id as customer_id,
  opportunity_id as purchase_id,
  day,
  cents
from opportunity_facts
where account_id is not null and stage = 'Closed Won'

-- campaign_facts, customers -> campaign_customers: campaign_id, target_id, customer_id of the
-- targets that are contacts.
select distinct f.campaign_id as campaign_id, f.target_id as target_id, c.customer_id as customer_id
from campaign_facts as f
inner join customers as c on c.customer_id = f.target_id

-- campaign_facts, customers, accounts_contacts -> campaign_customers: campaign_id, target_id,
-- customer_id of the targets that are accounts, or contacts of one.
with reached as (
  select f.campaign_id as campaign_id, f.target_id as target_id, f.target_id as customer_id
  from campaign_facts as f
  union all
  select f.campaign_id as campaign_id, f.target_id as target_id, l.account_id as customer_id
  from campaign_facts as f
  inner join accounts_contacts as l on l.contact_id = f.target_id
)
select distinct
  r.campaign_id as campaign_id,
  r.target_id as target_id,
  r.customer_id as customer_id
from reached as r
inner join customers as c on c.customer_id = r.customer_id

-- reads: accounts_contacts, campaign_facts, customers, indicator_parameters
-- makes: one row per target of a campaign that is a customer, or a contact of an account that is
--   one: campaign_id, target_id, customer_id
with reached as (
  select f.campaign_id as campaign_id, f.target_id as target_id, f.target_id as customer_id
  from campaign_facts as f
  union all
  select f.campaign_id as campaign_id, f.target_id as target_id, l.account_id as customer_id
  from campaign_facts as f
  inner join accounts_contacts as l on l.contact_id = f.target_id
  cross join indicator_parameters as a
  where a.by_account = 1
)
select distinct
  r.campaign_id as campaign_id,
  r.target_id as target_id,
  r.customer_id as customer_id
from reached as r
inner join customers as c on c.customer_id = r.customer_id

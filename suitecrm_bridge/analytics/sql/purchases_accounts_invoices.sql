-- invoice_facts, accounts_contacts -> purchases (customer_id, purchase_id, day, cents), customers
-- are accounts. An invoice without a billing account goes to the account of its billing contact,
-- the one with the lowest id where there are several.
with account_of_contact as (
  select contact_id, min(account_id) as account_id
  from accounts_contacts
  group by contact_id
),
billed as (
  select
    coalesce(i.account_id, a.account_id) as customer_id,
    i.invoice_id as purchase_id,
    i.day as day,
    i.cents as cents
  from invoice_facts as i
  left join account_of_contact as a on a.contact_id = i.contact_id
  where i.status <> 'Cancelled'
)
select distinct customer_id, purchase_id, day, cents
from billed
where customer_id is not null

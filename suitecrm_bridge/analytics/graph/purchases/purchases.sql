-- reads: accounts_contacts, customers, invoice_facts, opportunities_contacts, opportunity_facts,
--   purchase_rule
-- makes: one row per purchase of a customer who is known: entity, customer_id, purchase_id, day, cents
--
-- Invoices count paid or unpaid, but not once cancelled. One without a billing account goes to the
-- account of its billing contact, the one with the lowest id where there are several. A won
-- opportunity counts for its account, and in full for every contact linked to it.
with account_of_contact as (
  select contact_id, min(account_id) as account_id
  from accounts_contacts
  group by contact_id
),
counted as (
  select 'contacts' as entity, 'invoices' as source, contact_id as customer_id,
    invoice_id as purchase_id, day, cents
  from invoice_facts
  where status <> 'Cancelled'
  union all
  select 'accounts' as entity, 'invoices' as source,
    coalesce(i.account_id, a.account_id) as customer_id, i.invoice_id as purchase_id,
    i.day as day, i.cents as cents
  from invoice_facts as i
  left join account_of_contact as a on a.contact_id = i.contact_id
  where i.status <> 'Cancelled'
  union all
  select 'contacts' as entity, 'opportunities' as source, l.contact_id as customer_id,
    o.opportunity_id as purchase_id, o.day as day, o.cents as cents
  from opportunity_facts as o
  inner join opportunities_contacts as l on l.opportunity_id = o.opportunity_id
  where o.stage = 'Closed Won'
  union all
  select 'accounts' as entity, 'opportunities' as source, account_id as customer_id,
    opportunity_id as purchase_id, day, cents
  from opportunity_facts
  where stage = 'Closed Won'
)
select distinct
  c.entity as entity,
  c.customer_id as customer_id,
  c.purchase_id as purchase_id,
  c.day as day,
  c.cents as cents
from counted as c
inner join purchase_rule as r on r.entity = c.entity and r.source = c.source
inner join customers as k on k.entity = c.entity and k.customer_id = c.customer_id

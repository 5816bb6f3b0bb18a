-- invoice_facts -> purchases (customer_id, purchase_id, day, cents), customers are contacts.
-- Invoices count paid or unpaid, but not once cancelled.
select distinct
  contact_id as customer_id,
  invoice_id as purchase_id,
  day,
  cents
from invoice_facts
where contact_id is not null and status <> 'Cancelled'

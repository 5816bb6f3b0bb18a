-- opportunity_facts, opportunities_contacts -> purchases (customer_id, purchase_id, day, cents),
-- customers are contacts. A won opportunity counts in full for every contact linked to it.
select distinct
  l.contact_id as customer_id,
  o.opportunity_id as purchase_id,
  o.day as day,
  o.cents as cents
from opportunity_facts as o
inner join opportunities_contacts as l on l.opportunity_id = o.opportunity_id
where o.stage = 'Closed Won'

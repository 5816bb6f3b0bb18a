-- reads: case_customers_accounts, case_customers_contacts, complaint_timeline, reaction_cases,
--   reaction_spans
-- makes: case_id, days, complaints (of the same customer in that many days up to this one,
--   itself included)
with members as (
  select 'contacts' as entity, case_id, customer_id from case_customers_contacts
  union all
  select 'accounts' as entity, case_id, customer_id from case_customers_accounts
)
select
  c.case_id as case_id,
  s.days as days,
  count(distinct t.case_id) as complaints
from reaction_cases as c
cross join reaction_spans as s
inner join members as m on m.entity = c.entity and m.customer_id = c.customer_id
inner join complaint_timeline as t on t.case_id = m.case_id
where t.created <= c.created and t.created_day > c.created_day - s.days
group by c.case_id, s.days

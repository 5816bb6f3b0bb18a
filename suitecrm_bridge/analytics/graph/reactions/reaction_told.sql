-- reads: reaction_cases, reaction_counts, reaction_customers, reaction_ever, reaction_subjects
-- makes: the columns of reaction_cases; number and subject of the case; name, customer_owner,
--   segment, lifecycle, churn_risk, purchases, total_cents, last_day, clv_cents of the customer;
--   complaints (theirs so far)
select
  c.case_id as case_id,
  c.created as created,
  c.created_day as created_day,
  c.priority as priority,
  c.owner as owner,
  c.entity as entity,
  c.customer_id as customer_id,
  c.contact_id as contact_id,
  c.unanswered as unanswered,
  n.number as number,
  n.subject as subject,
  s.name as name,
  s.owner as customer_owner,
  s.segment as segment,
  s.lifecycle as lifecycle,
  s.churn_risk as churn_risk,
  s.purchases as purchases,
  s.total_cents as total_cents,
  s.last_day as last_day,
  s.clv_cents as clv_cents,
  k.complaints as complaints
from reaction_cases as c
cross join reaction_ever as e
inner join reaction_subjects as n on n.case_id = c.case_id
left join reaction_customers as s on s.entity = c.entity and s.customer_id = c.customer_id
left join reaction_counts as k on k.case_id = c.case_id and k.days = e.days
order by created desc, case_id

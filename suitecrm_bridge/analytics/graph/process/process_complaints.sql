-- reads: complaint_timeline, process_period
-- makes: the complaints made from since_day to until_day: case_id, created, first_response,
--   resolved, basis, status
select
  t.case_id as case_id,
  t.created as created,
  t.first_response as first_response,
  t.resolved as resolved,
  t.basis as basis,
  t.status as status
from complaint_timeline as t
cross join process_period as p
where t.created_day >= p.since_day and t.created_day <= p.until_day

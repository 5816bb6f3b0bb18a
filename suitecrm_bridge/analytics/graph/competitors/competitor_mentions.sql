-- reads: calendar_days, competitor_found, competitor_texts
-- makes: one row per competitor and record that names it: competitor, source, record_id,
--   case_id, opportunity_id ('' where none), day, month_day
select
  f.competitor as competitor,
  f.source as source,
  f.record_id as record_id,
  x.case_id as case_id,
  x.opportunity_id as opportunity_id,
  x.day as day,
  d.month_day as month_day
from competitor_found as f
inner join competitor_texts as x on x.source = f.source and x.record_id = f.record_id
inner join calendar_days as d on d.day = x.day

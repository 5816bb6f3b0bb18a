-- reads: case_customers, complaint_timeline, survey_scores
-- makes: one row per resolved complaint whose customer answered a survey in the year before they
--   made it and in the year after it was resolved: case_id, before, after (0 to 10000, means of
--   their answers)
with owned as (
  select k.customer_id as customer_id, t.case_id as case_id, t.created_day as created_day,
    t.resolved_day as resolved_day
  from complaint_timeline as t
  inner join case_customers as k on k.case_id = t.case_id
  where t.resolved_day is not null
),
earlier as (
  select o.case_id as case_id, avg(cast(s.points as double)) as points
  from owned as o
  inner join survey_scores as s on s.customer_id = o.customer_id
  where s.day < o.created_day and s.day >= o.created_day - 365
  group by o.case_id
),
later as (
  select o.case_id as case_id, avg(cast(s.points as double)) as points
  from owned as o
  inner join survey_scores as s on s.customer_id = o.customer_id
  where s.day >= o.resolved_day and s.day <= o.resolved_day + 365
  group by o.case_id
)
select e.case_id as case_id, cast(round(e.points) as bigint) as before,
  cast(round(l.points) as bigint) as after
from earlier as e
inner join later as l on l.case_id = e.case_id

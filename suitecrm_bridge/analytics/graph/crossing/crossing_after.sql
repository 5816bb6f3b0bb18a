-- reads: crossing_members, survey_scores
-- makes: one row per cell: rated (complaints whose customer answered a survey within 90 days
--   after it was resolved), points (the sum of what they then gave, on average, in hundredths of
--   a point)
with after_each as (
  select
    m.cell as cell,
    m.case_id as case_id,
    cast(floor(cast(sum(s.points) as double) / cast(count(*) as double)) as bigint) as points
  from crossing_members as m
  inner join survey_scores as s on s.customer_id = m.customer_id
  where s.day >= m.resolved_day and s.day <= m.resolved_day + 90 and s.points is not null
  group by m.cell, m.case_id
),
summed as (
  select cell, cast(count(*) as bigint) as rated, cast(sum(points) as bigint) as points
  from after_each
  group by cell
)
select
  c.cell as cell,
  coalesce(s.rated, cast(0 as bigint)) as rated,
  coalesce(s.points, cast(0 as bigint)) as points
from (select distinct cell from crossing_members) as c
left join summed as s on s.cell = c.cell

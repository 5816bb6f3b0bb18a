-- survey_scores, customer_scores, calendar_days, survey_parameters -> one row per segment ('' where
-- unknown) and month: n (responses), points and squares (their sums), satisfied, asked (for a
-- recommendation), promoters, detractors
select
  coalesce(c.segment, '') as segment,
  d.month_day as month_day,
  cast(count(*) as bigint) as n,
  cast(sum(s.points) as bigint) as points,
  cast(sum(s.points * s.points) as bigint) as squares,
  cast(sum(case when s.points >= a.satisfied then 1 else 0 end) as bigint) as satisfied,
  cast(count(s.promoter) as bigint) as asked,
  cast(sum(coalesce(s.promoter, 0)) as bigint) as promoters,
  cast(sum(coalesce(s.detractor, 0)) as bigint) as detractors
from survey_scores as s
cross join survey_parameters as a
inner join calendar_days as d on d.day = s.day
left join customer_scores as c on c.customer_id = s.customer_id
group by coalesce(c.segment, ''), d.month_day
order by segment, month_day

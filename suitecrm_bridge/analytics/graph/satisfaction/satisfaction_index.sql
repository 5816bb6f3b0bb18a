-- reads: calendar_days, customer_scores, index_dimensions, survey_parameters, survey_scores
-- makes: one row per segment ('' where unknown) and month (0 everywhere where it is not asked
--   for, as the segment is ''), of the answers from since_day to until_day: n (responses),
--   points and squares (their sums), satisfied, asked (for a recommendation), promoters,
--   detractors
select
  case when i.segment = 1 then coalesce(c.segment, '') else '' end as segment,
  case when i.month = 1 then d.month_day else cast(0 as bigint) end as month_day,
  cast(count(*) as bigint) as n,
  cast(sum(s.points) as bigint) as points,
  cast(sum(s.points * s.points) as bigint) as squares,
  cast(sum(case when s.points >= a.satisfied then 1 else 0 end) as bigint) as satisfied,
  cast(count(s.promoter) as bigint) as asked,
  cast(sum(coalesce(s.promoter, 0)) as bigint) as promoters,
  cast(sum(coalesce(s.detractor, 0)) as bigint) as detractors
from survey_scores as s
cross join survey_parameters as a
cross join index_dimensions as i
inner join calendar_days as d on d.day = s.day
left join customer_scores as c on c.customer_id = s.customer_id
where s.day >= i.since_day and s.day <= i.until_day
group by
  case when i.segment = 1 then coalesce(c.segment, '') else '' end,
  case when i.month = 1 then d.month_day else cast(0 as bigint) end
order by segment, month_day

-- reads: business_time, case_statuses, complaint_moments, complaint_parameters, waiting_statuses
-- makes: the times that complaints waited for their customers, up to the as-of day: case_id,
--   from_minute, to_minute, and the business minutes that have passed by each (passed_from,
--   passed_to)
with lasting as (
  select
    s.case_id as case_id,
    s.status as status,
    case when s.moment > m.created then s.moment else m.created end as from_minute,
    lead(s.moment) over (partition by s.case_id order by s.moment, s.place) as until
  from case_statuses as s
  inner join complaint_moments as m on m.case_id = s.case_id
),
waited as (
  select
    l.case_id as case_id,
    l.from_minute as from_minute,
    case when l.until is null or l.until > a.cutoff then a.cutoff else l.until end as to_minute
  from lasting as l
  inner join waiting_statuses as w on w.status = l.status
  cross join complaint_parameters as a
)
select
  w.case_id as case_id,
  w.from_minute as from_minute,
  w.to_minute as to_minute,
  b.before + b.open * (w.from_minute - b.from_minute) as passed_from,
  coalesce(e.before + e.open * (w.to_minute - e.from_minute), a.cutoff_open) as passed_to
from waited as w
cross join complaint_parameters as a
inner join business_time as b
  on b.utc_day = cast(floor(cast(w.from_minute as double) / cast(1440 as double)) as bigint)
  and w.from_minute >= b.from_minute and w.from_minute < b.to_minute
left join business_time as e
  on e.utc_day = cast(floor(cast(w.to_minute as double) / cast(1440 as double)) as bigint)
  and w.to_minute >= e.from_minute and w.to_minute < e.to_minute
where w.from_minute < w.to_minute

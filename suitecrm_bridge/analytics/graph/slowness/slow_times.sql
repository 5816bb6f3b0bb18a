-- reads: case_customers, complaint_timeline, customer_traits, slow_parameters, slow_places
-- makes: complaints since since_day of customers whose country is known: place, stratum
--   (priority), and the business minutes to the first response and to the resolution, so far
--   where done is 0. A closing without a response stands in for it.
select
  n.place as place,
  cast(dense_rank() over (order by t.priority) - 1 as bigint) as stratum,
  coalesce(t.response_minutes, t.resolution_minutes, t.age_minutes) as response,
  case when coalesce(t.response_minutes, t.resolution_minutes) is null
    then cast(0 as bigint) else cast(1 as bigint) end as response_done,
  coalesce(t.resolution_minutes, t.age_minutes) as resolution,
  case when t.resolution_minutes is null
    then cast(0 as bigint) else cast(1 as bigint) end as resolution_done
from complaint_timeline as t
cross join slow_parameters as a
inner join case_customers as k on k.case_id = t.case_id
inner join customer_traits as r on r.customer_id = k.customer_id
inner join slow_places as n on n.country = r.country
where t.created_day >= a.since_day

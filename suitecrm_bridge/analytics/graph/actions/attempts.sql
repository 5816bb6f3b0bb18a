-- reads: as_of, attempt_facts, lifecycle
-- makes: one row per customer that somebody ever tried to reach: entity, customer_id, attempts (days
--   with one since their next purchase was due), last_day (of any)
select
  f.entity as entity,
  f.customer_id as customer_id,
  cast(count(distinct case when f.day > l.due_day then f.day end) as bigint) as attempts,
  max(f.day) as last_day
from attempt_facts as f
inner join lifecycle as l on l.entity = f.entity and l.customer_id = f.customer_id
cross join as_of as a
where f.day <= a.as_of_day
group by f.entity, f.customer_id

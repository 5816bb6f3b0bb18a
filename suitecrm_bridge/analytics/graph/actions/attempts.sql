-- reads: as_of, attempt_facts, lifecycle
-- makes: one row per customer whom somebody tried to reach since their next purchase was due: entity,
--   customer_id, attempts (days with one), last_day
select
  f.entity as entity,
  f.customer_id as customer_id,
  cast(count(distinct f.day) as bigint) as attempts,
  max(f.day) as last_day
from attempt_facts as f
inner join lifecycle as l on l.entity = f.entity and l.customer_id = f.customer_id
cross join as_of as a
where f.day > l.due_day and f.day <= a.as_of_day
group by f.entity, f.customer_id

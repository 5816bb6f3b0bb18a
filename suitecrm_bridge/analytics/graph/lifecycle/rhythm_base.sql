-- reads: customers, lifecycle_parameters, rhythm_medians
-- makes: one row per kind of customer: entity, base_days, the median of the customers' own
--   medians, and gaps, how many there are; measured is 0 where they are too few to say and the
--   default stands in.
--
-- The median is counted out over the values that there are: to number the customers would take
-- all of them to one place.
with entities as (
  select distinct entity from customers
),
sizes as (
  select entity, own_days, count(*) as size, cast(sum(gaps) as bigint) as gaps
  from rhythm_medians
  group by entity, own_days
),
ranked as (
  select
    entity,
    gaps,
    own_days,
    cast(sum(size) over (partition by entity order by own_days) as bigint) as up_to,
    cast(sum(size) over (partition by entity) as bigint) as n
  from sizes
),
middle as (
  select
    entity,
    cast(sum(gaps) as bigint) as gaps,
    min(case when 2 * up_to >= n then own_days end) as base_days
  from ranked
  group by entity
),
counted as (
  select
    e.entity as entity,
    coalesce(m.gaps, cast(0 as bigint)) as gaps,
    m.base_days as base_days
  from entities as e
  left join middle as m on m.entity = e.entity
)
select
  c.entity as entity,
  case when c.gaps >= a.fewest_gaps then c.base_days else a.rhythm_days end as base_days,
  c.gaps as gaps,
  cast(case when c.gaps >= a.fewest_gaps then 1 else 0 end as bigint) as measured
from counted as c
cross join lifecycle_parameters as a

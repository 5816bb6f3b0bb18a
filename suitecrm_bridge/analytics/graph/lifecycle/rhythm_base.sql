-- reads: customers, lifecycle_parameters, rhythm_medians
-- makes: one row per kind of customer: entity, base_days, the median of the customers' own
--   medians, and gaps, how many there are; measured is 0 where they are too few to say and the
--   default stands in.
with entities as (
  select distinct entity from customers
),
ranked as (
  select
    entity,
    gaps,
    own_days,
    row_number() over (partition by entity order by own_days, customer_id) as place,
    count(*) over (partition by entity) as n
  from rhythm_medians
),
middle as (
  select
    entity,
    cast(sum(gaps) as bigint) as gaps,
    min(case when 2 * place >= n then own_days end) as base_days
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

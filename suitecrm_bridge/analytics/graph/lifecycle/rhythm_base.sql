-- reads: lifecycle_parameters, rhythm_medians
-- makes: one row: base_days, the median of the customers' own medians, and gaps, how many there
--   are; measured is 0 where they are too few to say and the default stands in.
with ranked as (
  select
    own_days,
    cast(row_number() over (order by own_days, customer_id) as bigint) as place,
    cast(count(*) over () as bigint) as n
  from rhythm_medians
),
middle as (
  select min(case when 2 * place >= n then own_days end) as base_days from ranked
),
counted as (
  select coalesce(cast(sum(gaps) as bigint), cast(0 as bigint)) as gaps from rhythm_medians
)
select
  case when c.gaps >= a.fewest_gaps then m.base_days else a.rhythm_days end as base_days,
  c.gaps as gaps,
  cast(case when c.gaps >= a.fewest_gaps then 1 else 0 end as bigint) as measured
from counted as c
cross join middle as m
cross join lifecycle_parameters as a

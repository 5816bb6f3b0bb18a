-- reads: lifecycle_parameters, purchase_gaps, rhythm_base, rhythms
-- makes: one row per kind of customer: entity, at_risk_percent and lapsed_percent, the limits in
--   hundredths of a rhythm: the percentiles of all gaps, each in its customer's rhythm, but not
--   less than one rhythm; the defaults where gaps are too few.
with measured as (
  select g.entity as entity, 100 * g.gap as part, r.rhythm_days as whole
  from purchase_gaps as g
  inner join rhythms as r on r.entity = g.entity and r.customer_id = g.customer_id
),
ratios as (
  select
    entity,
    cast(cast(part - part % whole as double) / cast(whole as double) as bigint) as ratio
  from measured
),
sizes as (
  select entity, ratio, cast(count(*) as bigint) as size from ratios group by entity, ratio
),
ranked as (
  select
    entity,
    ratio,
    cast(sum(size) over (partition by entity order by ratio) as bigint) as up_to,
    cast(sum(size) over (partition by entity) as bigint) as n
  from sizes
),
found as (
  select
    k.entity as entity,
    min(case when 100 * k.up_to >= a.at_risk_percentile * k.n then k.ratio end) as at_risk,
    min(case when 100 * k.up_to >= a.lapsed_percentile * k.n then k.ratio end) as lapsed
  from ranked as k
  cross join lifecycle_parameters as a
  group by k.entity
)
select
  b.entity as entity,
  case
    when b.gaps < a.fewest_gaps then 100 * a.at_risk_multiple
    when f.at_risk < 100 then cast(100 as bigint)
    else f.at_risk
  end as at_risk_percent,
  case
    when b.gaps < a.fewest_gaps then 100 * a.lapsed_multiple
    when f.lapsed < 100 then cast(100 as bigint)
    else f.lapsed
  end as lapsed_percent
from rhythm_base as b
left join found as f on f.entity = b.entity
cross join lifecycle_parameters as a

-- reads: as_of, lapse_limits, new_products, purchase_summary, rhythm_base, rhythms
-- makes: one row per customer: entity, customer_id, lifecycle, gaps, rhythm_days, due_day,
--   at_risk_day, lapsed_day (the last days on which they are not yet at risk, or lapsed).
with newest as (
  select entity, customer_id, max(first_day) as product_day
  from new_products
  group by entity, customer_id
),
measured as (
  select
    r.entity as entity,
    r.customer_id as customer_id,
    r.gaps as gaps,
    r.last_gap as last_gap,
    r.rhythm_days as rhythm_days,
    s.first_day as first_day,
    s.last_day as last_day,
    n.product_day as product_day,
    a.as_of_day as as_of_day,
    b.base_days as base_days,
    r.rhythm_days * l.at_risk_percent as risk_part,
    r.rhythm_days * l.lapsed_percent as lapse_part,
    r.earlier_rhythm_days * l.lapsed_percent as earlier_lapse_part
  from rhythms as r
  inner join rhythm_base as b on b.entity = r.entity
  inner join lapse_limits as l on l.entity = r.entity
  cross join as_of as a
  left join purchase_summary as s
    on s.entity = r.entity and s.customer_id = r.customer_id
    and s.purchase_count > 0
  left join newest as n on n.entity = r.entity and n.customer_id = r.customer_id
)
select
  entity,
  customer_id,
  case
    when last_day is null then 'prospect'
    when as_of_day - first_day <= base_days then 'new'
    when 100 * (as_of_day - last_day) > lapse_part then 'lapsed'
    when 100 * (as_of_day - last_day) > risk_part then 'at_risk'
    when 100 * last_gap > earlier_lapse_part then 'won_back'
    when product_day > first_day and as_of_day - product_day <= base_days then 'new_to_product'
    else 'active'
  end as lifecycle,
  gaps,
  case when last_day is not null then rhythm_days end as rhythm_days,
  last_day + rhythm_days as due_day,
  last_day + cast(cast(risk_part - risk_part % 100 as double) / cast(100 as double) as bigint)
    as at_risk_day,
  last_day + cast(cast(lapse_part - lapse_part % 100 as double) / cast(100 as double) as bigint)
    as lapsed_day
from measured
order by entity, customer_id

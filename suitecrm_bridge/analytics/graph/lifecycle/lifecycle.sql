-- reads: as_of, new_products, purchase_summary, rhythm_base, rhythms, spells
-- makes: one row per customer: entity, customer_id, lifecycle, gaps, rhythm_days, due_day,
--   at_risk_day, lapsed_day (the last days on which they are not yet at risk, or lapsed).
with newest as (
  select entity, customer_id, max(first_day) as product_day
  from new_products
  group by entity, customer_id
),
latest as (
  select entity, customer_id, risk_day, lapse_day
  from spells
  where next_day is null
),
returned as (
  select entity, customer_id, next_day as day
  from spells
  where next_day is not null and lost_day is not null
),
measured as (
  select
    r.entity as entity,
    r.customer_id as customer_id,
    r.gaps as gaps,
    r.rhythm_days as rhythm_days,
    s.first_day as first_day,
    s.last_day as last_day,
    t.risk_day as risk_day,
    t.lapse_day as lapse_day,
    w.day as returned_day,
    n.product_day as product_day,
    a.as_of_day as as_of_day,
    b.base_days as base_days
  from rhythms as r
  inner join rhythm_base as b on b.entity = r.entity
  cross join as_of as a
  left join purchase_summary as s
    on s.entity = r.entity and s.customer_id = r.customer_id
    and s.purchase_count > 0
  left join latest as t on t.entity = r.entity and t.customer_id = r.customer_id
  left join returned as w
    on w.entity = r.entity and w.customer_id = r.customer_id and w.day = s.last_day
  left join newest as n on n.entity = r.entity and n.customer_id = r.customer_id
)
select
  entity,
  customer_id,
  case
    when last_day is null then 'prospect'
    when as_of_day > lapse_day then 'lapsed'
    when as_of_day - first_day <= base_days then 'new'
    when as_of_day > risk_day then 'at_risk'
    when returned_day is not null then 'won_back'
    when product_day > first_day and as_of_day - product_day <= base_days then 'new_to_product'
    else 'active'
  end as lifecycle,
  gaps,
  case when last_day is not null then rhythm_days end as rhythm_days,
  case
    when last_day + rhythm_days > risk_day then risk_day else last_day + rhythm_days
  end as due_day,
  case when last_day is not null then risk_day end as at_risk_day,
  case when last_day is not null then lapse_day end as lapsed_day
from measured
order by entity, customer_id

-- reads: action_parameters, attempts, clv, complaint_customers, lifecycle, next_offers, review, rfm,
--   standing, value_at_stake
-- makes: one row per customer: entity, customer_id, and in words what the conditions of actions go
--   by: segments, lifecycles, churn_risks ('' where unknown), standings, complaints, satisfactions,
--   offers, reviews, stakes, attempts
select
  f.entity as entity,
  f.customer_id as customer_id,
  f.rfm_segment as segments,
  l.lifecycle as lifecycles,
  coalesce(c.churn_risk, '') as churn_risks,
  s.standing as standings,
  case
    when k.complaint_serious > 0 then 'serious' when k.complaint_open > 0 then 'open' else 'none'
  end as complaints,
  case
    when k.satisfaction is null then 'unknown'
    when k.satisfaction < 100 * m.dissatisfied_below then 'low'
    when k.satisfaction < 100 * m.satisfied_from then 'middle'
    else 'high'
  end as satisfactions,
  case when o.product_id is null then 'no' else 'yes' end as offers,
  case when r.customer_id is null then 'no' else 'yes' end as reviews,
  case when v.stake_cents > 0 and v.stake_cents >= 100 * m.worth_an_attempt then 'some' else 'none' end
    as stakes,
  case when a.attempts >= m.attempts then 'spent' else 'left' end as attempts
from rfm as f
inner join lifecycle as l on l.entity = f.entity and l.customer_id = f.customer_id
inner join standing as s on s.entity = f.entity and s.customer_id = f.customer_id
cross join action_parameters as m
left join clv as c on c.entity = f.entity and c.customer_id = f.customer_id
left join complaint_customers as k on k.entity = f.entity and k.customer_id = f.customer_id
left join next_offers as o on o.entity = f.entity and o.customer_id = f.customer_id
left join review as r on r.entity = f.entity and r.customer_id = f.customer_id
left join value_at_stake as v on v.entity = f.entity and v.customer_id = f.customer_id
left join attempts as a on a.entity = f.entity and a.customer_id = f.customer_id

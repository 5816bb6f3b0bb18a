-- reads: clv, lifecycle, standing_words
-- makes: one row per customer: entity, customer_id, standing (prospect, here, at_risk or lost)
select
  l.entity as entity,
  l.customer_id as customer_id,
  case
    when l.lifecycle = 'prospect' then 'prospect'
    when s.place is null and r.place is null then 'here'
    when r.place is null or s.place <= r.place then s.standing
    else r.standing
  end as standing
from lifecycle as l
left join clv as c on c.entity = l.entity and c.customer_id = l.customer_id
left join standing_words as s on s.name = 'lifecycles' and s.word = l.lifecycle
left join standing_words as r on r.name = 'churn_risks' and r.word = c.churn_risk

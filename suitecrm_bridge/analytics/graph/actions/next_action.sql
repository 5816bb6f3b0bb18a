-- reads: action_before, action_places, action_rules, action_traits, as_of, attempts, value_at_stake
-- makes: one row per customer: entity, customer_id, rule, action, standing, since_day (from which on
--   the rule has fitted), due_day (null where nothing is due), attempts, overdue_days, kept_cents,
--   lost_cents, stake_cents (these four null for who never bought)
with fitting as (
  select
    t.entity as entity,
    t.customer_id as customer_id,
    t.standings as standing,
    r.rule as rule,
    r.action as action,
    r.days as days,
    case when b.since_day <= a.as_of_day then b.since_day else a.as_of_day end as since_day
  from action_traits as t
  inner join action_places as p
    on p.{{ conditions[0] }} = t.{{ conditions[0] }}
{% for name in conditions[1:] %}
    and p.{{ name }} = t.{{ name }}
{% endfor %}
  inner join action_rules as r on r.place = p.place
  cross join as_of as a
  left join action_before as b
    on b.entity = t.entity and b.customer_id = t.customer_id and b.rule = r.rule
)
select
  f.entity as entity,
  f.customer_id as customer_id,
  f.rule as rule,
  f.action as action,
  f.standing as standing,
  f.since_day as since_day,
  case
    when f.days < 0 then null
    when t.last_day > f.since_day then t.last_day + f.days
    else f.since_day + f.days
  end as due_day,
  coalesce(t.attempts, cast(0 as bigint)) as attempts,
  v.overdue_days as overdue_days,
  v.kept_cents as kept_cents,
  v.lost_cents as lost_cents,
  v.stake_cents as stake_cents
from fitting as f
left join attempts as t on t.entity = f.entity and t.customer_id = f.customer_id
left join value_at_stake as v on v.entity = f.entity and v.customer_id = f.customer_id
order by entity, customer_id

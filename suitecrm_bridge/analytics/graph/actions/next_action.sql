-- reads: action_places, action_rules, action_traits, as_of, attempts, kept_actions, value_at_stake
-- makes: one row per customer: entity, customer_id, rule, action, standing, due_day (null where nothing
--   is due), attempts, overdue_days, kept_cents, lost_cents, stake_cents (these four null for who never
--   bought)
--
-- A due day that SuiteCRM holds for the same action stays, so that it does not move from night to night;
-- after an attempt the days begin anew.
with fitting as (
  select
    t.entity as entity,
    t.customer_id as customer_id,
    t.standings as standing,
    r.rule as rule,
    r.action as action,
    r.days as days,
    a.as_of_day + r.days as fresh_day,
    k.due_day as kept_day
  from action_traits as t
  inner join action_places as p
    on p.{{ conditions[0] }} = t.{{ conditions[0] }}
{% for name in conditions[1:] %}
    and p.{{ name }} = t.{{ name }}
{% endfor %}
  inner join action_rules as r on r.place = p.place
  cross join as_of as a
  left join kept_actions as k
    on k.entity = t.entity and k.customer_id = t.customer_id and k.action = r.action
)
select
  f.entity as entity,
  f.customer_id as customer_id,
  f.rule as rule,
  f.action as action,
  f.standing as standing,
  case
    when f.days < 0 then null
    when f.kept_day is null or f.kept_day > f.fresh_day then f.fresh_day
    when t.last_day + f.days > f.kept_day then t.last_day + f.days
    else f.kept_day
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

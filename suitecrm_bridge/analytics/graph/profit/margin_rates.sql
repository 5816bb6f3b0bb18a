-- reads: as_of, invoice_costs, profit_parameters, purchases
-- makes: one row per entity: entity, margin_rate (what sales whose cost is known earn, as a share of
--   them; null where too little is known of what the products cost)
with base as (
  select
    p.entity as entity,
    cast(sum(c.net_cents) as bigint) as net_cents,
    cast(sum(c.known_cents) as bigint) as known_cents,
    cast(sum(c.known_cents - c.cost_cents) as bigint) as earned_cents
  from purchases as p
  inner join invoice_costs as c on c.invoice_id = p.purchase_id
  cross join as_of as a
  where p.day <= a.as_of_day
  group by p.entity
)
select
  b.entity as entity,
  case when b.known_cents > 0
    and cast(100 as double) * cast(b.known_cents as double)
      >= cast(a.known_percent as double) * cast(b.net_cents as double)
    -- a slip in one cost must not make lines without a cost lose more than they bring
    then greatest(cast(-1 as double), least(cast(1 as double),
      cast(b.earned_cents as double) / cast(b.known_cents as double)))
  end as margin_rate
from base as b
cross join profit_parameters as a

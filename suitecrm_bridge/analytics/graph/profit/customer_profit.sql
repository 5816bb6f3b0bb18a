-- reads: as_of, customers, invoice_costs, margin_rates, overdue_facts, profit_parameters,
--   purchases, service_facts
-- makes: one row per customer: entity, customer_id, net_cents, margin_cents, service_cents,
--   late_cents, profit_cents, known_cents (sales whose cost is known), cases, minutes. Without
--   enough known costs in the whole base margin_cents and profit_cents are null.
--
-- Lines without a cost are taken to earn what the lines with one earn in the whole base. What an
-- invoice adds to its lines or takes off them (a discount, say) counts in full.
with sold as (
  select
    p.entity as entity,
    p.customer_id as customer_id,
    c.net_cents as net_cents,
    c.known_cents as known_cents,
    c.known_cents - c.cost_cents as earned_cents,
    case when c.lines > 0 then c.net_cents - c.lines_cents else cast(0 as bigint) end
      as beside_cents,
    case when c.lines > 0 then c.lines_cents - c.known_cents else c.net_cents end as open_cents
  from purchases as p
  inner join invoice_costs as c on c.invoice_id = p.purchase_id
  cross join as_of as a
  where p.day <= a.as_of_day
),
sales as (
  select
    entity,
    customer_id,
    cast(sum(net_cents) as bigint) as net_cents,
    cast(sum(known_cents) as bigint) as known_cents,
    cast(sum(earned_cents + beside_cents) as bigint) as sure_cents,
    cast(sum(open_cents) as bigint) as open_cents
  from sold
  group by entity, customer_id
),
service as (
  select
    s.entity as entity,
    s.customer_id as customer_id,
    cast(sum(case when s.kind = 'case' then 1 else 0 end) as bigint) as cases,
    cast(sum(case when s.kind = 'case' then 0 else s.minutes end) as bigint) as minutes
  from service_facts as s
  cross join as_of as a
  where s.day <= a.as_of_day
  group by s.entity, s.customer_id
),
late as (
  select
    p.entity as entity,
    p.customer_id as customer_id,
    -- decimals, for an amount times its days may leave 64 bits
    sum(
      cast(case when o.owed_cents > 0 then o.owed_cents else 0 end as decimal(18, 0))
      * cast(a.as_of_day - o.due_day as decimal(9, 0))
    ) as cent_days
  from purchases as p
  inner join overdue_facts as o on o.invoice_id = p.purchase_id
  cross join as_of as a
  where p.day <= a.as_of_day and o.due_day < a.as_of_day
  group by p.entity, p.customer_id
),
costs as (
  select
    c.entity as entity,
    c.customer_id as customer_id,
    coalesce(s.net_cents, cast(0 as bigint)) as net_cents,
    coalesce(s.known_cents, cast(0 as bigint)) as known_cents,
    coalesce(s.sure_cents, cast(0 as bigint)) as sure_cents,
    coalesce(s.open_cents, cast(0 as bigint)) as open_cents,
    coalesce(v.cases, cast(0 as bigint)) as cases,
    coalesce(v.minutes, cast(0 as bigint)) as minutes,
    coalesce(v.cases, cast(0 as bigint)) * a.case_cents + cast(floor(
      cast(coalesce(v.minutes, cast(0 as bigint)) * a.hour_cents as double) / cast(60 as double)
    ) as bigint) as service_cents,
    cast(floor(
      cast(cast(coalesce(l.cent_days, 0) as double) * a.late_percent as double)
      / cast(36500 as double)
    ) as bigint) as late_cents
  from (select distinct entity, customer_id from customers) as c
  cross join profit_parameters as a
  left join sales as s on s.entity = c.entity and s.customer_id = c.customer_id
  left join service as v on v.entity = c.entity and v.customer_id = c.customer_id
  left join late as l on l.entity = c.entity and l.customer_id = c.customer_id
),
margins as (
  select
    c.entity as entity,
    c.customer_id as customer_id,
    c.net_cents as net_cents,
    c.known_cents as known_cents,
    c.cases as cases,
    c.minutes as minutes,
    c.service_cents as service_cents,
    c.late_cents as late_cents,
    c.sure_cents + cast(round(cast(c.open_cents as double) * r.margin_rate) as bigint)
      as margin_cents
  from costs as c
  left join margin_rates as r on r.entity = c.entity
)
select
  entity,
  customer_id,
  net_cents,
  margin_cents,
  service_cents,
  late_cents,
  margin_cents - service_cents - late_cents as profit_cents,
  known_cents,
  cases,
  minutes
from margins
order by entity, customer_id

-- reads: as_of, customer_profit, delivery_prices, engagement_facts, invoice_extras, letting_go_parameters,
--   purchases
-- makes: one row per customer who bought and costs more than they bring: entity, customer_id, net_cents,
--   loss_cents, rise (of prices on what they bought that would make up for it, in ten-thousandths),
--   service_cents, late_cents, discount_cents (given below list prices), free_deliveries, delivery_cents (what
--   these would bring), after_service_cents, after_discount_cents, after_delivery_cents (what would remain if
--   it were charged apart), margin_cents, leaving_cents (what the base has more, or less, if they leave),
--   referred (leads who came through them).
with bought as (
  select
    p.entity as entity,
    p.customer_id as customer_id,
    cast(sum(case when x.list_cents > x.sold_cents then x.list_cents - x.sold_cents
      else cast(0 as bigint) end) as bigint) as discount_cents,
    cast(sum(case when x.shipping_cents > 0 then 0 else 1 end) as bigint) as free_deliveries
  from purchases as p
  inner join invoice_extras as x on x.invoice_id = p.purchase_id
  cross join as_of as a
  where p.day <= a.as_of_day and p.cents > 0
  group by p.entity, p.customer_id
),
brought as (
  select f.entity as entity, f.customer_id as customer_id,
    cast(count(distinct f.record_id) as bigint) as referred
  from engagement_facts as f
  cross join as_of as a
  where f.signal = 'referred' and f.day <= a.as_of_day
  group by f.entity, f.customer_id
),
costly as (
  select
    c.entity as entity,
    c.customer_id as customer_id,
    c.net_cents as net_cents,
    c.margin_cents as margin_cents,
    c.service_cents as service_cents,
    c.late_cents as late_cents,
    c.profit_cents as profit_cents,
    coalesce(b.discount_cents, cast(0 as bigint)) as discount_cents,
    coalesce(b.free_deliveries, cast(0 as bigint)) as free_deliveries,
    coalesce(b.free_deliveries, cast(0 as bigint)) * coalesce(d.delivery_cents, cast(0 as bigint))
      as delivery_cents,
    coalesce(r.referred, cast(0 as bigint)) as referred
  from customer_profit as c
  left join bought as b on b.entity = c.entity and b.customer_id = c.customer_id
  left join delivery_prices as d on d.entity = c.entity
  left join brought as r on r.entity = c.entity and r.customer_id = c.customer_id
  where c.profit_cents < 0 and c.net_cents > 0
)
select
  c.entity as entity,
  c.customer_id as customer_id,
  c.net_cents as net_cents,
  -c.profit_cents as loss_cents,
  cast(ceil(least(cast(p.most_rise as double),
    cast(cast(-10000 as double) * c.profit_cents as double) / cast(c.net_cents as double)
  )) as bigint) as rise,
  c.service_cents as service_cents,
  c.late_cents as late_cents,
  c.discount_cents as discount_cents,
  c.free_deliveries as free_deliveries,
  c.delivery_cents as delivery_cents,
  c.profit_cents + c.service_cents as after_service_cents,
  c.profit_cents + c.discount_cents as after_discount_cents,
  c.profit_cents + c.delivery_cents as after_delivery_cents,
  c.margin_cents as margin_cents,
  c.late_cents + cast(floor(
    cast(c.service_cents * (100 - p.fixed_percent) as double) / cast(100 as double)
  ) as bigint) - c.margin_cents as leaving_cents,
  c.referred as referred
from costly as c
cross join letting_go_parameters as p

-- reads: as_of, line_facts, purchases
-- makes: one row per customer and product that they bought on several days: entity, customer_id, product_id,
--   times (days with a purchase of it), last_day, gap_days (the mean, a double), spread (how far gaps lie from
--   it, as a share of it), quantity_thousandths (a day, on average).
with days as (
  select
    p.entity as entity,
    p.customer_id as customer_id,
    l.product_id as product_id,
    p.day as day,
    cast(sum(l.quantity_thousandths) as bigint) as quantity
  from purchases as p
  inner join line_facts as l on l.invoice_id = p.purchase_id
  cross join as_of as a
  where p.day <= a.as_of_day and p.cents > 0 and l.cents > 0
  group by p.entity, p.customer_id, l.product_id, p.day
),
gaps as (
  select
    entity,
    customer_id,
    product_id,
    day,
    quantity,
    cast(day - lag(day) over (partition by entity, customer_id, product_id order by day) as double)
      as gap
  from days
),
sums as (
  select
    entity,
    customer_id,
    product_id,
    cast(count(*) as bigint) as times,
    max(day) as last_day,
    cast(sum(quantity) as bigint) as quantity,
    cast(count(gap) as double) as gaps,
    sum(gap) as all_days,
    sum(gap * gap) as squares
  from gaps
  group by entity, customer_id, product_id
  having count(gap) > 1
)
select
  entity,
  customer_id,
  product_id,
  times,
  last_day,
  cast(all_days as double) / cast(gaps as double) as gap_days,
  sqrt(greatest(cast(0 as double),
    cast(squares - all_days * (cast(all_days as double) / cast(gaps as double)) as double)
    / cast(gaps - 1 as double)
  )) * (cast(gaps as double) / cast(all_days as double)) as spread,
  cast(floor(cast(quantity as double) / cast(times as double)) as bigint) as quantity_thousandths
from sums

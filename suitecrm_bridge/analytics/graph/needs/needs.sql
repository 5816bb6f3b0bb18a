-- reads: as_of, need_parameters, need_rhythms, product_facts
-- makes: one row per customer and product that they use up in a steady rhythm and still buy: entity,
--   customer_id, product_id, times, gap_days (whole), last_day, due_day, quantity_thousandths, place (1 for
--   what is due first).
with due as (
  select
    r.entity as entity,
    r.customer_id as customer_id,
    r.product_id as product_id,
    r.times as times,
    cast(round(r.gap_days) as bigint) as gap_days,
    r.last_day as last_day,
    r.last_day + cast(round(r.gap_days) as bigint) as due_day,
    r.quantity_thousandths as quantity_thousandths,
    a.as_of_day - r.last_day as silent_days
  from need_rhythms as r
  inner join product_facts as f on f.product_id = r.product_id
  cross join need_parameters as p
  cross join as_of as a
  where r.times >= p.least_times and 100 * r.spread <= p.spread_percent
)
select
  d.entity as entity,
  d.customer_id as customer_id,
  d.product_id as product_id,
  d.times as times,
  d.gap_days as gap_days,
  d.last_day as last_day,
  d.due_day as due_day,
  d.quantity_thousandths as quantity_thousandths,
  cast(row_number() over (
    partition by d.entity, d.customer_id order by d.due_day, d.times desc, d.product_id
  ) as bigint) as place
from due as d
cross join need_parameters as p
where d.silent_days <= greatest(p.stopped_days, p.stopped_gaps * d.gap_days)

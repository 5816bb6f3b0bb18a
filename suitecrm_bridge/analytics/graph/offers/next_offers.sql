-- reads: basket_customers, offer_candidates, offer_ways, products_sold
-- makes: the offer of each customer for whom a way that won names one: entity, customer_id,
--   product_id, basis ("rule", "repeat", "segment" or "popular"), because_id, together, buyers, confidence,
--   lift, times, gap_days, due_day, segment, as they are of its basis; tested (customers for whom the
--   way was tried), hits and naive_hits (of its yardstick, with the same customers).
with named as (
  select
    c.entity as entity,
    c.customer_id as customer_id,
    o.customer as customer,
    w.way as way,
    w.customers as tested,
    w.hits as hits,
    w.naive_hits as naive_hits,
    row_number() over (partition by o.customer order by w.place) as place
  from offer_candidates as o
  inner join basket_customers as c on c.number = o.customer
  inner join offer_ways as w on w.entity = c.entity and w.way = o.way
  where w.place > 0
)
select
  n.entity as entity,
  n.customer_id as customer_id,
  p.product_id as product_id,
  n.way as basis,
  o.because_id as because_id,
  o.together as together,
  o.buyers as buyers,
  o.confidence as confidence,
  o.lift as lift,
  o.times as times,
  o.gap_days as gap_days,
  o.due_day as due_day,
  o.segment as segment,
  n.tested as tested,
  n.hits as hits,
  n.naive_hits as naive_hits
from named as n
inner join offer_candidates as o on o.customer = n.customer and o.way = n.way
inner join products_sold as p on p.number = o.product
where n.place = 1
order by entity, customer_id

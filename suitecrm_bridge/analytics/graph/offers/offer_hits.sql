-- reads: basket_customers, baskets, offer_candidates, offer_sides
-- makes: how often each way named then what was bought in the days held out, and how often its
--   yardstick did with the same customers: the best seller of all ("popular"), and for that one a
--   product drawn by lot: entity, way, customers (to whom both name something), hits, naive_hits (of
--   the yardstick), won (right where the yardstick was not), lost (the other way round), until_day
--   (the last that was known).
with tried as (
  select
    c.entity as entity,
    o.way as way,
    o.customer as customer,
    s.known_day as until_day,
    case when b.product is null then 0 else 1 end as hit
  from offer_candidates as o
  inner join basket_customers as c on c.number = -o.customer
  inner join offer_sides as s on s.entity = c.entity and s.side = 'then'
  left join baskets as b
    on b.customer = -o.customer and b.product = -o.product and b.last_day > s.known_day
)
select
  t.entity as entity,
  t.way as way,
  cast(count(*) as bigint) as customers,
  cast(sum(t.hit) as bigint) as hits,
  cast(sum(n.hit) as bigint) as naive_hits,
  cast(sum(case when t.hit > n.hit then 1 else 0 end) as bigint) as won,
  cast(sum(case when t.hit < n.hit then 1 else 0 end) as bigint) as lost,
  max(t.until_day) as until_day
from tried as t
inner join tried as n
  on n.customer = t.customer and n.way = case when t.way = 'popular' then 'lot' else 'popular' end
where t.way <> 'lot'
group by t.entity, t.way
order by entity, way

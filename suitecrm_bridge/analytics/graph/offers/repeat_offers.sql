-- reads: offer_parameters, offer_sides, products_sold, side_baskets
-- makes: what each customer uses up and bought most often, where they have not stopped buying it:
--   customer and product (numbers), times (days with a purchase of it), gap_days (between two, on
--   average), due_day.
with gaps as (
  select
    b.customer as customer,
    b.product as product,
    cast(b.days as bigint) as times,
    b.last_day as last_day,
    s.known_day - b.last_day as silent_days,
    greatest(cast(1 as bigint), cast(round(
      cast(b.last_day - b.first_day as double) / cast(b.days - 1 as double)
    ) as bigint)) as gap_days
  from side_baskets as b
  inner join products_sold as p on p.number = b.product
  inner join offer_sides as s on s.entity = p.entity and s.side = p.side
  where b.days > 1 and p.repeatable = 1 and p.offered = 1
),
ranked as (
  select
    g.customer as customer,
    g.product as product,
    g.times as times,
    g.gap_days as gap_days,
    g.last_day + g.gap_days as due_day,
    row_number() over (
      partition by g.customer order by g.times desc, g.last_day + g.gap_days, abs(g.product)
    ) as place
  from gaps as g
  cross join offer_parameters as a
  where g.silent_days <= greatest(a.stopped_days, 3 * g.gap_days)
)
select customer, product, times, gap_days, due_day
from ranked
where place = 1

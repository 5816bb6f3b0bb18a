-- reads: basket_customers, bought, products_sold
-- makes: the rows of bought by number, for they are joined over and over: customer and product
--   (numbers), first_day, last_day, days, then_last_day, then_days.
select
  c.number as customer,
  p.number as product,
  cast(b.first_day as int) as first_day,
  cast(b.last_day as int) as last_day,
  cast(b.days as int) as days,
  cast(b.then_last_day as int) as then_last_day,
  cast(b.then_days as int) as then_days
from bought as b
inner join basket_customers as c on c.entity = b.entity and c.customer_id = b.customer_id
inner join products_sold as p
  -- were both joined by the same column, every customer could be joined with every product first
  on p.entity = coalesce(b.entity, '') and p.product_id = b.product_id and p.side = 'now'

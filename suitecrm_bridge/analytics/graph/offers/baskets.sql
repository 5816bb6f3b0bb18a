-- reads: basket_customers, bought, products_sold
-- makes: the rows of bought by number, for they are joined over and over: entity, customer and
--   product (numbers), first_day.
select
  b.entity as entity,
  c.number as customer,
  p.number as product,
  b.first_day as first_day
from bought as b
inner join basket_customers as c on c.entity = b.entity and c.customer_id = b.customer_id
inner join products_sold as p on p.entity = b.entity and p.product_id = b.product_id

-- reads: basket_customers, products_sold, side_baskets
-- makes: a product drawn by lot for each customer for whom ways are tried, where it may be offered to
--   them, for the best seller to be held against: customer and product (numbers).
with pool as (
  select
    entity,
    number,
    repeatable,
    row_number() over (partition by entity order by number desc) as place,
    count(*) over (partition by entity) as n
  from products_sold
  where offered = 1 and side = 'then'
),
asked as (
  select distinct customer from side_baskets where customer < 0
)
select a.customer as customer, p.number as product
from asked as a
inner join basket_customers as c on c.number = -a.customer
inner join pool as p on p.entity = c.entity and p.place = 1 + c.lot % p.n
left join side_baskets as h on h.customer = a.customer and h.product = p.number
where h.product is null or p.repeatable = 1

-- reads: customer_traits
-- makes: the countries of customers, numbered from 0: place, country
select
  cast(row_number() over (order by country) - 1 as bigint) as place,
  country
from (select distinct country from customer_traits where country <> '') as known

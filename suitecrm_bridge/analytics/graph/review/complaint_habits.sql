-- reads: customers, review_facts
-- makes: one row per way of complaining: bought (purchases), complaints, customers
select
  f.bought as bought,
  f.complaints as complaints,
  cast(count(*) as bigint) as customers
from review_facts as f
inner join (select distinct customer_id from customers) as c on c.customer_id = f.customer_id
group by f.bought, f.complaints
order by bought, complaints

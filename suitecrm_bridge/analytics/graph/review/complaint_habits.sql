-- reads: customers, review_facts
-- makes: one row per way of complaining: entity, bought (purchases), complaints, customers
select
  f.entity as entity,
  f.bought as bought,
  f.complaints as complaints,
  cast(count(*) as bigint) as customers
from review_facts as f
inner join (select distinct entity, customer_id from customers) as c
  on c.entity = f.entity and c.customer_id = f.customer_id
group by f.entity, f.bought, f.complaints
order by entity, bought, complaints

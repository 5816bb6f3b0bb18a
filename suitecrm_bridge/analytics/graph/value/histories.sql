-- reads: btyd_summary, customers
-- makes: one row per history that customers share: entity, frequency, recency, age, customers
with everyone as (
  select distinct entity, customer_id from customers
)
select
  s.entity as entity,
  s.frequency as frequency,
  s.recency as recency,
  s.age as age,
  cast(count(*) as bigint) as customers
from btyd_summary as s
inner join everyone as e on e.entity = s.entity and e.customer_id = s.customer_id
group by s.entity, s.frequency, s.recency, s.age
order by entity, frequency, recency, age

-- reads: customer_days, holdout_summary, summary_days
-- makes: every customer of the summary with what came after: entity, customer_id, frequency,
--   recency, age, bought (days with a purchase after the as-of day, up to until_day).
with later as (
  select d.entity as entity, d.customer_id as customer_id, cast(count(*) as bigint) as days
  from customer_days as d
  inner join summary_days as a on a.entity = d.entity
  where d.bought = 1 and d.day > a.as_of_day and d.day <= a.until_day
  group by d.entity, d.customer_id
)
select
  s.entity as entity,
  s.customer_id as customer_id,
  s.frequency as frequency,
  s.recency as recency,
  s.age as age,
  coalesce(l.days, cast(0 as bigint)) as bought
from holdout_summary as s
left join later as l on l.entity = s.entity and l.customer_id = s.customer_id
order by entity, customer_id

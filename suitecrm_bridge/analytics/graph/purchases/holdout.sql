-- reads: btyd_summary, purchase_days, summary_days
-- makes: every customer of the summary with what came after: customer_id, frequency, recency,
--   age, bought (days with a purchase after the as-of day, up to until_day).
with later as (
  select d.customer_id as customer_id, cast(count(*) as bigint) as days
  from purchase_days as d
  cross join summary_days as a
  where d.day > a.as_of_day and d.day <= a.until_day
  group by d.customer_id
)
select
  s.customer_id as customer_id,
  s.frequency as frequency,
  s.recency as recency,
  s.age as age,
  coalesce(l.days, cast(0 as bigint)) as bought
from btyd_summary as s
left join later as l on l.customer_id = s.customer_id
order by customer_id

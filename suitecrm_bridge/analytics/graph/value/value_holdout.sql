-- reads: customer_days, holdout_summary, summary_days
-- makes: what is known of each customer of the summary on its as-of day, and what they bought in the
--   days after, up to until_day, and in as many days before: entity, customer_id, frequency, recency,
--   age, repeat_cents, bought and cents (days with a purchase after, and what the customer brought,
--   refunds deducted), bought_before and cents_before.
with around as (
  select
    d.entity as entity,
    d.customer_id as customer_id,
    cast(sum(case when d.day > a.as_of_day then d.bought else 0 end) as bigint) as bought,
    cast(sum(case when d.day > a.as_of_day then d.cents else 0 end) as bigint) as cents,
    cast(sum(case when d.day > a.as_of_day then 0 else d.bought end) as bigint) as bought_before,
    cast(sum(case when d.day > a.as_of_day then 0 else d.cents end) as bigint) as cents_before
  from customer_days as d
  inner join summary_days as a on a.entity = d.entity
  where d.day <= a.until_day and d.day > 2 * a.as_of_day - a.until_day
  group by d.entity, d.customer_id
)
select
  s.entity as entity,
  s.customer_id as customer_id,
  s.frequency as frequency,
  s.recency as recency,
  s.age as age,
  s.repeat_cents as repeat_cents,
  coalesce(w.bought, cast(0 as bigint)) as bought,
  coalesce(w.cents, cast(0 as bigint)) as cents,
  coalesce(w.bought_before, cast(0 as bigint)) as bought_before,
  coalesce(w.cents_before, cast(0 as bigint)) as cents_before
from holdout_summary as s
left join around as w on w.entity = s.entity and w.customer_id = s.customer_id
order by entity, customer_id

-- reads: as_of, customers, indicator_parameters, purchases
-- makes: one row per customer: first_day, and days with a purchase (days, days_before) and net
--   cents (cents, cents_before) in the year up to the as-of day and in the year before it.
with everyone as (
  select distinct customer_id from customers
)
select
  e.customer_id as customer_id,
  min(case when p.cents > 0 then p.day end) as first_day,
  cast(count(distinct case
    when p.cents > 0 and p.day > a.year_from then p.day
  end) as bigint) as days,
  cast(count(distinct case
    when p.cents > 0 and p.day <= a.year_from and p.day > a.before_from then p.day
  end) as bigint) as days_before,
  cast(sum(case when p.day > a.year_from then p.cents else 0 end) as bigint) as cents,
  cast(sum(case
    when p.day <= a.year_from and p.day > a.before_from then p.cents else 0
  end) as bigint) as cents_before
from everyone as e
cross join indicator_parameters as a
cross join as_of as t
left join purchases as p on p.customer_id = e.customer_id and p.day <= t.as_of_day
group by e.customer_id

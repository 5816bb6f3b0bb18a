-- reads: customer_days, customers, indicator_parameters
-- makes: one row per customer: first_day, and days with a purchase (days, days_before) and what
--   they brought, refunds deducted (cents, cents_before), in the year up to the as-of day and in the year before it.
with everyone as (
  select distinct customer_id from customers
)
select
  e.customer_id as customer_id,
  min(case when d.bought = 1 then d.day end) as first_day,
  cast(coalesce(sum(case when d.day > a.year_from then d.bought end), 0) as bigint) as days,
  cast(coalesce(sum(case
    when d.day <= a.year_from and d.day > a.before_from then d.bought
  end), 0) as bigint) as days_before,
  cast(sum(case when d.day > a.year_from then d.cents else 0 end) as bigint) as cents,
  cast(sum(case
    when d.day <= a.year_from and d.day > a.before_from then d.cents else 0
  end) as bigint) as cents_before
from everyone as e
cross join indicator_parameters as a
left join customer_days as d on d.customer_id = e.customer_id
group by e.customer_id

-- reads: customer_days, customer_years, months
-- makes: one row per month, the first one first: first_day (of the month), active (customers
--   with a purchase), newcomers, purchases (days), cents (refunds deducted)
with bought as (
  select
    m.first_day as first_day,
    d.customer_id as customer_id,
    sum(d.bought) as days,
    sum(d.cents) as cents,
    max(case when y.first_day between m.first_day and m.last_day then 1 else 0 end) as newcomer
  from months as m
  inner join customer_days as d on d.day between m.first_day and m.last_day
  inner join customer_years as y on y.customer_id = d.customer_id
  group by m.first_day, d.customer_id
)
select
  m.first_day as first_day,
  cast(sum(case when b.days > 0 then 1 else 0 end) as bigint) as active,
  cast(coalesce(sum(b.newcomer), 0) as bigint) as newcomers,
  cast(coalesce(sum(b.days), 0) as bigint) as purchases,
  cast(coalesce(sum(b.cents), 0) as bigint) as cents
from months as m
left join bought as b on b.first_day = m.first_day
group by m.first_day
order by first_day

-- reads: btyd_summary, customer_days, months
-- makes: one row per month of first purchase and later month: cohort, month, customers (of the
--   cohort), active (those with a purchase in the month), cents (refunds deducted; what was refunded
--   before the first purchase counts in its month, so that a cohort brings what its customers did).
with cohorts as (
  select s.customer_id as customer_id, s.first_day as first_day, m.month as cohort
  from btyd_summary as s
  inner join months as m on s.first_day >= m.first_day and s.first_day <= m.last_day
),
sizes as (
  select cohort, cast(count(*) as bigint) as customers
  from cohorts
  group by cohort
),
bought as (
  select
    c.cohort as cohort,
    m.month as month,
    cast(count(distinct case when d.bought = 1 then d.customer_id end) as bigint) as active,
    cast(sum(d.cents) as bigint) as cents
  from customer_days as d
  inner join cohorts as c on c.customer_id = d.customer_id
  inner join months as m
    on greatest(d.day, c.first_day) >= m.first_day and greatest(d.day, c.first_day) <= m.last_day
  group by c.cohort, m.month
)
select
  s.cohort as cohort,
  m.month as month,
  s.customers as customers,
  coalesce(b.active, cast(0 as bigint)) as active,
  coalesce(b.cents, cast(0 as bigint)) as cents
from sizes as s
inner join months as m on m.month >= s.cohort
left join bought as b on b.cohort = s.cohort and b.month = m.month
order by cohort, month

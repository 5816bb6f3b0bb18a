-- reads: as_of, customer_days, lead_groups, lead_months, margin_rates
-- makes: what the customers of a group who were won a year ago or longer brought on average: by_what, name,
--   days (since they were won, in steps), customers, value_cents (purchases, refunds deducted),
--   margin_cents (their margin; the purchases where too little is known of what products cost)
with watched as (
  select g.by_what as by_what, g.name as name, g.lead_id as lead_id, g.entity as entity,
    g.customer_id as customer_id, g.won_day as won_day
  from lead_groups as g
  cross join as_of as a
  where g.won_day + 365 <= a.as_of_day
),
sizes as (
  select by_what, name, cast(count(*) as bigint) as customers
  from watched
  group by by_what, name
),
sold as (
  select w.by_what as by_what, w.name as name, m.days as days,
    cast(sum(d.cents) as bigint) as cents,
    cast(sum(cast(round(cast(d.cents as double) * coalesce(r.margin_rate, 1)) as bigint)) as bigint)
      as margin_cents
  from watched as w
  cross join lead_months as m
  inner join customer_days as d
    on d.entity = w.entity and d.customer_id = w.customer_id
    and d.day >= w.won_day and d.day <= w.won_day + m.days
  left join margin_rates as r on r.entity = w.entity
  group by w.by_what, w.name, m.days
)
select
  s.by_what as by_what,
  s.name as name,
  s.days as days,
  z.customers as customers,
  cast(round(cast(s.cents as double) / cast(z.customers as double)) as bigint) as value_cents,
  cast(round(cast(s.margin_cents as double) / cast(z.customers as double)) as bigint) as margin_cents
from sold as s
inner join sizes as z on z.by_what = s.by_what and z.name = s.name

-- reads: btyd_summary, months, spells
-- makes: one row per month: month, customers_at_start, new_customers, won_back, lost. Customers
--   at the start + new + won back - lost are those of the next start.
with events as (
  select s.first_day as day, 1 as new_customers, 0 as won_back, 0 as lost
  from btyd_summary as s
  union all
  select p.next_day as day, 0 as new_customers, 1 as won_back, 0 as lost
  from spells as p
  where p.lost_day is not null and p.next_day is not null
  union all
  select p.lost_day as day, 0 as new_customers, 0 as won_back, 1 as lost
  from spells as p
  where p.lost_day is not null
),
counted as (
  select
    m.month as month,
    cast(coalesce(sum(e.new_customers), 0) as bigint) as new_customers,
    cast(coalesce(sum(e.won_back), 0) as bigint) as won_back,
    cast(coalesce(sum(e.lost), 0) as bigint) as lost
  from months as m
  left join events as e on e.day >= m.first_day and e.day <= m.last_day
  group by m.month
),
running as (
  select
    month,
    new_customers,
    won_back,
    lost,
    cast(sum(new_customers + won_back - lost) over (order by month) as bigint) as at_end
  from counted
)
select
  month,
  at_end - new_customers - won_back + lost as customers_at_start,
  new_customers,
  won_back,
  lost
from running
order by month

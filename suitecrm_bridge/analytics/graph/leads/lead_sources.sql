-- reads: lead_groups, lead_years
-- makes: where customers came from, compared: by_what, name, leads, customers (won), cost_cents (null where
--   no cost is known), cost_each_cents (for a customer won), watched (customers won a year ago or longer),
--   value_cents (what those brought on average within a year), payback_days (after which their margin has
--   paid for them; null where it did not within a year, or no cost is known)
with groups as (
  select by_what, name,
    cast(count(*) as bigint) as leads,
    cast(count(won_day) as bigint) as customers,
    cast(sum(cost_cents) as bigint) as cost_cents
  from lead_groups
  group by by_what, name
),
dear as (
  select by_what, name, leads, customers, cost_cents,
    case when customers > 0 then cast(round(
      cast(cost_cents as double) / cast(customers as double)) as bigint) end as cost_each_cents
  from groups
),
years as (
  select by_what, name, customers, value_cents
  from lead_years
  where days = 365
),
paid as (
  select d.by_what as by_what, d.name as name, min(y.days) as payback_days
  from dear as d
  inner join lead_years as y on y.by_what = d.by_what and y.name = d.name
  where y.margin_cents >= d.cost_each_cents
  group by d.by_what, d.name
)
select
  d.by_what as by_what,
  d.name as name,
  d.leads as leads,
  d.customers as customers,
  d.cost_cents as cost_cents,
  d.cost_each_cents as cost_each_cents,
  cast(coalesce(y.customers, 0) as bigint) as watched,
  y.value_cents as value_cents,
  p.payback_days as payback_days
from dear as d
left join years as y on y.by_what = d.by_what and y.name = d.name
left join paid as p on p.by_what = d.by_what and p.name = d.name
order by by_what, customers desc, name

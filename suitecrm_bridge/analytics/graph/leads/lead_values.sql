-- reads: as_of, customer_days, lead_facts, lead_parameters, lead_wins
-- makes: what customers bring in the 365 days from their first purchase on, refunds deducted, by where they
--   came from: kind, source, customers (won a year ago or longer), value_cents (their mean, drawn towards
--   that of all the more the fewer there are; null where all are too few)
with seen as (
  select w.kind as kind, f.source as source, w.lead_id as lead_id,
    sum(case when d.day <= w.won_day + 365 then d.cents else 0 end) as cents
  from lead_wins as w
  inner join lead_facts as f on f.kind = w.kind and f.lead_id = w.lead_id
  inner join customer_days as d
    on d.entity = w.entity and d.customer_id = w.customer_id and d.day >= w.won_day
  cross join as_of as a
  where w.before = 0 and w.won_day + 365 <= a.as_of_day
  group by w.kind, f.source, w.lead_id
),
means as (
  select kind, cast(count(*) as bigint) as customers,
    cast(sum(cents) as double) / cast(count(*) as double) as mean_cents
  from seen
  group by kind
),
found as (
  select kind, source, count(*) as customers, sum(cents) as cents
  from seen
  group by kind, source
),
listed as (
  select distinct kind, source from lead_facts
)
select
  l.kind as kind,
  l.source as source,
  cast(coalesce(f.customers, 0) as bigint) as customers,
  case when m.customers >= p.fewest_values then cast(round(
    cast(coalesce(f.cents, 0) + p.value_pull * m.mean_cents as double)
    / cast(coalesce(f.customers, 0) + p.value_pull as double)
  ) as bigint) end as value_cents
from listed as l
cross join lead_parameters as p
left join means as m on m.kind = l.kind
left join found as f on f.kind = l.kind and f.source = l.source

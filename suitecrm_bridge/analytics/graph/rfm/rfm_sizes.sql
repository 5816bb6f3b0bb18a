-- reads: as_of, customers, own_rhythms, purchase_summary
-- makes: one row per value that buyers share: entity, axis (recency, frequency or monetary; overdue, 1
--   where the buyer is silent for longer than their own rhythm, else 0), value, size (buyers who
--   share it). Of recency it is the days since the last purchase, negative, so that more is better.
with everyone as (
  select distinct entity, customer_id from customers
),
buyers as (
  select
    s.entity as entity,
    s.last_day - p.as_of_day as recency,
    s.purchase_count as frequency,
    s.total_cents as monetary,
    cast(case when p.as_of_day - s.last_day > r.rhythm_days then 1 else 0 end as bigint) as overdue
  from purchase_summary as s
  inner join everyone as e on e.entity = s.entity and e.customer_id = s.customer_id
  left join own_rhythms as r on r.entity = s.entity and r.customer_id = s.customer_id
  cross join as_of as p
  where s.purchase_count > 0
)
select
  entity,
  case
    when recency is not null then 'recency'
    when frequency is not null then 'frequency'
    when monetary is not null then 'monetary'
    else 'overdue'
  end as axis,
  coalesce(recency, frequency, monetary, overdue) as value,
  count(*) as size
from buyers
group by grouping sets (
  (entity, recency), (entity, frequency), (entity, monetary), (entity, overdue)
)

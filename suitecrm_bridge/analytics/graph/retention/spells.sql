-- reads: as_of, btyd_summary, purchase_days, retention_parameters
-- makes: one row per purchase day and what followed it: customer_id, day, next_day, lost_day
--   (null while they are a customer).
--
-- A customer is lost on the day after their patience ends: patience_factor times their usual gap, the
-- average time between their purchases, or the base's usual gap where they bought twice or less.
with rhythms as (
  select
    s.customer_id as customer_id,
    t.as_of_day as as_of_day,
    greatest(
      a.least_patience,
      case
        when s.frequency < 2 then a.patience_factor * a.usual_gap
        else cast(ceil(
          cast(a.patience_factor * s.recency as double) / cast(s.frequency as double)
        ) as bigint)
      end
    ) as patience
  from btyd_summary as s
  cross join retention_parameters as a
  cross join as_of as t
),
followed as (
  select
    d.customer_id as customer_id,
    d.day as day,
    lead(d.day) over (partition by d.customer_id order by d.day) as next_day
  from purchase_days as d
)
select
  f.customer_id as customer_id,
  f.day as day,
  f.next_day as next_day,
  case
    when coalesce(f.next_day, r.as_of_day + 1) > f.day + r.patience + 1 then f.day + r.patience + 1
  end as lost_day
from followed as f
inner join rhythms as r on r.customer_id = f.customer_id

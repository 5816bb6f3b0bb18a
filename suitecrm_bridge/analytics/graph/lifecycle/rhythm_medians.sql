-- reads: purchase_gaps
-- makes: one row per customer with a gap: entity, customer_id, gaps, own_days (median of all
--   their gaps), earlier_days (median of those but the latest, null where there is no other),
--   last_gap. A median is the lower of the two in the middle, so that it is a whole number of
--   days.
with ranked as (
  select
    entity,
    customer_id,
    gap,
    place,
    cast(row_number() over (partition by entity, customer_id order by gap, place) as bigint)
      as rank_all,
    cast(count(*) over (partition by entity, customer_id) as bigint) as gaps,
    max(case when place = 1 then gap end) over (partition by entity, customer_id) as last_gap
  from purchase_gaps
)
select
  entity,
  customer_id,
  max(gaps) as gaps,
  min(case when 2 * rank_all >= gaps then gap end) as own_days,
  -- Without the latest gap, those that come after it move up by one place.
  min(case
    when place > 1 and 2 * (rank_all - case when gap >= last_gap then 1 else 0 end) >= gaps - 1
    then gap
  end) as earlier_days,
  max(last_gap) as last_gap
from ranked
group by entity, customer_id

-- reads: purchase_gaps
-- makes: one row per customer with a gap: entity, customer_id, gaps, own_days (median of their
--   gaps: the lower of the two in the middle, so that it is a whole number of days)
with ranked as (
  select
    entity,
    customer_id,
    gap,
    cast(row_number() over (partition by entity, customer_id order by gap) as bigint) as place,
    cast(count(*) over (partition by entity, customer_id) as bigint) as gaps
  from purchase_gaps
)
select
  entity,
  customer_id,
  max(gaps) as gaps,
  min(case when 2 * place >= gaps then gap end) as own_days
from ranked
group by entity, customer_id

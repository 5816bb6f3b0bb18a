-- reads: as_of, purchase_days, retention_parameters
-- makes: one row that compares the last window_days with those before: customers, lost_customers
--   (those of before, and of them who bought nothing since), before_cents, now_cents, lost_cents
--   (of before, from the lost), shrunk_cents and grown_cents (from who buys less or more),
--   new_cents (from who did not buy before). before - lost - shrunk + grown + new = now.
with sums as (
  select
    d.customer_id as customer_id,
    cast(sum(case when d.day <= t.as_of_day - a.window_days then d.cents else 0 end) as bigint)
      as before_cents,
    cast(sum(case when d.day > t.as_of_day - a.window_days then d.cents else 0 end) as bigint)
      as now_cents
  from purchase_days as d
  cross join retention_parameters as a
  cross join as_of as t
  where d.day > t.as_of_day - 2 * a.window_days and d.day <= t.as_of_day
  group by d.customer_id
)
select
  cast(coalesce(sum(case when before_cents > 0 then 1 else 0 end), 0) as bigint) as customers,
  cast(coalesce(sum(case when now_cents = 0 then 1 else 0 end), 0) as bigint) as lost_customers,
  cast(coalesce(sum(before_cents), 0) as bigint) as before_cents,
  cast(coalesce(sum(now_cents), 0) as bigint) as now_cents,
  cast(coalesce(sum(case when now_cents = 0 then before_cents else 0 end), 0) as bigint)
    as lost_cents,
  cast(coalesce(sum(
    case when now_cents > 0 and now_cents < before_cents then before_cents - now_cents else 0 end
  ), 0) as bigint) as shrunk_cents,
  cast(coalesce(sum(
    case when before_cents > 0 and now_cents > before_cents then now_cents - before_cents else 0 end
  ), 0) as bigint) as grown_cents,
  cast(coalesce(sum(case when before_cents = 0 then now_cents else 0 end), 0) as bigint)
    as new_cents
from sums

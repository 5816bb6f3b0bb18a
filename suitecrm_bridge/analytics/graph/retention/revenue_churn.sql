-- reads: as_of, customer_days, retention_parameters
-- makes: one row that compares the last window_days with those before: customers, lost_customers
--   (those with a purchase before, and of them those without one since), before_cents, now_cents
--   (refunds deducted), lost_cents (of before, from the lost), shrunk_cents and grown_cents (from
--   who brings less or more), new_cents (of now, from who had no purchase before).
--   before - lost - shrunk + grown + new = now.
--
-- Who bought nothing in a window may still have been refunded something in it: those amounts go to
-- shrunk and grown.
with sums as (
  select
    d.customer_id as customer_id,
    max(case when d.day <= t.as_of_day - a.window_days then d.bought else 0 end) as before_bought,
    max(case when d.day > t.as_of_day - a.window_days then d.bought else 0 end) as now_bought,
    cast(sum(case when d.day <= t.as_of_day - a.window_days then d.cents else 0 end) as bigint)
      as before_cents,
    cast(sum(case when d.day > t.as_of_day - a.window_days then d.cents else 0 end) as bigint)
      as now_cents
  from customer_days as d
  cross join retention_parameters as a
  cross join as_of as t
  where d.day > t.as_of_day - 2 * a.window_days
  group by d.customer_id
),
parts as (
  select
    before_bought,
    now_bought,
    before_cents,
    now_cents,
    case when before_bought = 1 and now_bought = 0 then before_cents else 0 end as lost_cents,
    case when before_bought = 0 and now_bought = 1 then now_cents else 0 end as new_cents
  from sums
),
changes as (
  select
    before_bought,
    now_bought,
    before_cents,
    now_cents,
    lost_cents,
    new_cents,
    (now_cents - new_cents) - (before_cents - lost_cents) as change_cents
  from parts
)
select
  cast(coalesce(sum(before_bought), 0) as bigint) as customers,
  cast(coalesce(sum(case when now_bought = 0 then before_bought end), 0) as bigint)
    as lost_customers,
  cast(coalesce(sum(before_cents), 0) as bigint) as before_cents,
  cast(coalesce(sum(now_cents), 0) as bigint) as now_cents,
  cast(coalesce(sum(lost_cents), 0) as bigint) as lost_cents,
  cast(coalesce(sum(case when change_cents < 0 then -change_cents end), 0) as bigint)
    as shrunk_cents,
  cast(coalesce(sum(case when change_cents > 0 then change_cents end), 0) as bigint)
    as grown_cents,
  cast(coalesce(sum(new_cents), 0) as bigint) as new_cents
from changes

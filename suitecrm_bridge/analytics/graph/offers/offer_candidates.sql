-- reads: lot_offers, popular_offers, repeat_offers, rule_offers
-- makes: what each way names to each customer: way ("rule", "repeat", "segment", "popular" or,
--   to compare with, "lot"), customer and product (numbers); because_id, together, buyers, confidence and
--   lift of a rule; times, gap_days and due_day of a repeat; segment and buyers of a popular one.
with named as (
  select
    'rule' as way, customer, product, because_id, together, buyers, confidence, lift,
    cast(null as bigint) as times, cast(null as bigint) as gap_days,
    cast(null as bigint) as due_day, cast(null as string) as segment
  from rule_offers
  union all
  select
    'repeat' as way, customer, product, cast(null as string) as because_id,
    cast(null as bigint) as together, cast(null as bigint) as buyers,
    cast(null as bigint) as confidence, cast(null as bigint) as lift, times, gap_days, due_day,
    cast(null as string) as segment
  from repeat_offers
  union all
  select
    way, customer, product, cast(null as string) as because_id,
    cast(null as bigint) as together, buyers, cast(null as bigint) as confidence,
    cast(null as bigint) as lift, cast(null as bigint) as times, cast(null as bigint) as gap_days,
    cast(null as bigint) as due_day, segment
  from popular_offers
  union all
  select
    'lot' as way, customer, product, cast(null as string) as because_id,
    cast(null as bigint) as together, cast(null as bigint) as buyers,
    cast(null as bigint) as confidence, cast(null as bigint) as lift,
    cast(null as bigint) as times, cast(null as bigint) as gap_days,
    cast(null as bigint) as due_day, cast(null as string) as segment
  from lot_offers
)
select
  way,
  customer,
  product,
  because_id,
  together,
  buyers,
  confidence,
  lift,
  times,
  gap_days,
  due_day,
  segment
from named

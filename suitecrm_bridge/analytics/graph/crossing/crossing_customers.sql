-- reads: as_of, crossing_members, customer_days, customer_scores
-- makes: one row per cell: customers, value_cents (what they have bought so far, refunds
--   deducted),
--   clv_cents, watched (customers whose complaint is 90 days old and who had bought before it),
--   lost (of those: no purchase later than that, and lapsed since; by their lifecycle, or where
--   that is unknown after a year without a purchase)
with bought as (
  select
    d.customer_id as customer_id,
    min(case when d.bought = 1 then d.day end) as first_day,
    max(case when d.bought = 1 then d.day end) as last_day,
    cast(sum(d.cents) as bigint) as cents
  from customer_days as d
  group by d.customer_id
),
pairs as (
  select
    m.cell as cell,
    m.customer_id as customer_id,
    max(case when b.first_day <= m.created_day and m.created_day + 90 <= a.as_of_day
      then 1 else 0 end) as watched,
    max(case when b.first_day <= m.created_day and m.created_day + 90 <= a.as_of_day
      and b.last_day <= m.created_day + 90
      and (s.lifecycle = 'lapsed'
        or (coalesce(s.lifecycle, '') = '' and a.as_of_day - b.last_day > 365))
      then 1 else 0 end) as lost,
    max(b.cents) as cents,
    max(s.clv_cents) as clv_cents
  from crossing_members as m
  cross join as_of as a
  left join bought as b on b.customer_id = m.customer_id
  left join customer_scores as s on s.customer_id = m.customer_id
  group by m.cell, m.customer_id
)
select
  cell,
  cast(sum(case when customer_id <> '' then 1 else 0 end) as bigint) as customers,
  cast(sum(coalesce(cents, 0)) as bigint) as value_cents,
  cast(sum(clv_cents) as bigint) as clv_cents,
  cast(sum(watched) as bigint) as watched,
  cast(sum(lost) as bigint) as lost
from pairs
group by cell

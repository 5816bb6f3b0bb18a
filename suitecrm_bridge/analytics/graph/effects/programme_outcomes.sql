-- reads: as_of, complaint_days, enrolments, entrant_sales, opt_out_days, programme_windows
-- makes: one row per entrant: entity, customer_id, programme, wave, arm, since_day, due_day (the
--   first day after the time that is measured), over (1 when that is past, else 0), cents (bought
--   in that time, refunds deducted), margin_cents (earned with it; null where that is not known),
--   bought (1 with a day on which they bought for more than was refunded), complained, opted_out
--   (1 or 0), cents_before, margin_cents_before (in the time before). Everything is as known on the
--   as-of day; an entrant tells nothing until their time is over.
with sales as (
  select
    entity,
    customer_id,
    programme,
    wave,
    cast(sum(case when after = 1 then cents else 0 end) as bigint) as cents,
    cast(sum(case when after = 1 then margin_cents else 0 end) as bigint) as margin_cents,
    max(case when after = 1 and cents > 0 then 1 else 0 end) as bought,
    cast(sum(case when after = 0 then cents else 0 end) as bigint) as cents_before,
    cast(sum(case when after = 0 then margin_cents else 0 end) as bigint) as margin_cents_before,
    sum(case when margin_cents is null then 1 else 0 end) as unknown
  from entrant_sales
  group by entity, customer_id, programme, wave
),
entrants as (
  select
    e.entity as entity,
    e.customer_id as customer_id,
    e.programme as programme,
    e.wave as wave,
    e.arm as arm,
    e.since_day as since_day,
    e.since_day + w.days as due_day
  from enrolments as e
  inner join programme_windows as w on w.programme = e.programme
),
complained as (
  select distinct e.entity, e.customer_id, e.programme, e.wave
  from entrants as e
  inner join complaint_days as c on c.entity = e.entity and c.customer_id = e.customer_id
    and c.day >= e.since_day and c.day < e.due_day
  cross join as_of as a
  where c.day <= a.as_of_day
),
opted_out as (
  select distinct e.entity, e.customer_id, e.programme, e.wave
  from entrants as e
  inner join opt_out_days as o on o.entity = e.entity and o.customer_id = e.customer_id
    and o.day >= e.since_day and o.day < e.due_day
  cross join as_of as a
  where o.day <= a.as_of_day
)
select
  e.entity as entity,
  e.customer_id as customer_id,
  e.programme as programme,
  e.wave as wave,
  e.arm as arm,
  e.since_day as since_day,
  e.due_day as due_day,
  cast(case when e.due_day <= a.as_of_day then 1 else 0 end as bigint) as over,
  coalesce(s.cents, cast(0 as bigint)) as cents,
  case when coalesce(s.unknown, 0) = 0 then coalesce(s.margin_cents, cast(0 as bigint)) end
    as margin_cents,
  cast(coalesce(s.bought, 0) as bigint) as bought,
  cast(case when c.customer_id is not null then 1 else 0 end as bigint) as complained,
  cast(case when o.customer_id is not null then 1 else 0 end as bigint) as opted_out,
  coalesce(s.cents_before, cast(0 as bigint)) as cents_before,
  case when coalesce(s.unknown, 0) = 0 then coalesce(s.margin_cents_before, cast(0 as bigint)) end
    as margin_cents_before
from entrants as e
cross join as_of as a
left join sales as s on s.entity = e.entity and s.customer_id = e.customer_id
  and s.programme = e.programme and s.wave = e.wave
left join complained as c on c.entity = e.entity and c.customer_id = e.customer_id
  and c.programme = e.programme and c.wave = e.wave
left join opted_out as o on o.entity = e.entity and o.customer_id = e.customer_id
  and o.programme = e.programme and o.wave = e.wave
order by e.programme, e.wave, e.since_day, e.entity, e.customer_id

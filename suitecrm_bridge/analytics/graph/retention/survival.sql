-- reads: as_of, btyd_summary, spells
-- makes: how long customers stayed: kind, days, lost and censored (customers). Of the kind "latest"
--   the days are those from the first purchase to the first day on which somebody counted as lost, or to
--   the as-of day; of the kind "earliest" those to the purchase before, or to the day before a
--   purchase whose limit has not passed yet: nobody can tell yet whether it was the last one.
with stays as (
  select
    s.customer_id as customer_id,
    min(s.first_day) as first_day,
    min(a.as_of_day) as as_of_day,
    min(p.lost_day) as lost_day,
    min(case when p.lost_day is not null then p.day end) as last_day,
    min(case when p.lapse_day >= a.as_of_day then p.day end) as open_day
  from btyd_summary as s
  inner join spells as p on p.customer_id = s.customer_id
  cross join as_of as a
  group by s.customer_id
),
told as (
  select
    'latest' as kind,
    coalesce(lost_day, as_of_day) - first_day as days,
    case when lost_day is null then 0 else 1 end as lost
  from stays
  union all
  select
    'earliest' as kind,
    case
      when last_day < coalesce(open_day, last_day + 1) then last_day
      else open_day - 1
    end - first_day as days,
    case when last_day < coalesce(open_day, last_day + 1) then 1 else 0 end as lost
  from stays
)
select
  kind,
  days,
  cast(sum(lost) as bigint) as lost,
  cast(sum(1 - lost) as bigint) as censored
from told
where days >= 0
group by kind, days
order by kind, days

-- reads: as_of, btyd_summary, spells
-- makes: how long customers stayed: days (from the first purchase to the first loss, or to the
--   as-of day), lost and censored (customers).
with stays as (
  select
    s.customer_id as customer_id,
    coalesce(min(p.lost_day), min(a.as_of_day)) - min(s.first_day) as days,
    case when min(p.lost_day) is null then 0 else 1 end as lost
  from btyd_summary as s
  inner join spells as p on p.customer_id = s.customer_id
  cross join as_of as a
  group by s.customer_id
)
select
  days,
  cast(sum(lost) as bigint) as lost,
  cast(sum(1 - lost) as bigint) as censored
from stays
group by days
order by days

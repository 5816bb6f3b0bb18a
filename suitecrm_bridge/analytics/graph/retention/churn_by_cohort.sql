-- reads: btyd_summary, months, spells
-- makes: one row per month of first purchase: cohort, customers, ever_lost (lost at least once),
--   lost (lost on the as-of day).
with fates as (
  select
    customer_id,
    cast(max(case when lost_day is not null then 1 else 0 end) as bigint) as ever_lost,
    cast(max(case when lost_day is not null and next_day is null then 1 else 0 end) as bigint)
      as lost
  from spells
  group by customer_id
)
select
  m.month as cohort,
  cast(count(*) as bigint) as customers,
  cast(sum(f.ever_lost) as bigint) as ever_lost,
  cast(sum(f.lost) as bigint) as lost
from btyd_summary as s
inner join fates as f on f.customer_id = s.customer_id
inner join months as m on s.first_day >= m.first_day and s.first_day <= m.last_day
group by m.month
order by cohort

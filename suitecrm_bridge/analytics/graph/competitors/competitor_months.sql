-- reads: competitor_mentions
-- makes: one row per competitor and month: competitor, month_day, number (records)
select competitor, month_day, cast(count(*) as bigint) as number
from competitor_mentions
group by competitor, month_day
order by competitor, month_day

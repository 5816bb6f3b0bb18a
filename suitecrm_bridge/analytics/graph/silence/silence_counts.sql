-- reads: silences
-- makes: one row per kind of customer and day on which silences ended: entity, day, ended (count)
select entity, next_day as day, cast(count(*) as bigint) as ended
from silences
where next_day is not null
group by entity, next_day
order by entity, day

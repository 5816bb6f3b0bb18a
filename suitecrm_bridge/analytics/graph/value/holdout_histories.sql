-- reads: holdout
-- makes: one row per history that customers of the holdout share: entity, frequency, recency, age,
--   customers, bought (customers with a purchase after the as-of day, up to until_day)
select
  entity,
  frequency,
  recency,
  age,
  cast(count(*) as bigint) as customers,
  cast(sum(case when bought > 0 then 1 else 0 end) as bigint) as bought
from holdout
group by entity, frequency, recency, age
order by entity, frequency, recency, age

-- reads: alarm_asked, alarm_complaints, alarm_sold
-- makes: every value that gets a chart, of the dimensions asked for: chart (from 0 on),
--   dimension, value
with known as (
  select 'product' as dimension, product as value from alarm_complaints
  union
  select 'country' as dimension, country as value from alarm_complaints
  union
  select 'theme' as dimension, theme as value from alarm_complaints
  union
  select dimension, value from alarm_sold
)
select
  cast(row_number() over (order by k.dimension, k.value) - 1 as bigint) as chart,
  k.dimension as dimension,
  k.value as value
from known as k
inner join alarm_asked as a on a.dimension = k.dimension
where k.value <> ''

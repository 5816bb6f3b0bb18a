-- reads: alarm_complaints, alarm_parameters, alarm_values
-- makes: what counts since since_day by the charts that they stand in (-1: in none) and week:
--   product, country, theme, week, number
select
  coalesce(p.chart, cast(-1 as bigint)) as product,
  coalesce(c.chart, cast(-1 as bigint)) as country,
  coalesce(h.chart, cast(-1 as bigint)) as theme,
  cast(floor(cast(k.created_day + 3 as double) / cast(7 as double)) as bigint) as week,
  cast(count(*) as bigint) as number
from alarm_complaints as k
cross join alarm_parameters as a
left join alarm_values as p on p.dimension = 'product' and p.value = k.product
left join alarm_values as c on c.dimension = 'country' and c.value = k.country
left join alarm_values as h on h.dimension = 'theme' and h.value = k.theme
where k.created_day >= a.since_day and k.counts = 1
group by p.chart, c.chart, h.chart,
  cast(floor(cast(k.created_day + 3 as double) / cast(7 as double)) as bigint)

-- reads: crossing_after, crossing_cells, crossing_counts, crossing_customers,
--   crossing_percentiles, crossing_sales
-- makes: one row per cell: its dimensions and every figure, the largest number first
with pivoted as (
  select
    cell,
    max(case when measure = 'response' then median end) as response_median,
    max(case when measure = 'response' then p90 end) as response_p90,
    max(case when measure = 'resolution' then median end) as resolution_median,
    max(case when measure = 'resolution' then p90 end) as resolution_p90,
    max(case when measure = 'age' then median end) as age_median,
    max(case when measure = 'age' then p90 end) as age_p90
  from crossing_percentiles
  group by cell
)
select
{% for d in dimensions %}
  c.{{ d.column }} as {{ d.column }},
{% endfor %}
  n.number as number,
  n.open as open,
  n.answered as answered,
  n.resolved as resolved,
  n.breached as breached,
  n.within as within,
  n.reopened as reopened,
  n.repeated as repeated,
  n.waited as waited,
  n.waited_minutes as waited_minutes,
  n.waiting_unknown as waiting_unknown,
  p.response_median as response_median,
  p.response_p90 as response_p90,
  p.resolution_median as resolution_median,
  p.resolution_p90 as resolution_p90,
  p.age_median as age_median,
  p.age_p90 as age_p90,
  k.customers as customers,
  k.value_cents as value_cents,
  k.clv_cents as clv_cents,
  k.lost as lost,
  k.watched as watched,
  f.rated as rated,
  f.points as points,
  coalesce(s.sales, cast(0 as bigint)) as sales,
  coalesce(s.buyers, cast(0 as bigint)) as buyers
from crossing_cells as c
inner join crossing_counts as n on n.cell = c.cell
left join pivoted as p on p.cell = c.cell
inner join crossing_customers as k on k.cell = c.cell
inner join crossing_after as f on f.cell = c.cell
left join crossing_sales as s
  on {% for d in dimensions if d.sale is defined %}s.{{ d.column }} = c.{{ d.column }}{{ "" if loop.last else " and " }}{% endfor %}

order by n.number desc, c.cell

-- reads: crossing_cases, crossing_cells
-- makes: one row per complaint with the number of its cell: cell, case_id, customer_id and the
--   measures of crossing_cases
select
  c.cell as cell,
  m.case_id as case_id,
  m.customer_id as customer_id,
  m.repeated as repeated,
  m.open as open,
  m.reopened as reopened,
  m.breached as breached,
  m.within as within,
  m.created_day as created_day,
  m.resolved_day as resolved_day,
  m.response_minutes as response_minutes,
  m.resolution_minutes as resolution_minutes,
  m.waited_minutes as waited_minutes,
  m.waiting_known as waiting_known,
  m.age_days as age_days
from crossing_cases as m
inner join crossing_cells as c
  on {% for d in dimensions %}c.{{ d.column }} = m.{{ d.column }}{{ "" if loop.last else " and " }}{% endfor %}


-- reads: crossing_cases
-- makes: one row per cell that has a complaint: cell (a number from 1) and its dimensions
{% set columns = dimensions | join(", ", attribute="column") %}
with cells as (
  select distinct {{ columns }}
  from crossing_cases
)
select
  cast(row_number() over (order by {{ columns }}) as bigint) as cell,
  {{ columns }}
from cells

-- reads: case_themes, theme_parameters
-- makes: the cases that are most like each theme: theme, case_id, strength, place (from 1)
with ranked as (
  select
    theme,
    case_id,
    strength,
    cast(row_number() over (partition by theme order by strength desc, case_id) as bigint) as place
  from case_themes
)
select r.theme as theme, r.case_id as case_id, r.strength as strength, r.place as place
from ranked as r
cross join theme_parameters as a
where r.place <= a.examples
order by theme, place

-- reads: silence_eras, silences
-- makes: the silences with their era, in steps: entity, customer_id, day, next_day, era, habit,
--   gaps, so_far
select
  s.entity as entity,
  s.customer_id as customer_id,
  s.day as day,
  s.next_day as next_day,
  e.era as era,
  s.habit as habit,
{% for name in ["gaps", "so_far"] %}
  case
{% for step in steps %}
    when s.{{ name }} < {{ step.below }} then s.{{ name }} - s.{{ name }} % {{ step.width }} + {{ step.middle }}
{% endfor %}
    else s.{{ name }}
  end as {{ name }}{{ "," if not loop.last }}
{% endfor %}
from silences as s
inner join silence_eras as e
  on e.entity = s.entity and s.day >= e.first_day and s.day < e.next_day

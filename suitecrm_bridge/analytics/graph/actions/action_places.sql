-- reads: action_conditions, action_rules, action_traits
-- makes: one row per way in which customers can be, with the first rule that fits: place, and the
--   words of each condition
--
-- There are far fewer ways than customers: each is judged once.
with ways as (
  select distinct
{% for name in conditions %}
    {{ name }}{{ "," if not loop.last }}
{% endfor %}
  from action_traits
),
numbered as (
  select
    cast(row_number() over (order by {{ conditions | join(", ") }}) as bigint) as way,
{% for name in conditions %}
    {{ name }}{{ "," if not loop.last }}
{% endfor %}
  from ways
),
told as (
{% for name in conditions %}
  select way, '{{ name }}' as name, {{ name }} as word from numbered
{% if not loop.last %}
  union all
{% endif %}
{% endfor %}
),
held as (
  select t.way as way, c.place as place, cast(count(*) as bigint) as conditions
  from told as t
  inner join action_conditions as c on c.name = t.name and c.word = t.word
  group by t.way, c.place
),
fitting as (
  select n.way as way, min(r.place) as place
  from numbered as n
  cross join action_rules as r
  left join held as h on h.way = n.way and h.place = r.place
  where coalesce(h.conditions, cast(0 as bigint)) = r.conditions
  group by n.way
)
select
  f.place as place,
{% for name in conditions %}
  n.{{ name }} as {{ name }}{{ "," if not loop.last }}
{% endfor %}
from fitting as f
inner join numbered as n on n.way = f.way

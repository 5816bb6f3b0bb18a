-- reads: alarm_cases, complaint_alarms, complaint_timeline
-- makes: the alarms: dimension, value, since_day, number, expected, z, chance; case_id (the
--   latest complaint), owner (who has most of them, '' where nobody)
with complained as (
  select
    a.dimension as dimension,
    a.value as value,
    t.case_id as case_id,
    t.owner as owner,
    row_number() over (
      partition by a.dimension, a.value order by t.created desc, t.case_id desc
    ) as place
  from alarm_cases as a
  inner join complaint_timeline as t on t.case_id = a.case_id
),
owned as (
  select dimension, value, owner, count(*) as cases
  from complained
  where owner <> ''
  group by dimension, value, owner
),
ranked as (
  select
    dimension,
    value,
    owner,
    row_number() over (partition by dimension, value order by cases desc, owner) as place
  from owned
)
select
  a.dimension as dimension,
  a.value as value,
  a.since_day as since_day,
  a.number as number,
  a.expected as expected,
  a.z as z,
  a.chance as chance,
  c.case_id as case_id,
  coalesce(r.owner, '') as owner
from complaint_alarms as a
inner join complained as c on c.dimension = a.dimension and c.value = a.value and c.place = 1
left join ranked as r on r.dimension = a.dimension and r.value = a.value and r.place = 1
order by dimension, value

-- reads: as_of, lead_facts, lead_parameters, lead_steps, lead_wins
-- makes: one row per day on which a lead or target that was no customer yet is looked at: kind, lead_id,
--   day (of entry), look_day, age (the days that had passed at least), part (early or late where it is
--   known what became of them, and the early ones were over before the late ones began; between; now for
--   those that are open), won (1 where they bought within the horizon, else 0)
with looks as (
  select w.kind as kind, w.lead_id as lead_id, w.day as day, w.won_day as won_day,
    w.day + s.age as look_day, s.age as age
  from lead_wins as w
  cross join lead_steps as s
  where w.before = 0 and (w.won_day is null or w.won_day >= w.day + s.age)
),
past as (
  select l.kind as kind, l.lead_id as lead_id, l.day as day, l.look_day as look_day, l.age as age,
    case when l.look_day > a.as_of_day - 2 * p.horizon_days then 'late'
      when l.look_day + 2 * p.horizon_days <= a.as_of_day - p.horizon_days then 'early'
      else 'between' end as part,
    case when l.won_day <= l.look_day + p.horizon_days then 1 else 0 end as won
  from looks as l
  cross join as_of as a
  cross join lead_parameters as p
  where l.look_day + p.horizon_days <= a.as_of_day
),
present as (
  select w.kind as kind, w.lead_id as lead_id, w.day as day, max(s.age) as age
  from lead_wins as w
  inner join lead_facts as f on f.kind = w.kind and f.lead_id = w.lead_id
  cross join lead_steps as s
  cross join as_of as a
  where w.won_day is null and f.closed = 0 and w.day + s.age <= a.as_of_day
  group by w.kind, w.lead_id, w.day
),
listed as (
  select kind, lead_id, day, look_day, age, part, cast(won as bigint) as won
  from past
  union all
  select p.kind as kind, p.lead_id as lead_id, p.day as day, a.as_of_day as look_day, p.age as age,
    'now' as part, cast(0 as bigint) as won
  from present as p
  cross join as_of as a
)
select kind, lead_id, day, look_day, age, part, won
from listed

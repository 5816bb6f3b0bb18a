-- reads: as_of, question_roles, survey_facts
-- makes: one row per answer up to the as-of day that is a measure: response_id, entity,
--   customer_id, day, question_id, role, happiness, points (0 to 10000 hundredths of a point)
--   and value (as given, of a question that asks for a recommendation). A scale from 1 to 10
--   spreads evenly over 0 to 100; one on which somebody answered 0 is from 0 to 10. A checkbox
--   is a measure only where it is marked as the happiness question.
with ranged as (
  select entity, question_id, min(value) as lowest
  from survey_facts
  where kind = 'Scale'
  group by entity, question_id
),
valued as (
  select
    f.response_id as response_id,
    f.entity as entity,
    f.customer_id as customer_id,
    f.day as day,
    f.question_id as question_id,
    q.role as role,
    q.happiness as happiness,
    case
      when f.kind = 'Scale' and f.value > 10 then null
      when f.kind = 'Scale' and r.lowest = 0 and f.value >= 0 then 1000 * f.value
      when f.kind = 'Scale' and f.value >= 1 then cast(
        floor(cast(20000 * (f.value - 1) + 9 as double) / cast(18 as double)) as bigint
      )
      when f.kind = 'Rating' and f.value between 1 and 5 then 2500 * (f.value - 1)
      when f.kind = 'Matrix' and f.value between 0 and 2 then 10000 - 5000 * f.value
      when f.kind = 'Checkbox' and q.happiness = 1 then 10000 * f.value
    end as points,
    case when q.role = 'recommend' and f.kind = 'Scale' then f.value end as value
  from survey_facts as f
  cross join as_of as a
  inner join question_roles as q on q.question_id = f.question_id
  left join ranged as r on r.entity = f.entity and r.question_id = f.question_id
  where f.day <= a.as_of_day
)
select response_id, entity, customer_id, day, question_id, role, happiness, points, value
from valued
where points is not null

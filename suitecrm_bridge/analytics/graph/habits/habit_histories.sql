-- reads: habit_tries
-- makes: one row per history that customers share: entity, question, answer, way, tried, answered, people
select
  entity,
  question,
  answer,
  way,
  tried,
  answered,
  cast(count(*) as bigint) as people
from habit_tries
group by entity, question, answer, way, tried, answered

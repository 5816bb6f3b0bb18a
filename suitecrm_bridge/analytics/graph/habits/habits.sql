-- reads: habit_laws, habit_tries
-- makes: at most one row per customer and question, the surest: entity, customer_id, question (channel, part
--   or weekday), answer, way, tried, answered, base, share, sure
with named as (
  select
    t.entity as entity,
    t.customer_id as customer_id,
    t.question as question,
    t.answer as answer,
    t.way as way,
    t.tried as tried,
    t.answered as answered,
    l.base as base,
    l.share as share,
    l.sure as sure,
    row_number() over (
      partition by t.entity, t.customer_id, t.question
      order by l.sure desc, t.answered desc, t.way desc, t.answer
    ) as place
  from habit_tries as t
  inner join habit_laws as l
    on l.entity = t.entity and l.question = t.question and l.answer = t.answer and l.way = t.way
    and l.tried = t.tried and l.answered = t.answered
)
select entity, customer_id, question, answer, way, tried, answered, base, share, sure
from named
where place = 1

-- reads: question_pairs, survey_points
-- makes: one row per pair of questions with an answer to both: pair, n (responses with both),
--   expected, found (sums of points), gaps, squares (sums of found less expected, and of its
--   square)
with answered as (
  select
    q.pair as pair,
    e.points as expected,
    p.points as found
  from question_pairs as q
  inner join survey_points as e on e.question_id = q.expectation_id
  inner join survey_points as p
    on p.question_id = q.perception_id and p.response_id = e.response_id
)
select
  pair,
  cast(count(*) as bigint) as n,
  cast(sum(expected) as bigint) as expected,
  cast(sum(found) as bigint) as found,
  cast(sum(found - expected) as bigint) as gaps,
  cast(sum((found - expected) * (found - expected)) as bigint) as squares
from answered
group by pair
order by pair
